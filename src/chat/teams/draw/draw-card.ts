import type { Card, Mood, Part } from '../../../cards/card.js';
import { plainText } from '../../../cards/plain-text.js';
import { writtenFor } from '../../../readers-money.js';
import { clip, type Room } from './clip.js';
import type { AdaptiveCard, Client, Element } from './element.js';
import { escapeMarkdown, tame } from './escape.js';
import { createMentions, type Mentions } from './mentions.js';
import { drawPart } from './parts.js';

/** Bytes of a whole message that every Teams client takes (28 KB), less what surrounds the card. */
const MAX_CARD_BYTES = 26_000;

const ROOMS: readonly Room[] = [
  { rows: 100, characters: 4_000 },
  { rows: 40, characters: 2_000 },
  { rows: 20, characters: 800 },
  { rows: 10, characters: 300 },
  { rows: 5, characters: 80 },
];

const FALLBACK_CHARACTERS = 1_000;

/** The card as Adaptive Card 1.5, cut down until Teams takes it. */
export function drawCard(card: Card, client: Client): AdaptiveCard {
  for (const room of ROOMS) {
    const drawn = drawWhole(clip(card, room), client);
    if (bytes(drawn) <= MAX_CARD_BYTES) return drawn;
  }
  const words: Part = { part: 'text', text: [beginning(card), '…'] };
  const lastButtons = card.parts.filter((part) => part.part === 'buttons').slice(-1);
  return drawWhole({ ...clip(card, ROOMS.at(-1)!), parts: [words, ...lastButtons] }, client);
}

/** A message's line in the activity feed and in notifications. */
export function summaryOf(card: Card): string {
  const [first = ''] = plainText(card).split('\n');
  return tame(first).slice(0, 200);
}

function drawWhole(said: Card, client: Client): AdaptiveCard {
  const card = writtenFor(said);
  const mentions = createMentions(client);
  const body = [
    ...(card.heading ? [drawHeading(card.heading)] : []),
    ...card.parts.flatMap((part) => drawPart(part, mentions)),
    ...(card.foot ? [drawFoot(card.foot)] : []),
  ];
  return asAdaptiveCard(body, beginning(card), mentions, client);
}

export function asAdaptiveCard(
  body: readonly Element[],
  fallbackText: string,
  mentions: Mentions,
  client: Client,
): AdaptiveCard {
  const entities = mentions.entities();
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
    fallbackText,
    ...(client === 'teams' ? { msteams: { width: 'Full', ...(entities.length > 0 ? { entities } : {}) } } : {}),
  };
}

/** The mood is a symbol and a colour; the heading's words say it too. */
const MOODS: Record<Mood, { symbol: string; style: string }> = {
  good: { symbol: '✔', style: 'good' },
  info: { symbol: 'ℹ', style: 'accent' },
  warning: { symbol: '⚠', style: 'warning' },
  bad: { symbol: '✖', style: 'attention' },
};

function drawHeading({ text, mood }: NonNullable<Card['heading']>): Element {
  const heading: Element = {
    type: 'TextBlock',
    text: mood ? `${MOODS[mood].symbol} ${escapeMarkdown(text)}` : escapeMarkdown(text),
    style: 'heading',
    size: 'Medium',
    weight: 'Bolder',
    wrap: true,
  };
  return mood ? { type: 'Container', style: MOODS[mood].style, bleed: true, items: [heading] } : heading;
}

function drawFoot({ workspace, balance }: NonNullable<Card['foot']>): Element {
  const text = tame(balance ? `${workspace} · ${balance}` : workspace);
  return {
    type: 'RichTextBlock',
    separator: true,
    inlines: [{ type: 'TextRun', text, isSubtle: true, size: 'Small' }],
  };
}

function beginning(card: Card): string {
  return Array.from(tame(plainText(card)))
    .slice(0, FALLBACK_CHARACTERS)
    .join('');
}

function bytes(card: AdaptiveCard): number {
  return Buffer.byteLength(JSON.stringify(card));
}
