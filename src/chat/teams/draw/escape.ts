import { readUrl } from '../../../read-url.js';
/** Controls that turn the direction of the text after them, and control characters but tab and line feed. */
// oxlint-disable-next-line no-control-regex
const UNRULY = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text of people as it may stand in a TextRun: no markdown is read there, but `{{DATE(…)}}` is,
 * so two braces never stand together.
 */
export function tame(text: string): string {
  return text.replaceAll(UNRULY, '').replaceAll('{{', '{\u2060{');
}

/** Text of people as it may stand in a TextBlock or a fact, where markdown and `<at>` are read. */
export function escapeMarkdown(text: string): string {
  return tame(text)
    .replaceAll(/[\\`*_[\]~]/g, String.raw`\$&`)
    .replaceAll('<', '<\u2060')
    .replaceAll(/^(\s*)([#>+-]|\d+(?=[.)]))/gm, (_line, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}\u2060` : `${space}\\${mark}`,
    );
}

/** An address that a card may open: https, or http on this very machine. Others are shown without a link. */
export function openable(address: string): string | undefined {
  const url = readUrl(address);
  if (url?.protocol === 'https:') return url.href;
  if (url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) return url.href;
  return undefined;
}
