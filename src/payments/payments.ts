import type { Router } from 'express';
import type { Ledger } from '../ledger/entry.js';
import { refuse } from '../refusal.js';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { getWorkspace } from '../workspace/workspaces.js';
import { createBringUpToDate } from './bring-up-to-date.js';
import { type Clearing, compareClearing } from './clearing.js';
import { ensureCustomer, payerOf } from './customers.js';
import { followMissed, followOnce } from './events.js';
import { findTopUp, follow } from './follow.js';
import { forgetFormerCards, forgetLater, isFormerCustomer } from './former-cards.js';
import { chooseCard, findIntent, notWanted, type Ordered, type TopUpOrder, writeIntent } from './intent.js';
import { awaitsCharge, type TopUpRow } from './models.js';
import { ensurePage } from './open-page.js';
import type { Hint, PaymentProvider, SavedCard } from './provider.js';
import { reconcileTopUps } from './reconcile.js';
import type { SettleDeps } from './settle.js';
import type { OperatorLog } from './suspense.js';
import { type AutomaticCause, referenceOf, type TopUp, type TopUpReference } from './top-up.js';
import { markTopUpTold, toTopUp } from './telling.js';
import { webhookRoutes } from './webhook-routes.js';

export interface PaymentsDeps {
  provider: PaymentProvider;
  ledger: Ledger;
  /** Without a slash at the end. */
  publicUrl: string;
  log: OperatorLog;
  /** Called when there may be something to tell, perhaps more than once: whoever tells people looks up what is untold. */
  onSettled?: () => void;
}

export interface Reconciled {
  /** Unfinished top-ups that were looked at. */
  looked: number;
  credited: number;
  /** Events that no webhook had told of. */
  followed: number;
  /** Top-ups and events that could not be looked up; they are looked at again next time. */
  troubled: number;
}

export interface Payments {
  /**
   * Writes the intent and opens the provider's page. The same key is the same top-up: `url` is its page while it
   * can be paid, else our page that says how it ended. Refuses `badAmount` and `keyConflict`; any other
   * rejection may be repeated with the same key.
   */
  startTopUp(order: TopUpOrder): Promise<{ topUp: TopUp; url: string }>;
  /** The card that `chargeCard` would charge: the customer's default, else the newest. Asked of the provider. */
  savedCard(of: { account: AccountId; workspace: WorkspaceId }): Promise<SavedCard | undefined>;
  /**
   * Writes the intent and charges the saved card without its holder; the same key is the same charge, and a page that
   * was opened under it is closed first. The top-up ends `credited`, `declined` or `failed`, is `processing`, or is open
   * with `url` where its bank asks for the holder. Where the outcome is unknown it rejects: the reconciler settles it,
   * and a repeat with the same key is safe. Refuses `noSavedCard`, `automaticOpen`, `badAmount` and `keyConflict`. What
   * a person's own charge came to is told by whoever called, but for `credited`, of which the channel is told; an
   * automatic one is told by notices alone.
   */
  chargeCard(order: TopUpOrder & { automatic?: AutomaticCause }): Promise<{ topUp: TopUp; url?: string }>;
  /**
   * The same order is wanted no more: unless the provider may have heard of it, it is `failed`, and stays so for whoever
   * asks under the same key. What may have been heard of is looked for, and never asked for again.
   */
  giveUpCharge(order: TopUpOrder & { automatic: AutomaticCause }): Promise<TopUp>;
  /** The provider's page for the workspace's cards, good for minutes: for the primary owner alone. `update`: straight to a new card. */
  portal(of: { account: AccountId; workspace: WorkspaceId; update?: boolean; at: Date }): Promise<string>;
  /** Makes the provider forget the cards of those who handed a workspace over. How many there were; may be repeated. */
  forgetFormerCards(timeIsUp?: () => boolean): Promise<number>;
  /** Re-reads the provider and brings the top-up up to date; undefined where there is no such top-up. */
  settle(reference: TopUpReference, at: Date): Promise<TopUp | undefined>;
  /**
   * Brings every unfinished top-up up to date, and follows every event at the provider that no webhook told of. What is
   * left when the time is up is for the next time.
   */
  reconcile(at: Date, timeIsUp?: () => boolean): Promise<Reconciled>;
  /** Holds the provider's account against the ledger, from where it was left: each finding comes once, and is for the operator. */
  compareClearing(at: Date, timeIsUp?: () => boolean): Promise<Clearing>;
  /** POST /payments/webhook; needs the raw body, so it is mounted before any body parser. */
  routes: Router;
}

