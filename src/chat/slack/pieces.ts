import type { Piece } from '../invocation.js';

/** `<@U1|ann>`, `<#C1|ops>`, `<!subteam^S1|@design>`, `<mailto:a@b.c|a@b.c>`, `<!here>`: what Slack's escaping marks. */
const MARKED = /<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>/g;

/** A typed text with its people and chat channels recognised, links back to what was typed, and Slack's escapes undone. */
export function readPieces(text: string, tenant: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKED)) {
    add(pieces, unescape(text.slice(end, match.index)));
    add(pieces, readMarked(match[1] ?? '', match[2] ?? '', match[3], tenant));
    end = match.index + match[0].length;
  }
  add(pieces, unescape(text.slice(end)));
  return pieces;
}

/** The pieces without the bot's own mention, by which it was called. */
export function withoutMention(pieces: readonly Piece[], bot: string | undefined): Piece[] {
  const at = pieces.findIndex(
    (piece) => typeof piece !== 'string' && 'person' in piece && (!bot || piece.person.user === bot),
  );
  const rest: Piece[] = [];
  for (const [index, piece] of pieces.entries()) if (index !== at) add(rest, piece);
  return typeof rest[0] === 'string' ? [rest[0].trimStart(), ...rest.slice(1)].filter((piece) => piece !== '') : rest;
}

function readMarked(kind: string, target: string, label: string | undefined, tenant: string): Piece {
  const name = label ? { name: unescape(label) } : {};
  if (kind === '@') return { person: { platform: 'slack', tenant, user: target }, ...name };
  if (kind === '#') return { channel: target, ...name };
  if (kind === '!' && target.startsWith('subteam^')) return readGroup(target, label, tenant);
  if (kind === '!') return label ? unescape(label) : `@${target.split('^')[0]}`;
  return unescape(label ?? target.replace(/^mailto:/, ''));
}

function readGroup(target: string, label: string | undefined, tenant: string): Piece {
  const group = { platform: 'slack', tenant, group: target.slice('subteam^'.length) } as const;
  return { group, ...(label && { name: unescape(label).replace(/^@/, '') }) };
}

function add(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  if (piece === '') return;
  if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
  else pieces.push(piece);
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
