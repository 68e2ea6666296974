import type { Part } from '../../../cards/card.js';
import { drawBars } from './bars.js';
import { drawButtons } from './buttons.js';
import { drawChart } from './chart.js';
import type { Element } from './element.js';
import { escapeMarkdown } from './escape.js';
import { drawMarkdown, drawText } from './inline.js';
import type { Mentions } from './mentions.js';
import { drawTable } from './table.js';
import { drawWaterfall } from './waterfall.js';

type ListItem = Extract<Part, { part: 'list' }>['items'][number];

export function drawPart(part: Part, mentions: Mentions): Element[] {
  switch (part.part) {
    case 'text':
      return drawText(part.text, mentions, part.subtle ? { subtle: true } : {});
    case 'facts':
      return [
        {
          type: 'FactSet',
          facts: part.facts.map((fact) => ({
            title: escapeMarkdown(fact.label),
            value: drawMarkdown(fact.value, mentions),
          })),
        },
      ];
    case 'list':
      return part.items.map((item, index) => ({
        type: 'Container',
        separator: index > 0,
        items: drawItem(item, mentions),
      }));
    case 'table':
      return [drawTable(part)];
    case 'bars':
      return drawBars(part);
    case 'chart':
      return part.charts.flatMap(drawChart);
    case 'waterfall':
      return drawWaterfall(part);
    case 'buttons':
      return drawButtons(part.buttons);
  }
}

/** A row's only button stands beside it; several follow it. */
function drawItem(item: ListItem, mentions: Mentions): Element[] {
  const words = [
    ...drawText(item.title, mentions, { strong: true }),
    ...(item.detail ? drawText(item.detail, mentions, { subtle: true, close: true }) : []),
  ];
  const actions = drawButtons(item.buttons ?? [], { quiet: true });
  if (item.buttons?.length !== 1 || actions.length === 0) return [...words, ...actions];
  const columns = [
    { type: 'Column', width: 'stretch', items: words },
    { type: 'Column', width: 'auto', verticalContentAlignment: 'Center', items: actions },
  ];
  return [{ type: 'ColumnSet', columns }];
}
