import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import type { Inline, Text } from '../../../cards/card.js';
import { plainInline, timeWords } from '../../../cards/plain-text.js';
import { shorten } from './limits.js';
import { readUrl } from '../../../read-url.js';

/** Which client shows it: local-slack knows no date tokens, no people picker and no lines in plain text, Slack does. */
export type Client = 'slack' | 'local-slack';

/** Nothing in it is a mark-up, a mention, a link or an emoji code. */
export function plain(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: shorten(visible(text), max) || ' ', emoji: false };
}

/** The text as Slack draws it: plain where it has no parts of its own, else mrkdwn in which all literal text is inert. */
export function drawText(text: Text, max: number, client: Client): PlainTextElement | MrkdwnElement {
  const words = text.every((inline) => typeof inline === 'string') ? text.join('') : undefined;
  const drawnAsOne = client === 'local-slack' && words?.includes('\n');
  return words === undefined || drawnAsOne ? mrkdwn(text, max, client) : plain(words, max);
}

/** As mrkdwn; `verbatim` stops Slack from finding links and names in it by itself. */
export function mrkdwn(text: Text, max: number, client: Client): MrkdwnElement {
  let drawn = '';
  for (const inline of text) {
    const next = drawInline(inline, client);
    const joined = drawn + gap(drawn, next) + next;
    if (joined.length > max) {
      drawn += ending(plainInline([inline]), max - drawn.length);
      break;
    }
    drawn = joined;
  }
  return { type: 'mrkdwn', text: drawn || ' ', verbatim: true };
}

/** As much of a literal text as fits after escaping, ending in an ellipsis. */
function ending(text: string, room: number): string {
  if (room < 1) return '';
  for (let length = room; length > 0; length = Math.floor(length * 0.8)) {
    const cut = literal(text.length > length ? shorten(text, length) : `${text}…`);
    if (cut.length <= room) return cut;
  }
  return '…';
}

function drawInline(inline: Inline, client: Client): string {
  if (typeof inline === 'string') return literal(inline);
  if ('strong' in inline) return marked('*', literal(inline.strong.replace(/\s+/g, ' ').trim()));
  if ('code' in inline) return marked('`', code(inline.code.replace(/\s+/g, ' ').trim()));
  if ('mention' in inline) return mention(inline.mention.platform, inline.mention.user, inline.name);
  if ('link' in inline) return link(inline.link, inline.label);
  return time(inline, client);
}

function marked(mark: string, text: string): string {
  return text === '' ? '' : `${mark}${text}${mark}`;
}

/** Mark-up works only at the edge of a word: an invisible space makes one where two runs touch. */
function gap(before: string, after: string): string {
  const touching = /[\p{L}\p{N}]$/u.test(before) && /^[*`]/.test(after);
  const touched = /[*`]$/.test(before) && /^[\p{L}\p{N}]/u.test(after);
  return touching || touched ? '\u200b' : '';
}

function mention(platform: string, user: string, name: string): string {
  return platform === 'slack' && /^[UW][A-Z0-9]+$/.test(user) ? `<@${user}>` : literal(name);
}

function link(target: string, label: string): string {
  const url = safeUrl(target);
  if (!url) return literal(label);
  const words = literal(label.replace(/\s+/g, ' ')).replaceAll('|', '¦');
  return `<${url.replaceAll('|', '%7C')}|${words}>`;
}

function time(of: { time: string; show: 'date' | 'dateTime' | 'time'; zone: string }, client: Client): string {
  const words = literal(timeWords(of.time, of.show, of.zone));
  if (client === 'local-slack') return words;
  const token = { date: '{date_short}', dateTime: '{date_short}, {time}', time: '{time}' }[of.show];
  return `<!date^${Math.floor(Date.parse(of.time) / 1000)}^${token}|${words}>`;
}

/** Only https, and http on this machine (local mode); anything else is no link. */
export function safeUrl(target: string): string | undefined {
  const url = readUrl(target);
  if (!url) return undefined;
  const local = url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname === '[::1]';
  return url.protocol === 'https:' || (url.protocol === 'http:' && local) ? url.href : undefined;
}

/** Slack's three escapes. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Literal text inside mrkdwn. Slack has no escape for its marks, so those that could format become look-alikes. */
export function literal(text: string): string {
  const inert = visible(text)
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replaceAll('`', 'ˋ')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')
    .replace(/^(\s*)>/gm, '$1›');
  return escape(inert);
}

/** Text inside back-ticks, where only the back-tick itself and Slack's escapes mean anything. */
export function code(text: string): string {
  return escape(visible(text).replaceAll('`', 'ˋ'));
}

/** Without control characters, and without the invisible ones that turn the direction of what follows. */
function visible(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '');
}
