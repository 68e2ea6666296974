import type { KnownBlock, ModalView } from '@slack/types';
import type { Card, Mood, Part } from '../../../cards/card.js';
import { plainText } from '../../../cards/plain-text.js';
import { writtenFor } from '../../../readers-money.js';
import { LIMITS, shorten } from './limits.js';
import { buttonsIn, drawPart } from './part.js';
import { type Client, escape, plain } from './text.js';

const SYMBOLS: Record<Mood, string> = { good: '✅', info: 'ℹ️', warning: '⚠️', bad: '⛔' };

/** A card as a message: blocks within all of Slack's limits, and the words alone for notifications and readers. */
export interface DrawnMessage {
  blocks: KnownBlock[];
  text: string;
}

/** Throws a DeliveryFailure where a button cannot be drawn; text that is too long is cut and ends in an ellipsis. */
export function drawMessage(card: Card, client: Client): DrawnMessage {
  return { blocks: drawBlocks(card, LIMITS.blocks, client), text: drawFallback(card) };
}

/** A card on the Home tab or in a modal: twice the blocks. */
export function drawHome(card: Card, client: Client): { type: 'home'; blocks: KnownBlock[] } {
  return { type: 'home', blocks: drawBlocks(card, LIMITS.viewBlocks, client) };
}

/** A card in a modal, with what the modal must remember. */
export function drawCardModal(card: Card, metadata: string, client: Client): ModalView {
  return {
    type: 'modal',
    title: plain('Workspaces', LIMITS.viewTitle),
    close: plain('Close', LIMITS.viewTitle),
    private_metadata: metadata,
    blocks: drawBlocks(card, LIMITS.viewBlocks, client),
  };
}

/** Whether all of it can be used there: a press in one of local-slack's modals goes nowhere. */
export function worksInModal(card: Card, client: Client): boolean {
  return client === 'slack' || card.parts.every((part) => buttonsIn(part) === 0);
}

/** As the `text` of a message, in which Slack would still read links and mentions. */
function drawFallback(card: Card): string {
  let words = plainText(card) || card.name;
  let length: number = LIMITS.fallbackText;
  while (escape(words).length > LIMITS.fallbackText) {
    words = shorten(words, length);
    length = Math.floor(length * 0.8);
  }
  return escape(words);
}

function drawBlocks(said: Card, most: number, client: Client): KnownBlock[] {
  const card = writtenFor(said);
  const groups = drawParts(card.parts, client);
  const head = drawHeading(card);
  const foot = drawFoot(card);
  const kept = new Room(most - 1, LIMITS.blocksTotal);
  for (const block of [...head, ...foot]) kept.take(block);
  for (const group of groups)
    if (group.part === 'buttons') group.blocks = group.blocks.filter((block) => kept.take(block));
  let cut = false;
  for (const group of groups) {
    if (group.part === 'buttons') continue;
    group.blocks = group.blocks.filter((block) => {
      cut ||= !kept.take(block);
      return !cut;
    });
  }
  const body = groups.flatMap((group) => group.blocks);
  return [...head, ...body, ...(cut ? [shortened()] : []), ...foot];
}

function drawParts(parts: readonly Part[], client: Client): { part: Part['part']; blocks: KnownBlock[] }[] {
  let button = 0;
  return parts.map((part) => {
    const first = button;
    button += buttonsIn(part);
    return { part: part.part, blocks: drawPart(part, first, client) };
  });
}

/** What is left of a message's blocks and characters; a card's buttons take theirs before its text does. */
class Room {
  private blocks: number;
  private characters: number;
  constructor(blocks: number, characters: number) {
    this.blocks = blocks;
    this.characters = characters;
  }
  take(block: KnownBlock): boolean {
    const size = JSON.stringify(block).length;
    if (this.blocks < 1 || this.characters < size) return false;
    this.blocks -= 1;
    this.characters -= size;
    return true;
  }
}

function shortened(): KnownBlock {
  return { type: 'context', elements: [plain('… There is more than Slack can show here.', LIMITS.contextText)] };
}

function drawHeading(card: Card): KnownBlock[] {
  if (!card.heading) return [];
  const { text, mood } = card.heading;
  const words = mood ? `${SYMBOLS[mood]} ${text}` : text;
  return [{ type: 'header', text: plain(words.replace(/\s+/g, ' '), LIMITS.heading) }];
}

function drawFoot(card: Card): KnownBlock[] {
  if (!card.foot) return [];
  const { workspace, balance } = card.foot;
  const words = balance ? `${workspace} · ${balance}` : workspace;
  return [{ type: 'context', elements: [plain(words, LIMITS.contextText)] }];
}
