import type { App, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import type { ZodType } from 'zod';
import { nothingDoneCard } from '../../cards/refusals/nothing-done-card.js';
import type { OnAccountChange } from '../account-change.js';
import type { OnChannelChange } from '../channel-change.js';
import { firstDelivery, signatureKey } from '../inbox.js';
import type { Invocation } from '../invocation.js';
import { deliver, receive } from '../receive.js';
import { newReference } from '../../id.js';
import { listenToAccounts } from './account-events.js';
import { listenToChannels } from './channel-events.js';
import { drawCardModal } from './draw/card.js';
import { keepHomeFresh, showHome } from './home.js';
import type { Installations } from './installations.js';
import { clickBody, commandBody, goneBody, homeBody, mentionBody, shortcutBody, submitBody } from './payload.js';
import {
  invocationOf,
  type Reading,
  readClick,
  readCommand,
  readHome,
  readMention,
  readShortcut,
  readSubmit,
} from './read.js';
import { type Desk, submit } from './submit.js';
import { suggest } from './suggest.js';

type Ack = () => Promise<void>;

/** Registers everything that Slack can send us; the set holds what is being worked on. */
export function listen(
  bolt: App,
  desk: Desk,
  installations: Installations | undefined,
  told: { onChannelChange?: OnChannelChange; onAccountChange?: OnAccountChange },
): Set<Promise<void>> {
  const running = new Set<Promise<void>>();
  const track = async (work: Promise<void>): Promise<void> => {
    running.add(work);
    await work.finally(() => running.delete(work));
  };

  bolt.command(/.*/, ({ body, ack, context }) => track(onCommand(desk, body, context['signature'], ack)));
  bolt.action(/.*/, ({ body, ack, context }) => track(onClick(desk, body, context['signature'], ack)));
  bolt.shortcut(/.*/, ({ body, ack, context }) => track(onShortcut(desk, body, context['signature'], ack)));
  bolt.view<ViewSubmitAction>(/.*/, ({ body, ack, context }) => track(onSubmit(desk, body, context['signature'], ack)));
  bolt.view({ callback_id: /.*/, type: 'view_closed' }, ({ ack }) => ack());
  bolt.options(/.*/, ({ body, ack }) => track(onSuggest(desk, body, ack)));
  bolt.event('app_mention', ({ body, context }) => track(onMention(desk, body, context['signature'])));
  bolt.event('message', ({ body, context }) => track(onMention(desk, body, context['signature'])));
  bolt.event('app_home_opened', ({ body }) => track(onHome(desk, body)));
  for (const gone of ['app_uninstalled', 'tokens_revoked'] as const) {
    bolt.event(gone, ({ body }) => track(onGone(desk, body, installations)));
  }
  const { onAccountChange, onChannelChange } = told;
  if (onChannelChange) listenToChannels(bolt, { onChannelChange, log: desk.log }, track);
  if (onAccountChange) listenToAccounts(bolt, { onAccountChange, log: desk.log }, track);
  return running;
}

async function onCommand(desk: Desk, body: unknown, signature: unknown, ack: Ack): Promise<void> {
  const at = new Date();
  const parsed = parse(desk, commandBody, body);
  await answerInteraction(desk, parsed && readCommand(parsed, at), signature, at, ack);
}

async function onClick(desk: Desk, body: unknown, signature: unknown, ack: Ack): Promise<void> {
  const at = new Date();
  const parsed = parse(desk, clickBody, body);
  const reading = parsed && readClick(parsed, at);
  await answerInteraction(desk, reading, signature, at, ack);
}

async function onShortcut(desk: Desk, body: unknown, signature: unknown, ack: Ack): Promise<void> {
  const at = new Date();
  const parsed = parse(desk, shortcutBody, body);
  await answerInteraction(desk, parsed && readShortcut(parsed, at), signature, at, ack);
}

/** The acknowledgement waits for nothing: not for the inbox either, and so not for the database. */
async function answerInteraction(
  desk: Desk,
  reading: Reading | undefined,
  signature: unknown,
  at: Date,
  ack: Ack,
): Promise<void> {
  await ack();
  if (!reading) return;
  const taken = await take(reading, signature, at);
  if (taken !== 'repeat') await answerTaken(desk, reading, taken);
}

/** Bolt has acknowledged an event before we see it. */
async function onMention(desk: Desk, body: unknown, signature: unknown): Promise<void> {
  const at = new Date();
  const parsed = mentionBody.safeParse(body);
  if (!parsed.success) return;
  const reading = readMention(parsed.data);
  const taken = await take(reading, signature, at);
  if (taken !== 'repeat') await answerTaken(desk, reading, taken);
}

async function answerTaken(desk: Desk, reading: Reading, taken: Invocation | 'unavailable'): Promise<void> {
  if (taken !== 'unavailable') {
    const answer = await receive(taken, desk.dispatch, desk.port, reading.moment, desk.log);
    return keepHomeFresh(desk, reading, answer);
  }
  const reference = sayNothingDone(desk, reading);
  const card = nothingDoneCard(reference);
  await deliver({ kind: 'private', card }, { reference }, desk.port, reading.moment, desk.log);
}

async function onSuggest(
  desk: Desk,
  body: unknown,
  ack: (response: { options: PlainTextOption[] }) => Promise<void>,
): Promise<void> {
  await ack({ options: await suggest(desk, body, new Date()) });
}

async function onSubmit(
  desk: Desk,
  body: unknown,
  signature: unknown,
  ack: (response?: ViewResponseAction) => Promise<void>,
): Promise<void> {
  const at = new Date();
  const parsed = parse(desk, submitBody, body);
  const reading = parsed && readSubmit(parsed);
  if (!reading) return ack();
  const taken = await take(reading, signature, at);
  if (taken === 'repeat') return ack();
  if (taken === 'unavailable') {
    const card = nothingDoneCard(sayNothingDone(desk, reading));
    return ack({ response_action: 'update', view: drawCardModal(card, '', desk.wires.client) });
  }
  const answer = await submit(desk, { invocation: taken, moment: reading.moment, ack });
  await keepHomeFresh(desk, reading, answer);
}

async function onHome(desk: Desk, body: unknown): Promise<void> {
  const parsed = homeBody.safeParse(body);
  if (!parsed.success || parsed.data.event.tab !== 'home') return;
  await showHome(desk, readHome(parsed.data));
}

async function onGone(desk: Desk, body: unknown, installations: Installations | undefined): Promise<void> {
  const parsed = parse(desk, goneBody, body);
  if (!parsed) return;
  const bots = parsed.event?.tokens?.bot;
  if (bots?.length === 0) return;
  desk.log.warn({ tenant: parsed.team_id }, 'the app was removed from a Slack team');
  await installations?.remove(parsed.team_id);
}

async function take(reading: Reading, signature: unknown, at: Date): Promise<Invocation | 'repeat' | 'unavailable'> {
  const delivery = reading.delivery ?? signatureKey(String(signature));
  const taken = await firstDelivery(delivery, `slack:${reading.place.tenant}`, at);
  return taken === 'first' ? invocationOf(reading, delivery, at) : taken;
}

function sayNothingDone(desk: Desk, reading: Reading): string {
  const reference = newReference();
  desk.log.error(
    { reference, tenant: reading.place.tenant },
    'the inbox could not be written in time: nothing was done',
  );
  return reference;
}

function parse<T>(desk: Desk, shape: ZodType<T>, body: unknown): T | undefined {
  const parsed = shape.safeParse(body);
  if (!parsed.success)
    desk.log.warn(
      { issues: parsed.error.issues.map((issue) => issue.path.join('.')) },
      'a payload of Slack of an unknown shape',
    );
  return parsed.success ? parsed.data : undefined;
}
