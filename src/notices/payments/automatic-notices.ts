import {
  automaticAddedCard,
  automaticChangedCard,
  automaticDeclinedCard,
  automaticMaximumCard,
  automaticStoppedCard,
  type Reader,
  rechargeMissedCard,
} from '../../cards/payments/automatic-notice-cards.js';
import type { Card } from '../../cards/card.js';
import type { About } from '../../cards/parts.js';
import type { Ledger } from '../../ledger/entry.js';
import type { Automatic, AutomaticEvent } from '../../payments/automatic/automatic.js';
import { automaticOf } from '../../payments/automatic/store.js';
import type { TopUp } from '../../payments/top-up.js';
import type { Person, Workspace } from '../../workspace/entities.js';
import { holdersOf } from '../../workspace/memberships.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import { lookAgain } from '../alerts/alert-row.js';
import { audienceOf, cardFor } from '../audience.js';
import { type Notice, recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';

type Told = Exclude<AutomaticEvent, { kind: 'resumedByCard' }>;

/**
 * Writes what people are to hear of automatic payments, in the surrounding transaction: the workspace's channel, without
 * anything of the card, and privately the primary owner, with what mends it.
 */
export function tellAutomatic(ledger: Pick<Ledger, 'head'>): (event: AutomaticEvent) => Promise<void> {
  return async (event) => {
    const workspace = await getWorkspace(event.account, event.workspace);
    if (!workspace) throw new Error(`workspace ${event.workspace} is gone`);
    const head = await ledger.head(workspace.id);
    const { id, name, currency } = workspace;
    const about = { id, name, currency, balanceMinor: head?.balanceMinor ?? 0 };
    await lookAgain(workspace.account, id);
    if (event.kind === 'resumedByCard') {
      const after = await automaticOf({ account: workspace.account, workspace: id });
      return tellOfChange({ workspace, about, change: 'resumedByCard', after: after ?? {}, key: event.id });
    }
    await enqueue(await noticesOf(event, workspace, about));
  };
}

async function noticesOf(event: Told, workspace: Workspace, about: About): Promise<Notice[]> {
  const { account, id: workspaceId } = workspace;
  const owners = await holdersOf(account, workspaceId, ['primaryOwner']);
  const cardOf = (reader: Reader) =>
    wordsFor(event, { about, reader, owners: owners.map(({ name }) => name) }, workspace);
  const notice = { account, workspace: workspaceId };
  const audience = await audienceOf(account, workspaceId, 'payments');
  const others = audience.to.filter((to) => !('person' in to) || !isOne(owners, to.person));
  return [
    ...others.map((to) => ({
      ...notice,
      id: `${workspaceId}:${event.id}:${recipientKey(to)}`,
      to,
      card: cardFor(audience, cardOf('channel'), about),
    })),
    ...owners.map(({ id: person }) => ({
      ...notice,
      id: `${workspaceId}:${event.id}:owner:${person}`,
      to: { person },
      card: cardOf('primaryOwner'),
    })),
  ];
}

function isOne(people: readonly Person[], id: string): boolean {
  return people.some((person) => person.id === id);
}

type Said = Pick<Parameters<typeof automaticStoppedCard>[0], 'about' | 'reader' | 'owners'>;

function wordsFor(event: Told, said: Said, { timeZone: zone }: Workspace): Card {
  switch (event.kind) {
    case 'declined': {
      const { charge, code, nextTryAt, triesLeft } = event;
      const { kind, amountMinor } = charge;
      return automaticDeclinedCard({ ...said, kind, amountMinor, code, nextTryAt, triesLeft, zone });
    }
    case 'stopped': {
      const { charge, code, url, why } = event;
      return automaticStoppedCard({
        ...said,
        why,
        ...(code && { code }),
        ...(charge && { amountMinor: charge.amountMinor }),
        ...(url && { url }),
      });
    }
    case 'maximumReached': {
      const { maximumMinor, belowMinor, againAt } = event;
      return automaticMaximumCard({ ...said, maximumMinor, belowMinor, againAt, zone });
    }
    case 'rechargeMissed': {
      const { amountMinor, dueAt, nextAt } = event;
      return rechargeMissedCard({ ...said, amountMinor, dueAt, nextAt, zone });
    }
  }
}

/** Tells the channel that somebody changed how balance is added by itself; in the change's transaction. */
export async function tellOfChange(of: {
  workspace: Workspace;
  about: About;
  by?: string;
  change: Parameters<typeof automaticChangedCard>[0]['change'];
  after: Pick<Automatic, 'below' | 'monthly'>;
  /** Of the change: the notice is written once for it. */
  key: string;
}): Promise<void> {
  const { workspace, about, by, change, after, key } = of;
  const { account, id } = workspace;
  const audience = await audienceOf(account, id, 'payments');
  const rules = { ...(after.below && { below: after.below }), ...(after.monthly && { monthly: after.monthly }) };
  const card = automaticChangedCard({ about, change, rules, ...(by && { by }) });
  await enqueue(
    audience.to.map((to) => ({
      id: `${id}:auto:${change}:${key}:${recipientKey(to)}`,
      account,
      workspace: id,
      to,
      card: cardFor(audience, card, about),
    })),
  );
}

/** To the channel: what was added by itself. */
export async function automaticTopUpNotices(topUp: TopUp): Promise<Notice[]> {
  const { id, account, amountMinor, automatic, balanceMinor, currency, workspace, workspaceName } = topUp;
  if (!automatic || balanceMinor === undefined) throw new Error(`top-up ${id} was not added by itself`);
  const about = { id: workspace, name: workspaceName, currency, balanceMinor };
  const audience = await audienceOf(account, workspace, 'payments');
  const card = automaticAddedCard({ about, amountMinor, kind: automatic.kind, entry: `topup:${id}` });
  return audience.to.map((to) => ({
    id: `topup:${id}:credited:${recipientKey(to)}`,
    account,
    workspace,
    to,
    card: cardFor(audience, card, about),
  }));
}
