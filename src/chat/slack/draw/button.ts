import type { ActionsBlock, Button as SlackButton, KnownBlock } from '@slack/types';
import type { Button, Call } from '../../../cards/card.js';
import { DeliveryFailure } from '../../port.js';
import { LIMITS } from './limits.js';
import { type Client, mrkdwn, plain, safeUrl } from './text.js';

/** `call:` runs a command, `open:` follows a link; the number keeps ids of one card apart. */
export function drawButton(button: Button, number: number): SlackButton {
  const drawn: SlackButton = {
    type: 'button',
    text: { ...plain(button.label, LIMITS.buttonLabel), emoji: true },
    action_id: `${'call' in button ? 'call' : 'open'}:${number}`,
    ...(button.style ? { style: button.style } : {}),
  };
  if ('call' in button) return { ...drawn, value: packCall(button.call) };
  const url = safeUrl(button.open);
  if (!url || url.length > LIMITS.url)
    throw tooLarge(`button "${button.label}" has no https address of at most ${LIMITS.url} characters`);
  return { ...drawn, url };
}

/** Rows of buttons, as many as Slack takes in one. */
export function drawButtons(buttons: readonly Button[], first: number, client: Client): KnownBlock[] {
  if (client === 'slack') return drawRows(buttons, first);
  const opening = buttons.filter((button) => 'open' in button);
  return [
    ...drawRows(
      buttons.filter((button) => 'call' in button),
      first,
    ),
    ...opening.map(drawAsLink),
  ];
}

/** local-slack does not follow the address of a button. */
function drawAsLink(button: Extract<Button, { open: string }>): KnownBlock {
  return {
    type: 'section',
    text: mrkdwn([{ link: button.open, label: button.label }], LIMITS.sectionText, 'local-slack'),
  };
}

function drawRows(buttons: readonly Button[], first: number): ActionsBlock[] {
  const rows: ActionsBlock[] = [];
  for (let at = 0; at < buttons.length; at += LIMITS.actions) {
    const row = buttons.slice(at, at + LIMITS.actions);
    rows.push({ type: 'actions', elements: row.map((button, index) => drawButton(button, first + at + index)) });
  }
  return rows;
}

/** A call cut short would be another call: one that does not fit in Slack's 2,000 characters is refused. */
function packCall(call: Call): string {
  const packed = JSON.stringify(call);
  if (packed.length > LIMITS.buttonValue) throw tooLarge(`the call of ${call.command} does not fit in a button`);
  return packed;
}

function tooLarge(detail: string): DeliveryFailure {
  return new DeliveryFailure({ kind: 'rejected', why: 'tooLarge' }, { detail });
}
