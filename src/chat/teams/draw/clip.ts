import type { Card, Chart, Inline, Part, Text } from '../../../cards/card.js';

/** How much of a card is kept: rows of tables, lists, facts and bars, and characters of one run of text. */
export interface Room {
  rows: number;
  characters: number;
}

/** The card cut down to the room, saying where something was left out. */
export function clip(card: Card, room: Room): Card {
  return {
    ...card,
    ...(card.heading ? { heading: { ...card.heading, text: short(card.heading.text, room) } } : {}),
    parts: card.parts.flatMap((part) => clipPart(part, room)),
  };
}

function clipPart(part: Part, room: Room): Part[] {
  switch (part.part) {
    case 'text':
      return [{ ...part, text: clipText(part.text, room) }];
    case 'facts': {
      const facts = part.facts.slice(0, room.rows).map((fact) => ({ ...fact, value: clipText(fact.value, room) }));
      return [{ ...part, facts }, ...leftOut(part.facts.length - facts.length)];
    }
    case 'list': {
      const items = part.items.slice(0, room.rows).map((item) => ({
        ...item,
        title: clipText(item.title, room),
        ...(item.detail ? { detail: clipText(item.detail, room) } : {}),
      }));
      return [{ ...part, items }, ...leftOut(part.items.length - items.length)];
    }
    case 'table': {
      const rows = part.rows.slice(0, room.rows).map((row) => row.map((text) => short(text, room)));
      return [{ ...part, rows }, ...leftOut(part.rows.length - rows.length)];
    }
    case 'bars': {
      const bars = part.bars.slice(0, room.rows).map((bar) => ({ ...bar, label: short(bar.label, room) }));
      return [{ ...part, finding: short(part.finding, room), bars }, ...leftOut(part.bars.length - bars.length)];
    }
    case 'chart':
      return part.charts.flatMap((chart) => clipChart(chart, room));
    case 'waterfall': {
      const steps = part.steps.slice(0, room.rows).map((step) => ({ ...step, label: short(step.label, room) }));
      return [{ ...part, finding: short(part.finding, room), steps }, ...leftOut(part.steps.length - steps.length)];
    }
    case 'buttons':
      return [part];
  }
}

/** The dearest bars; of columns all or none, as a part of them would say something else. */
function clipChart(chart: Chart, room: Room): Part[] {
  const finding = short(chart.finding, room);
  if (chart.kind === 'columns' && chart.points.length > room.rows) return [{ part: 'text', text: [finding] }];
  const points = chart.points.slice(0, room.rows).map((point) => ({ ...point, label: short(point.label, room) }));
  const charts = [{ ...chart, title: short(chart.title, room), finding, points }];
  return [{ part: 'chart', charts }, ...leftOut(chart.points.length - points.length)];
}

function leftOut(count: number): Part[] {
  return count > 0 ? [{ part: 'text', text: [`… and ${count} more.`], subtle: true }] : [];
}

function clipText(text: Text, room: Room): Text {
  return text.map((inline): Inline => {
    if (typeof inline === 'string') return short(inline, room);
    if ('strong' in inline) return { strong: short(inline.strong, room) };
    if ('code' in inline) return { code: short(inline.code, room) };
    return inline;
  });
}

function short(text: string, { characters }: Room): string {
  const all = Array.from(text);
  return all.length > characters ? `${all.slice(0, characters - 1).join('')}…` : text;
}
