import type { Inline, Text } from '../../../cards/card.js';
import { timeWords } from '../../../cards/plain-text.js';
import type { Element } from './element.js';
import { escapeMarkdown, openable, tame } from './escape.js';
import type { Mentions } from './mentions.js';

/** How a whole text looks, besides what its words ask for. */
export interface Look {
  subtle?: boolean;
  strong?: boolean;
  /** Right under what stands above. */
  close?: boolean;
}

/**
 * A text as elements, one per line. Text runs show people's words as they are; only a line that pings
 * somebody must be a TextBlock, with its markdown escaped, as Teams knows mentions nowhere else.
 */
export function drawText(text: Text, mentions: Mentions, look: Look = {}): Element[] {
  return linesOf(text).map((line, index) => {
    const spacing = index === 0 && !look.close ? {} : { spacing: 'None' };
    return line.some((inline) => typeof inline !== 'string' && 'mention' in inline)
      ? { ...textBlock(drawMarkdown(line, mentions), look), ...spacing }
      : { ...richTextBlock(line, look), ...spacing };
  });
}

function textBlock(text: string, look: Look): Element {
  return {
    type: 'TextBlock',
    text,
    wrap: true,
    ...(look.subtle ? { isSubtle: true, size: 'Small' } : {}),
    ...(look.strong ? { weight: 'Bolder' } : {}),
  };
}

function richTextBlock(line: Text, look: Look): Element {
  const looks = {
    ...(look.subtle ? { isSubtle: true, size: 'Small' } : {}),
    ...(look.strong ? { weight: 'Bolder' } : {}),
  };
  return {
    type: 'RichTextBlock',
    inlines: line.map((inline) => ({ type: 'TextRun', ...looks, ...drawRun(inline) })),
  };
}

function drawRun(inline: Inline): { text: string; [property: string]: unknown } {
  if (typeof inline === 'string') return { text: tame(inline) };
  if ('strong' in inline) return { text: tame(inline.strong), weight: 'Bolder' };
  if ('code' in inline) return { text: tame(asTypedHere(inline.code)), fontType: 'Monospace' };
  if ('mention' in inline) return { text: tame(inline.name) };
  if ('link' in inline) return drawLinkRun(inline.link, inline.label);
  return { text: readersTime(inline.time, inline.show, inline.zone) };
}

/** Teams has no slash commands of ours: people mention the bot. */
function asTypedHere(code: string): string {
  return code.replace(/^\/workspace(?=\s|$)/, '@Workspace');
}

function drawLinkRun(link: string, label: string): { text: string; [property: string]: unknown } {
  const url = openable(link);
  return url
    ? { text: tame(label), color: 'Accent', selectAction: { type: 'Action.OpenUrl', url } }
    : { text: tame(label) };
}

/** A text as the markdown of a TextBlock or of a fact's value. */
export function drawMarkdown(text: Text, mentions: Mentions): string {
  return text.map((inline) => markdownOf(inline, mentions)).join('');
}

function markdownOf(inline: Inline, mentions: Mentions): string {
  if (typeof inline === 'string') return escapeMarkdown(inline);
  if ('strong' in inline) return `**${escapeMarkdown(inline.strong)}**`;
  if ('code' in inline) return escapeMarkdown(asTypedHere(inline.code));
  if ('mention' in inline) return mentions.add(inline.mention, inline.name);
  if ('link' in inline) {
    const url = openable(inline.link);
    const label = escapeMarkdown(inline.label);
    return url ? `[${label}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})` : label;
  }
  return readersTime(inline.time, inline.show, inline.zone);
}

/** Teams writes these in the reader's own time zone; it reads no fractions of seconds. */
function readersTime(time: string, show: 'date' | 'dateTime' | 'time', zone: string): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return timeWords(time, show, zone);
  const stamp = `${at.toISOString().slice(0, 19)}Z`;
  const date = `{{DATE(${stamp},SHORT)}}`;
  const clock = `{{TIME(${stamp})}}`;
  return show === 'date' ? date : show === 'time' ? clock : `${date} ${clock}`;
}

function linesOf(text: Text): Text[] {
  const lines: Inline[][] = [[]];
  for (const inline of text) {
    if (typeof inline !== 'string') {
      lines.at(-1)!.push(inline);
      continue;
    }
    const [first, ...more] = inline.split(/\r?\n/);
    if (first) lines.at(-1)!.push(first);
    for (const line of more) lines.push(line ? [line] : []);
  }
  const filled = lines.filter((line) => line.length > 0);
  return filled.length > 0 ? filled : [[' ']];
}
