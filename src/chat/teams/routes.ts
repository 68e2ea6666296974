import { Application } from '@microsoft/teams-ai/lib/Application.js';
import { ActivityTypes, type InvokeResponse, type TurnContext } from 'botbuilder';
import { channelAddedCard } from '../../cards/channels/channel-added-card.js';
import { type Inbound, kindOf } from './activity.js';
import type { BotAdapter } from './adapter.js';
import { answerPicker } from './choices.js';
import { arrive, followChannel, leave } from './channel-events.js';
import { openDialog } from './dialog.js';
import { answerSearch } from './extension.js';
import { createInvokeReply } from './invoke-reply.js';
import { momentOf } from './moment.js';
import { referenceOf, remember } from './references.js';
import { sharedFileOf } from './shared-file.js';
import { type Pressed, readFields, readPressed } from './submitted.js';
import { takeInvoke, takeTurn, type Turns } from './turn.js';
import { readTyped } from './typed-text.js';

/** An admitted activity, as the turn's context carries it. */
export interface Admitted {
  activity: Inbound;
  tenant: string;
}

/** What Teams sends, and who handles it. */
export function createRoutes(
  adapter: BotAdapter,
  turns: Turns,
  admittedOf: (context: TurnContext) => Admitted,
): Application {
  const application = new Application({
    adapter,
    botAppId: adapter.appId,
    startTypingTimer: false,
    removeRecipientMention: false,
  });
  const on = (type: string, handle: (admitted: Admitted) => Promise<void>) =>
    application.addRoute(
      async ({ activity }) => activity.type === type,
      (context) => handle(admittedOf(context)),
    );
  const onInvoke = (name: string, handle: (admitted: Admitted) => Promise<InvokeResponse>) =>
    application.addRoute(
      async ({ activity }) => activity.name === name,
      async (context) => {
        const value = await handle(admittedOf(context));
        await context.sendActivity({ type: ActivityTypes.InvokeResponse, value });
      },
      true,
    );
  on(ActivityTypes.Message, (admitted) => typed(turns, admitted));
  on(ActivityTypes.InstallationUpdate, (admitted) => installed(turns, admitted));
  on(ActivityTypes.ConversationUpdate, (admitted) => conversationChanged(turns, admitted));
  onInvoke('adaptiveCard/action', (admitted) => clicked(turns, admitted, 'action'));
  onInvoke('task/submit', (admitted) => clicked(turns, admitted, 'dialog'));
  onInvoke('composeExtension/query', (admitted) => answerSearch(turns, admitted));
  onInvoke('application/search', (admitted) => answerPicker(turns, admitted));
  onInvoke('task/fetch', async ({ activity }) => openDialog(activity));
  return application;
}

async function typed(turns: Turns, { activity, tenant }: Admitted): Promise<void> {
  const reference = referenceOf(activity, tenant);
  await takeTurn(turns, activity, tenant, async () => ({
    typed: await readTyped(
      activity,
      tenant,
      async ({ id, aadObjectId }) => aadObjectId ?? turns.roster.userOf(reference, id),
    ),
    ...sharedFileOf(activity, tenant),
  }));
}

async function clicked(turns: Turns, admitted: Admitted, to: 'action' | 'dialog'): Promise<InvokeResponse> {
  const { activity, tenant } = admitted;
  const pressed = readPressed(dataOf(activity));
  if (!pressed) return { status: 400 };
  const reply = createInvokeReply(to);
  const form = pressed.form !== undefined;
  const ask = async () => askOf(turns, pressed, tenant);
  return takeInvoke(turns, takeTurn(turns, activity, tenant, ask, { to: reply, form }), reply);
}

async function askOf(turns: Turns, pressed: Pressed, tenant: string) {
  if (pressed.form === undefined) return { clicked: pressed.call };
  return { submitted: pressed.call, fields: await readFields(pressed, tenant, turns.roster) };
}

/** A click carries its data in `action.data`, a dialog in `data`. */
function dataOf({ value }: Inbound): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('action' in value && typeof value.action === 'object' && value.action !== null && 'data' in value.action) {
    return value.action.data;
  }
  return 'data' in value ? value.data : undefined;
}

/** The app was added or removed: a person is greeted with their home card, a channel told what the bot is for. */
async function installed(turns: Turns, { activity, tenant }: Admitted): Promise<void> {
  const { onChannelChange } = turns;
  if (activity.action?.startsWith('remove')) return leave(activity, tenant, new Date(), onChannelChange);
  if (activity.action !== 'add') return arrive(activity, tenant, new Date(), onChannelChange);
  if (kindOf(activity) === 'direct') {
    await takeTurn(turns, activity, tenant, async () => ({ home: true }));
    return;
  }
  await remember(activity, tenant, new Date());
  await arrive(activity, tenant, new Date(), onChannelChange);
  const person = { platform: 'teams' as const, tenant, user: activity.from.aadObjectId ?? '' };
  await turns.port.openly(momentOf(activity, person), channelAddedCard());
}

const members = (list: unknown): string[] =>
  Array.isArray(list) ? list.flatMap((each: unknown) => (isAccount(each) ? [each.id] : [])) : [];

function isAccount(each: unknown): each is { id: string } {
  return typeof each === 'object' && each !== null && 'id' in each && typeof each.id === 'string';
}

/** The bot itself came or went, or a channel changed; of other people it learns when they speak. */
async function conversationChanged({ onChannelChange }: Turns, { activity, tenant }: Admitted): Promise<void> {
  const bot = activity.recipient.id;
  const at = new Date();
  if (members(activity.membersRemoved).includes(bot)) await leave(activity, tenant, at, onChannelChange);
  else if (members(activity.membersAdded).includes(bot)) await arrive(activity, tenant, at, onChannelChange);
  await followChannel(activity, tenant, at, onChannelChange);
}
