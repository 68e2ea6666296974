import { writtenOut } from '../readers-money.js';
import type { Button, Card, Chart, Inline, Part, Text } from './card.js';

/** The card as lines of plain text: fallback of notifications and e-mails, and what tests and readers compare. */
export function plainText(card: Card): string {
  return writtenOut(wordsOfCard(card));
}

/** As plainText, with money that is still to be written for whoever reads it. */
export function wordsOfCard(card: Card): string {
  const lines: string[] = [];
  if (card.heading) lines.push(card.heading.text);
  for (const part of card.parts) lines.push(...partLines(part));
  if (card.foot) lines.push(card.foot.balance ? `${card.foot.workspace} · ${card.foot.balance}` : card.foot.workspace);
  return lines.join('\n');
}

/** A text's words, without its mark-up. */
export function plainInline(text: Text): string {
  return text.map(inlineWords).join('');
}

function partLines(part: Part): string[] {
  switch (part.part) {
    case 'text':
      return [plainInline(part.text)];
    case 'facts':
      return part.facts.map((fact) => `${fact.label}: ${plainInline(fact.value)}`);
    case 'list':
      return part.items.map((item) => {
        const detail = item.detail ? ` · ${plainInline(item.detail)}` : '';
        const buttons = item.buttons?.length ? ` ${buttonLabels(item.buttons)}` : '';
        return `- ${plainInline(item.title)}${detail}${buttons}`;
      });
    case 'table':
      return [part.columns.map((column) => column.heading).join(' | '), ...part.rows.map((row) => row.join(' | '))];
    case 'bars':
      return [part.finding, ...part.bars.map((bar) => `${bar.label}: ${bar.shown}`)];
    case 'chart':
      return part.charts.flatMap(chartLines);
    case 'waterfall':
      return [part.finding, ...part.steps.map((step) => `${step.label}: ${step.shown}`)];
    case 'buttons':
      return [buttonLabels(part.buttons)];
  }
}

function chartLines({ kind, finding, points }: Chart): string[] {
  if (kind === 'columns') return [finding];
  return [finding, ...points.map(({ label, shown }) => `${label}: ${shown}`)];
}

function buttonLabels(buttons: readonly Button[]): string {
  return buttons.map((button) => `[${button.label}]`).join(' ');
}

function inlineWords(inline: Inline): string {
  if (typeof inline === 'string') return inline;
  if ('strong' in inline) return inline.strong;
  if ('code' in inline) return inline.code;
  if ('mention' in inline) return inline.name;
  if ('link' in inline) return inline.label === inline.link ? inline.link : `${inline.label} (${inline.link})`;
  return timeWords(inline.time, inline.show, inline.zone);
}

/** `22 Nov 2026`, `22 Nov 2026, 14:05`, `14:05`, in the zone. */
export function timeWords(time: string, show: 'date' | 'dateTime' | 'time', zone: string): string {
  const date = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  const wanted = show === 'date' ? date : show === 'time' ? clock : { ...date, ...clock };
  return new Intl.DateTimeFormat('en-GB', { ...wanted, timeZone: zone }).format(new Date(time));
}
