import { payCard, toppedUpCard } from '../cards/balance/balance-card.js';
import type { Card } from '../cards/card.js';
import type { About } from '../cards/parts.js';
import { askChargeButton, chargeChoiceCard, chargeProcessingCard } from '../cards/payments/charge-cards.js';
import {
  cardholderNeededCard,
  paymentDeclinedCard,
  paymentFailedCard,
  paymentSetAsideCard,
} from '../cards/payments/payment-cards.js';
import type { Answer } from '../chat/invocation.js';
import { noteReaction } from '../notices/alerts/reactions.js';
import type { SavedCard } from '../payments/provider.js';
import type { TopUp } from '../payments/top-up.js';
import { refuse } from '../refusal.js';
import { verdict } from '../workspace/permissions.js';
import { policiesInForce } from '../workspace/policies.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace, originOf } from './context.js';

/** Ends the key of a top-up that may be paid in two ways. */
const PAYING = ':pay';

type WithBalance = About & { balanceMinor: number };

interface How {
  by?: 'card' | 'page';
  /** The last digits of the card that the pressed button named. */
  shown?: string;
  /** The saved card is to be charged now. */
  meant: boolean;
}

/** Charges the saved card, offers it, or leads to the payment page: without a saved card always the page. */
export async function pay(context: InWorkspace, amountMinor: number, how: How): Promise<Answer> {
  if (how.by === 'page') return page(context, amountMinor);
  const card = await savedCardOf(context);
  if (!card) {
    if (how.by === 'card') return refuse({ kind: 'noSavedCard', workspaceName: context.workspace.name });
    return page(context, amountMinor);
  }
  if (how.meant && (how.shown === undefined || how.shown === card.last4)) return charge(context, amountMinor);
  if (await mayCharge(context, amountMinor)) return offer(context, amountMinor, card, how.meant);
  return page(context, amountMinor, askChargeButton(await about(context), amountMinor, card));
}

/** The card as people may know it; asked of the provider. */
export async function savedCardOf({ account, services, workspace }: InWorkspace): Promise<SavedCard | undefined> {
  return services.payments.savedCard({ account: account.id, workspace: workspace.id });
}

async function mayCharge({ account, membership, workspace }: InWorkspace, amountMinor: number): Promise<boolean> {
  const { ownersCapMinor = 0 } = await policiesInForce(account, workspace.id);
  const payBy = amountMinor <= ownersCapMinor ? 'savedCardWithinCap' : 'savedCardAboveCap';
  return verdict('addBalance', membership.role, { payBy }).answer === 'yes';
}

async function page(
  context: InWorkspace,
  amountMinor: number,
  instead?: ReturnType<typeof askChargeButton>,
): Promise<Answer> {
  const { url } = await context.services.payments.startTopUp(orderOf(context, amountMinor));
  await notePaying(context, amountMinor);
  const card = payCard({ about: await about(context), amountMinor, url, ...(instead && { instead }) });
  return { kind: 'private', card };
}

/** Page and card have one key, made of the asking's: they are the same top-up, paid once. */
async function offer(context: InWorkspace, amountMinor: number, card: SavedCard, changed: boolean): Promise<Answer> {
  const key = context.key.endsWith(PAYING) ? context.key : `${context.key}${PAYING}`;
  const { url } = await context.services.payments.startTopUp({ ...orderOf(context, amountMinor), key });
  await notePaying(context, amountMinor);
  const choice = chargeChoiceCard({ about: await about(context), amountMinor, card, url, key, changed });
  return { kind: 'private', replace: changed, card: choice };
}

/** The workspace's alert says that somebody is about to pay. */
function notePaying({ actor, at, services, workspace }: InWorkspace, amountMinor: number): Promise<void> {
  return noteReaction(services.ledger, workspace, { kind: 'paying', by: actor.id, amountMinor, at });
}

async function charge(context: InWorkspace, amountMinor: number): Promise<Answer> {
  const { topUp, url } = await context.services.payments.chargeCard(orderOf(context, amountMinor));
  const card = outcomeCard(topUp, url, await about(context));
  return { kind: 'private', card, replace: 'clicked' in context.invocation.ask };
}

function outcomeCard(topUp: TopUp, url: string | undefined, about: WithBalance): Card {
  const { amountMinor, balanceMinor, card, currency, decline, id } = topUp;
  const unpaid = { about, amountMinor, ...(card && { card }) };
  switch (topUp.state) {
    case 'credited':
      return toppedUpCard({ about: { ...about, balanceMinor: balanceMinor ?? about.balanceMinor }, amountMinor });
    case 'declined':
      return paymentDeclinedCard({ ...unpaid, ...(decline && { why: decline.message }) });
    case 'failed':
    case 'expired':
      return paymentFailedCard(unpaid);
    case 'suspense':
      return paymentSetAsideCard({ about, amountMinor, currency, reference: id });
    case 'open':
      return url ? cardholderNeededCard({ ...unpaid, url }) : chargeProcessingCard(unpaid);
    case 'processing':
      return chargeProcessingCard(unpaid);
  }
}

function orderOf(context: InWorkspace, amountMinor: number) {
  const { account, actor, at, key, workspace } = context;
  const { currency } = workspace;
  const origin = originOf(context);
  return { account: account.id, workspace: workspace.id, amountMinor, currency, by: actor.id, key, origin, at };
}

async function about({ services, workspace }: InWorkspace): Promise<WithBalance> {
  return aboutWorkspace(services.ledger, workspace);
}
