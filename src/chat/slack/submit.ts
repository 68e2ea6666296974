import type { ViewResponseAction } from '@slack/bolt';
import { apologyCard } from '../../cards/refusals/apology-card.js';
import type { Card, Form } from '../../cards/card.js';
import type { Answer, Dispatch, Invocation } from '../invocation.js';
import { answerTo, deliver } from '../receive.js';
import { within } from '../within.js';
import type { Log } from './bolt-log.js';
import { drawCardModal, worksInModal } from './draw/card.js';
import { drawWorking, fieldErrors } from './draw/form.js';
import type { Client } from './draw/text.js';
import { packMetadata } from './metadata.js';
import type { SlackMoment } from './moment.js';
import { formView } from './open-form.js';
import type { SlackPort } from './slack-port.js';
import { showInModal, type Wires } from './surfaces.js';

/** Slack gives up after 3 s, counted from its own sending. */
const ANSWER_BY_MS = 2_000;

type Ack = (response?: ViewResponseAction) => Promise<void>;

export interface Submission {
  invocation: Invocation;
  moment: SlackMoment;
  ack: Ack;
}

export interface Desk {
  wires: Wires;
  port: SlackPort;
  dispatch: Dispatch;
  log: Log;
}

/**
 * Runs a submitted form. What is answered within two seconds goes into the acknowledgement itself: errors beside their
 * fields, or the answer in the form's place. What takes longer finds the modal waiting, and then stands there.
 * Resolves with what was answered.
 */
export async function submit(desk: Desk, { invocation, moment, ack }: Submission): Promise<Answer> {
  const answering = answerTo(invocation, desk.dispatch, desk.log);
  const left = Math.max(0, ANSWER_BY_MS - (Date.now() - invocation.at.getTime()));
  const early = await within(left, answering);
  if (early) {
    await answerAtOnce(desk, early, { invocation, moment, ack });
    return early;
  }
  await ack({ response_action: 'update', view: drawWorking(packMetadata(moment)) });
  const late = await answering;
  await answerLater(desk, late, invocation, moment);
  return late;
}

async function answerAtOnce(desk: Desk, answer: Answer, submission: Submission): Promise<void> {
  const { invocation, moment, ack } = submission;
  const { reference } = invocation;
  const response = await responseTo(desk, answer, submission).catch((err: unknown): ViewResponseAction => {
    desk.log.error({ reference, err }, 'an answer could not be drawn');
    return inPlace(desk, moment, apologyCard(reference));
  });
  await ack(response);
  if (!staysInModal(answer, desk.wires.client)) {
    await deliver(answer, invocation, desk.port, withoutView(moment), desk.log);
  }
}

async function responseTo(desk: Desk, answer: Answer, { invocation, moment }: Submission): Promise<ViewResponseAction> {
  if (answer.kind === 'form') return formResponse(desk, moment, answer.form, submittedFields(invocation));
  if (answer.kind === 'private' && staysInModal(answer, desk.wires.client)) return inPlace(desk, moment, answer.card);
  return { response_action: 'clear' };
}

function inPlace(desk: Desk, moment: SlackMoment, card: Card): ViewResponseAction {
  return { response_action: 'update', view: drawCardModal(card, packMetadata(moment), desk.wires.client) };
}

function staysInModal(answer: Answer, client: Client): boolean {
  if (answer.kind !== 'private') return answer.kind === 'form';
  return !answer.lasting && worksInModal(answer.card, client);
}

function withoutView(moment: SlackMoment): SlackMoment {
  const closed = { ...moment };
  delete closed.view;
  return closed;
}

/** Beside the fields where all that is wrong stands at fields that were sent; else the new form in place of the old. */
async function formResponse(
  desk: Desk,
  moment: SlackMoment,
  form: Form,
  sent: Readonly<Record<string, string>>,
): Promise<ViewResponseAction> {
  const errors = fieldErrors(form);
  const names = Object.keys(errors);
  if (names.length > 0 && names.every((name) => name in sent)) return { response_action: 'errors', errors };
  return { response_action: 'update', view: await formView(desk.wires, moment, form) };
}

async function answerLater(desk: Desk, answer: Answer, invocation: Invocation, moment: SlackMoment): Promise<void> {
  const { port, log, wires } = desk;
  if (answer.kind === 'form') {
    const form = withValues(answer.form, submittedFields(invocation));
    return deliver({ kind: 'form', form }, invocation, port, moment, log);
  }
  if (staysInModal(answer, wires.client)) return deliver(answer, invocation, port, moment, log);
  await deliver(answer, invocation, port, withoutView(moment), log);
  await showInModal(wires, moment, DONE).catch((err) =>
    log.warn({ reference: invocation.reference, err }, 'a modal kept waiting'),
  );
}

/** What the person had typed, in a form that is drawn anew. */
function withValues(form: Form, sent: Readonly<Record<string, string>>): Form {
  return {
    ...form,
    fields: form.fields.map((field) => {
      const typed = field.initial ?? sent[field.name];
      return typed === undefined ? field : { ...field, initial: typed };
    }),
  };
}

function submittedFields(invocation: Invocation): Readonly<Record<string, string>> {
  return 'submitted' in invocation.ask ? invocation.ask.fields : {};
}

const DONE: Card = { name: 'done', parts: [{ part: 'text', text: ['Done.'] }] };
