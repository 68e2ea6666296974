import type { Card } from '../../cards/card.js';
import { DeliveryFailure } from '../port.js';
import { drawCardModal, drawMessage } from './draw/card.js';
import { packMetadata } from './metadata.js';
import { isDirect, type SlackMoment } from './moment.js';
import { openModal, say, showAtHome, showInModal, type Wires, whisper } from './surfaces.js';

/** Answers the person alone, where they are: in the card they clicked, the modal they sent, the channel they typed in. */
export async function answerPrivately(
  wires: Wires,
  moment: SlackMoment,
  card: Card,
  how: { replace?: boolean; lasting?: boolean } = {},
): Promise<void> {
  if (how.replace && (await replaceClicked(wires, moment, card))) return;
  if (how.lasting) {
    await say(wires, moment, moment.user, card);
    if (moment.channel && !isDirect(moment.channel)) await whisperOrSay(wires, moment, SENT_DIRECTLY);
    return;
  }
  if (await showInModal(wires, moment, card)) return;
  if (await answerInModal(wires, moment, card)) return;
  await whisperOrSay(wires, moment, card);
}

/** Answers in the channel where it was asked; where the bot is no member, through the reply address. */
export async function answerOpenly(wires: Wires, moment: SlackMoment, card: Card): Promise<void> {
  try {
    await say(wires, moment, moment.channel ?? moment.user, card);
  } catch (error) {
    const body = { response_type: 'in_channel', replace_original: false, ...drawMessage(card, wires.client) };
    if (!isRejected(error) || !(await moment.response?.send(body))) throw error;
  }
}

/** In place of the card that was clicked; false where nothing private was: a shared card is not ours to hide. */
async function replaceClicked(wires: Wires, moment: SlackMoment, card: Card): Promise<boolean> {
  if (moment.view?.kind === 'home') {
    await showAtHome(wires, moment, card);
    return true;
  }
  if (moment.clicked !== 'private' || moment.view) return false;
  const body = { replace_original: true, ...drawMessage(card, wires.client) };
  return (await moment.response?.send(body)) ?? false;
}

/** False where what was done is answered elsewhere, or no modal could be opened. */
async function answerInModal(wires: Wires, moment: SlackMoment, card: Card): Promise<boolean> {
  if (!moment.inModal) return false;
  return openModal(wires, moment, drawCardModal(card, packMetadata(moment), wires.client));
}

/** By the first way that is open: the reply address, an ephemeral message, a direct one. */
async function whisperOrSay(wires: Wires, moment: SlackMoment, card: Card): Promise<void> {
  const { channel, response } = moment;
  const body = { response_type: 'ephemeral', replace_original: false, ...drawMessage(card, wires.client) };
  if (await response?.send(body)) return;
  if (channel && !isDirect(channel)) {
    try {
      return await whisper(wires, moment, channel, card);
    } catch (error) {
      if (!isRejected(error)) throw error;
    }
  }
  await say(wires, moment, channel && isDirect(channel) ? channel : moment.user, card);
}

/** Refused for a reason that another way may not have. */
function isRejected(error: unknown): boolean {
  return error instanceof DeliveryFailure && error.outcome.kind === 'rejected' && error.outcome.why !== 'tooLarge';
}

const SENT_DIRECTLY: Card = {
  name: 'sent-directly',
  parts: [{ part: 'text', text: ['I sent it to you as a direct message, where it stays.'] }],
};
