import type { Logger } from 'pino';
import type { Card, Form } from '../../cards/card.js';
import { plainInline } from '../../cards/plain-text.js';
import { DeliveryFailure } from '../port.js';
import { drawCard } from './draw/draw-card.js';
import { drawForm } from './draw/draw-form.js';
import { drawFormOpener } from './draw/draw-form-opener.js';
import type { Client } from './draw/element.js';
import type { TeamsMoment } from './moment.js';
import { type Message, messageOf, type Posting } from './posting.js';
import { directReference, type Reference } from './references.js';
import type { Roster } from './roster.js';

/** What answering needs: how to send, and what the client can do. */
export interface Answering {
  posting: Posting;
  roster: Pick<Roster, 'isIn'>;
  client: Client;
  log: Pick<Logger, 'warn'>;
}

const ANSWERED = "I've answered you privately.";
const SHARED = 'Shared where you asked.';
const NOT_THERE = 'Nothing was shared: you or I are not in that conversation any more.';

/** Answers the person alone: in the personal chat, with a pointer where they asked; in a dialog, there. */
export async function privately(
  answering: Answering,
  moment: TeamsMoment,
  card: Card,
  how: { replace?: boolean } = {},
): Promise<void> {
  const { clicked, reply, reference } = moment;
  if (reply?.to === 'dialog' && reply.card(drawCard(card, answering.client), card.heading?.text)) return;
  if (reference.kind === 'direct' && clicked && (how.replace || clicked.form)) {
    const drawn = drawCard(card, answering.client);
    await answering.posting.edit(reference, moment.thread, clicked.message, drawn);
    reply?.card(drawn);
    return;
  }
  await sayPrivately(answering, moment, messageOf(card, answering.client), ANSWERED);
}

/** Answers where the person asked, for all to see; from their personal chat `where` they had asked before. */
export async function openly(answering: Answering, moment: TeamsMoment, card: Card, where?: string): Promise<void> {
  const { person, reference, thread } = moment;
  const elsewhere = reference.kind === 'direct' && where !== undefined && where !== reference.conversation;
  if (!elsewhere) return answering.posting.say(reference, thread, messageOf(card, answering.client));
  if (await answering.roster.isIn(person, where)) {
    await answering.posting.post({ kind: 'channel', platform: 'teams', tenant: person.tenant, channel: where }, card);
    if (!moment.reply?.say(SHARED)) await sayPrivately(answering, moment, linesOf(answering, SHARED), ANSWERED);
    return;
  }
  await sayPrivately(answering, moment, linesOf(answering, NOT_THERE), ANSWERED);
}

function linesOf({ client }: Answering, line: string): Message {
  return messageOf({ name: 'shared-elsewhere', parts: [{ part: 'text', text: [line] }] }, client);
}

/**
 * A form stands in the personal chat as a card with inputs. In a channel or group a button opens it as a dialog,
 * for the one who asked; where the client has no dialogs it goes to the personal chat.
 */
export async function openForm(answering: Answering, moment: TeamsMoment, form: Form): Promise<void> {
  const { clicked, reply, reference } = moment;
  const { client } = answering;
  if (reply?.to === 'dialog' && reply.card(drawForm(form, 'dialog', client), form.title)) return;
  const card = drawForm(form, 'inline', client);
  if (reference.kind === 'direct' && clicked?.form) {
    await answering.posting.edit(reference, moment.thread, clicked.message, card);
    reply?.card(card);
    return;
  }
  if (reference.kind === 'direct' || client === 'playground') {
    await sayPrivately(answering, moment, { card, summary: form.title }, "I've sent you a short form privately.");
    return;
  }
  const opener = drawFormOpener({ ...form, intro: [plainInline(form.intro ?? [])] }, moment.person, moment.personName);
  await answering.posting.say(reference, moment.thread, { card: opener, summary: form.title });
}

async function sayPrivately(
  answering: Answering,
  moment: TeamsMoment,
  message: Message,
  pointer: string,
): Promise<void> {
  const { posting } = answering;
  if (moment.reference.kind === 'direct') {
    await posting.say(moment.reference, moment.thread, message);
    return;
  }
  const arrived = await writeToPerson(answering, moment, message);
  const line = arrived ? pointer : HOW_TO_GET_ONE;
  if (moment.reply?.say(line)) return;
  await posting.say(moment.reference, moment.thread, messageOf(pointerCard(moment.personName, line), answering.client));
}

/** False where the person has no personal chat with the bot, and none can be opened. */
async function writeToPerson(answering: Answering, moment: TeamsMoment, message: Message): Promise<boolean> {
  const { posting, log } = answering;
  try {
    const chat = await personalChatOf(answering, moment);
    await posting.say(chat, chat.conversation, message);
    return true;
  } catch (error) {
    if (!(error instanceof DeliveryFailure) || error.outcome.kind !== 'rejected') throw error;
    if (error.outcome.why === 'tooLarge') throw error;
    log.warn({ err: error }, 'this person cannot be written to privately');
    return false;
  }
}

/** As remembered; with the database away Teams is asked, which always gives the same one. */
async function personalChatOf({ posting, log }: Answering, moment: TeamsMoment): Promise<Reference> {
  const { person, teamsId, reference } = moment;
  try {
    const known = await directReference(person.tenant, person.user);
    if (known) return known;
  } catch (error) {
    log.warn({ err: error }, 'the personal chat could not be looked up');
  }
  return posting.personalChat({ ...person, teamsId }, reference);
}

function pointerCard(name: string, line: string): Card {
  return { name: 'private-pointer', parts: [{ part: 'text', text: [`${name}: ${line}`], subtle: true }] };
}

const HOW_TO_GET_ONE =
  'My answer is for your eyes only, and I cannot write to you privately yet. ' +
  'Open Apps, find Workspace, press Add, then ask me again.';
