import type { KnownBlock, SectionBlock } from '@slack/types';
import { plainInline } from '../../../cards/plain-text.js';
import type { Button, Part, Text } from '../../../cards/card.js';
import { drawButton, drawButtons } from './button.js';
import { drawChart } from './chart.js';
import { drawBars, drawTable, drawWaterfall } from './columns.js';
import { LIMITS } from './limits.js';
import { type Client, drawText, mrkdwn } from './text.js';

type Facts = Extract<Part, { part: 'facts' }>;
type List = Extract<Part, { part: 'list' }>;

/** One part of a card as blocks; `firstButton` numbers its buttons on. */
export function drawPart(part: Part, firstButton: number, client: Client): KnownBlock[] {
  switch (part.part) {
    case 'text':
      return part.subtle
        ? [{ type: 'context', elements: [drawText(part.text, LIMITS.contextText, client)] }]
        : [{ type: 'section', text: drawText(part.text, LIMITS.sectionText, client) }];
    case 'facts':
      return drawFacts(part, client);
    case 'list':
      return drawList(part, firstButton, client);
    case 'table':
      return drawTable(part, client);
    case 'bars':
      return drawBars(part, client);
    case 'chart':
      return drawChart(part, client);
    case 'waterfall':
      return drawWaterfall(part, client);
    case 'buttons':
      return drawButtons(part.buttons, firstButton, client);
  }
}

export function buttonsIn(part: Part): number {
  if (part.part === 'buttons') return part.buttons.length;
  if (part.part === 'list') return part.items.reduce((sum, item) => sum + (item.buttons?.length ?? 0), 0);
  return 0;
}

function drawFacts(part: Facts, client: Client): KnownBlock[] {
  const fields = part.facts.map((fact) =>
    mrkdwn([{ strong: fact.label }, '\n', ...fact.value], LIMITS.fieldText, client),
  );
  const blocks: SectionBlock[] = [];
  for (let at = 0; at < fields.length; at += LIMITS.fields) {
    blocks.push({ type: 'section', fields: fields.slice(at, at + LIMITS.fields) });
  }
  return blocks;
}

/** A row's only button stands beside it; several follow it. */
function drawList(part: List, firstButton: number, client: Client): KnownBlock[] {
  let number = firstButton;
  return part.items.flatMap((item) => {
    const title = boldTitle(item.title);
    const text = item.detail ? [...title, '\n', ...item.detail] : title;
    const section: SectionBlock = { type: 'section', text: mrkdwn(text, LIMITS.sectionText, client) };
    const buttons = (item.buttons ?? []).map(withoutRed);
    const first = number;
    number += buttons.length;
    const only = buttons.length === 1 ? buttons[0] : undefined;
    if (only) return [{ ...section, accessory: drawButton(only, first) }];
    return [section, ...drawButtons(buttons, first, client)];
  });
}

/** Beside an item of a list, where red on every line would shout. */
function withoutRed(button: Button): Button {
  if (button.style !== 'danger') return button;
  const { style: _red, ...quiet } = button;
  return quiet;
}

/** A row's title stands out, as in Teams; one with parts of its own says itself which. */
function boldTitle(title: Text): Text {
  return title.every((inline) => typeof inline === 'string') ? [{ strong: plainInline(title) }] : title;
}