export function createPayments(deps: PaymentsDeps): Payments {
  const { provider, log, publicUrl } = deps;
  const onNews = () => deps.onSettled?.();
  const settling = { provider, ledger: deps.ledger, livemode: provider.livemode, log, keepCard: keepCard(deps) };
  const paging = { provider, returnUrl: (topUp: TopUpReference) => returnUrl(publicUrl, topUp) };

  const bringUpToDate = createBringUpToDate({ ...settling, ...paging, onNews });
  const following = { ...settling, bringUpToDate, onNews };
  const followed = { follow: (hint: Hint, at: Date) => follow(following, hint, at), provider, log };

  return {
    async startTopUp(order) {
      const ordered = await lookUp(order);
      const row = (await findIntent(ordered)) ?? (await writeIntent(ordered));
      const paged = awaitsCharge(row) || row.needsCardholder ? row : await ensurePage(paging, row, order.at);
      const topUp = toTopUp(paged);
      return { topUp, url: payable(topUp) ?? returnUrl(publicUrl, referenceOf(topUp)) };
    },
    async savedCard(of) {
      return (await payerOf(provider, of))?.card;
    },
    async chargeCard(order) {
      const row = await bringUpToDate(await toBeCharged(provider, order), order.at);
      const topUp = toTopUp(row);
      const url = payable(topUp);
      if (!topUp.automatic && (url || topUp.state === 'declined' || topUp.state === 'failed')) {
        await markTopUpTold(topUp);
      }
      return { topUp, ...(url && { url }) };
    },
    async giveUpCharge(order) {
      return toTopUp(await bringUpToDate(await notWanted(await lookUp(order), order.automatic), order.at));
    },
    async portal({ account, workspace: id, update = false }) {
      const workspace = await getWorkspace(account, id);
      if (!workspace) throw new Error(`cards of an unknown workspace ${id}`);
      const customer = await ensureCustomer(provider, { account, workspace: id, workspaceName: workspace.name });
      return provider.openPortal({ customer, returnUrl: `${publicUrl}/payments/cards`, update });
    },
    forgetFormerCards: (timeIsUp = () => false) => forgetFormerCards({ provider, log }, timeIsUp),
    async settle(reference, at) {
      const row = await findTopUp(reference);
      if (!row) return undefined;
      return toTopUp(row.state === 'open' || row.state === 'processing' ? await bringUpToDate(row, at) : row);
    },
    async reconcile(at, timeIsUp = () => false) {
      const { troubled, ...done } = await reconcileTopUps({ log, bringUpToDate, timeIsUp }, at);
      const missed = await followMissed({ ...followed, timeIsUp }, at);
      return { ...done, followed: missed.followed, troubled: troubled + missed.troubled };
    },
    compareClearing: (at, timeIsUp = () => false) => compareClearing(following, at, timeIsUp),
    routes: webhookRoutes({
      read: provider.readWebhook,
      follow: (hint, at) => followOnce(followed, hint, at),
      log,
    }),
  };
}

/** The credit stands whatever becomes of this: without a default card, the newest is charged. */
function keepCard({ provider, log }: PaymentsDeps): SettleDeps['keepCard'] {
  return async ({ _id: topUp, account, workspace, customer }, payment) => {
    if (!customer) return;
    if (await isFormerCustomer({ account, workspace }, customer)) {
      return forgetLater({ account, workspace }, customer);
    }
    await provider.keepCard({ customer, payment }).catch((error: unknown) => {
      log.error({ err: error, topUp }, 'the card of a payment could not be made the default one');
    });
  };
}

/** The top-up of that order with a card to charge, unless it is further than that already. */
async function toBeCharged(
  provider: PaymentProvider,
  order: TopUpOrder & { automatic?: AutomaticCause },
): Promise<TopUpRow> {
  const ordered = await lookUp(order);
  const known = await findIntent(ordered);
  if (known && (known.charge || known.state !== 'open')) return known;
  const payer = await payerOf(provider, order);
  if (!payer) refuse({ kind: 'noSavedCard', workspaceName: ordered.workspace.name });
  if (known) return chooseCard(known, payer, order.at);
  return writeIntent(ordered, { payer, ...(order.automatic && { automatic: order.automatic }) });
}

async function lookUp(order: TopUpOrder): Promise<Ordered> {
  const workspace = await getWorkspace(order.account, order.workspace);
  if (!workspace) throw new Error(`top-up for an unknown workspace ${order.workspace}`);
  return { ...order, workspace };
}

/** The page on which the top-up can be paid now. */
function payable({ state, url }: TopUp): string | undefined {
  return state === 'open' ? url : undefined;
}

function returnUrl(publicUrl: string, topUp: TopUpReference): string {
  return `${publicUrl}/payments/return?top_up=${topUp}`;
}
