import type { Button } from '../../../cards/card.js';
import type { Element } from './element.js';
import { openable, tame } from './escape.js';

/** Teams shows no more than six actions of one set. */
const ACTIONS_PER_SET = 6;
/** A longer label is wider than a card on a phone, where Teams cuts it without a sign. */
const LONGEST_LABEL = 40;

/** `quiet`: beside an item of a list, where red on every line would shout. */
export function drawButtons(buttons: readonly Button[], how: { quiet?: true } = {}): Element[] {
  const actions = buttons
    .map((button) => drawButton(button, how.quiet && button.style === 'danger' ? undefined : button.style))
    .filter((action) => action !== undefined);
  const sets: Element[] = [];
  for (let start = 0; start < actions.length; start += ACTIONS_PER_SET) {
    sets.push({ type: 'ActionSet', actions: actions.slice(start, start + ACTIONS_PER_SET) });
  }
  return sets;
}

function drawButton(button: Button, style: Button['style']): Element | undefined {
  const look = { title: labelOf(button), ...(style ? { style: STYLES[style] } : {}) };
  if ('open' in button) {
    const url = openable(button.open);
    return url ? { type: 'Action.OpenUrl', ...look, url } : undefined;
  }
  return {
    type: 'Action.Execute',
    ...look,
    verb: button.call.command,
    data: { call: button.call },
    associatedInputs: 'none',
  };
}

function labelOf({ label }: Button): string {
  const characters = Array.from(tame(label));
  return characters.length > LONGEST_LABEL
    ? `${characters.slice(0, LONGEST_LABEL - 1).join('')}…`
    : characters.join('');
}

const STYLES = { primary: 'positive', danger: 'destructive' } as const;
