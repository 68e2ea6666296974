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
        items: [
          ...drawText(item.title, mentions, { strong: true }),
          ...(item.detail ? drawText(item.detail, mentions, { subtle: true, close: true }) : []),
          ...(item.buttons ? drawButtons(item.buttons, { quiet: true }) : []),
        ],
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
