import type { Card } from '../../cards/card.js';
import { paymentSetAsideCard } from '../../cards/payments/payment-cards.js';
import { reversalDetailCard, reversedCard } from '../../cards/payments/reversal-cards.js';
import type { Log } from '../../log.js';
import { inTransaction } from '../../mongo.js';
import type { Reversal } from '../../payments/reversal.js';
import { markReversalTold, untoldReversals } from '../../payments/reversals.js';
import { markSuspenseTold, type Suspended, untoldSuspense } from '../../payments/suspense.js';
import { getTopUp } from '../../payments/telling.js';
import { getAccount } from '../../workspace/accounts.js';
import type { PersonId, Workspace } from '../../workspace/entities.js';
import { holdersOf } from '../../workspace/memberships.js';
import { getPerson } from '../../workspace/people.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import { audienceOf, cardFor } from '../audience.js';
import { type Notice, recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';

const BATCH = 200;

/** Tells of money that went back, and of money that could not be credited; resolves with how many were told. */
export async function tellReversals(log: Pick<Log, 'error'>): Promise<number> {
  let told = 0;
  for (const reversal of await untoldReversals(BATCH)) {
    told += await tell(
      () => noticesOf(reversal),
      () => markReversalTold(reversal),
    ).catch(failed(reversal.id));
  }
  for (const suspended of await untoldSuspense(BATCH)) {
    told += await tell(
      () => suspenseNotices(suspended),
      () => markSuspenseTold(suspended),
    ).catch(failed(suspended.id));
  }
  return told;

  function failed(id: string): (error: unknown) => number {
    return (error) => {
      log.error({ err: error, payment: id }, 'what became of a payment could not be told');
      return 0;
    };
  }
}

async function tell(notices: () => Promise<Notice[]>, mark: () => Promise<void>): Promise<number> {
  const written = await notices();
  await inTransaction(async () => {
    await enqueue(written);
    await mark();
  });
  return 1;
}

/** The channel hears of totals; the owners privately, whose payment it was. A lost dispute moves nothing: the channel need not know. */
async function noticesOf(reversal: Reversal): Promise<Notice[]> {
  const { account, kind, amountMinor, balanceMinor } = reversal;
  const workspace = await getWorkspace(account, reversal.workspace);
  const topUp = await getTopUp(account, reversal.topUp);
  if (!workspace || !topUp) throw new Error(`reversal ${reversal.id} is of nothing`);
  const about = { id: workspace.id, name: workspace.name, currency: workspace.currency, balanceMinor };
  const by = await getPerson(account, topUp.by);
  const detail = reversalDetailCard({
    about,
    kind,
    amountMinor,
    added: { amountMinor: topUp.amountMinor, ...(by && { by: by.name }) },
    ...(topUp.origin && { reference: topUp.origin.reference }),
  });
  const owners = await ownersOf(workspace);
  const privately = toPeople(`reversal:${reversal.id}:detail`, workspace, owners, detail);
  if (kind === 'disputeLost') return privately;
  const audience = await audienceOf(account, workspace.id, 'payments');
  const card = reversedCard({ about, kind, amountMinor, entry: reversal.id });
  const others = audience.to.filter((to) => !('person' in to) || !owners.includes(to.person));
  return [
    ...privately,
    ...others.map((to) => ({
      id: `reversal:${reversal.id}:${recipientKey(to)}`,
      account,
      workspace: workspace.id,
      to,
      card: cardFor(audience, card, about),
    })),
  ];
}

/** Money of another mode than ours is no money: the operator sees it in the list. */
async function suspenseNotices(suspended: Suspended): Promise<Notice[]> {
  const { account, amountMinor, currency, id, entry, topUp: topUpId } = suspended;
  if (!entry) return [];
  const workspace = suspended.workspace ? await getWorkspace(account, suspended.workspace) : undefined;
  const paid = { amountMinor, currency, reference: topUpId ?? id };
  if (!workspace) {
    const owner = (await getAccount(account))?.owner;
    if (!owner) throw new Error(`payment ${id} is of an unknown account ${account}`);
    return [{ id: `suspense:${id}:${owner}`, account, to: { person: owner }, card: paymentSetAsideCard(paid) }];
  }
  const topUp = topUpId ? await getTopUp(account, topUpId) : undefined;
  const people = new Set([...(await ownersOf(workspace)), ...(topUp ? [topUp.by] : [])]);
  const about = { id: workspace.id, name: workspace.name, currency: workspace.currency };
  return toPeople(`suspense:${id}`, workspace, [...people], paymentSetAsideCard({ about, ...paid }));
}

async function ownersOf({ account, id }: Workspace): Promise<PersonId[]> {
  return (await holdersOf(account, id, ['primaryOwner', 'owner'])).map((person) => person.id);
}

function toPeople(
  id: string,
  { account, id: workspace }: Workspace,
  people: readonly PersonId[],
  card: Card,
): Notice[] {
  return people.map((person) => ({ id: `${id}:${person}`, account, workspace, to: { person }, card }));
}
