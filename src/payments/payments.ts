import type { Router } from 'express';
import mongoose from 'mongoose';
import type { Ledger } from '../ledger/entry.js';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { getWorkspace } from '../workspace/workspaces.js';
import { TopUpModel, type TopUpRow } from './models.js';
import type { Hint, PaymentProvider, SavedCard } from './provider.js';
import { type OperatorLog, type SettleDeps, settle, toSuspense } from './settle.js';
import { ensurePage, type PageDeps, type TopUpOrder, writeIntent } from './start-top-up.js';
import { type AutomaticCause, ENDED, parseReference, referenceOf, type TopUp, type TopUpReference } from './top-up.js';
import { webhookRoutes } from './webhook-routes.js';

export interface PaymentsDeps {
  provider: PaymentProvider;
  ledger: Ledger;
  /** Without a slash at the end. */
  publicUrl: string;
  log: OperatorLog;
  /** Called when a top-up has ended, perhaps more than once: whoever tells people looks up `untoldTopUps`. */
  onSettled?: () => void;
}

export interface Reconciled {
  looked: number;
  credited: number;
  /** Top-ups whose look-up failed; they are looked at again next time. */
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
   * Writes the intent and charges the saved card without its holder; the same key is the same charge. The top-up ends
   * `credited`, `declined` or `failed`, is `processing`, or is open with `url` where its bank asks for the holder. Where
   * the outcome is unknown it rejects: the reconciler settles it, and a repeat with the same key is safe. Refuses
   * `noSavedCard`, `automaticOpen`, `badAmount` and `keyConflict`. What a person's own charge came to is told by
   * whoever called, but for `credited`, of which the channel is told; an automatic one is told by notices alone.
   */
  chargeCard(order: TopUpOrder & { automatic?: AutomaticCause }): Promise<{ topUp: TopUp; url?: string }>;
  /** The provider's page for the workspace's cards, good for minutes: for the primary owner alone. `update`: straight to a new card. */
  portal(of: { account: AccountId; workspace: WorkspaceId; update?: boolean; at: Date }): Promise<string>;
  /** Makes the provider forget the workspace's cards, as after a handover of primary ownership. How many there were. */
  detachCards(of: { account: AccountId; workspace: WorkspaceId }): Promise<number>;
  /** Re-reads the provider and brings the top-up up to date; undefined where there is no such top-up. */
  settle(reference: TopUpReference, at: Date): Promise<TopUp | undefined>;
  /** Brings every unfinished top-up up to date: what the webhooks missed. */
  reconcile(at: Date): Promise<Reconciled>;
  /** POST /payments/webhook; needs the raw body, so it is mounted before any body parser. */
  routes: Router;
}

/** Unfinished top-ups looked at per sweep. */
const SWEEP = 200;

export function createPayments(deps: PaymentsDeps): Payments {
  const settling: SettleDeps = { ledger: deps.ledger, livemode: deps.provider.livemode, log: deps.log };
  const paging: PageDeps = { provider: deps.provider, returnUrl: (topUp) => returnUrl(deps.publicUrl, topUp) };

  async function bringUpToDate(row: TopUpRow, at: Date): Promise<TopUpRow> {
    const paged = await ensurePage(paging, row, at);
    if (!paged.checkoutId) return paged;
    const now = await settle(settling, paged, await deps.provider.checkout(paged.checkoutId), at);
    if (ENDED.includes(now.state)) deps.onSettled?.();
    return now;
  }

  async function follow(hint: Hint, at: Date): Promise<void> {
    if (!hint.checkout) {
      const row = hint.topUp ? await findTopUp(hint.topUp) : undefined;
      if (row) await bringUpToDate(row, at);
      return;
    }
    const checkout = await deps.provider.checkout(hint.checkout);
    const row = checkout.topUp ? await findTopUp(checkout.topUp) : undefined;
    if (row) {
      const now = await settle(settling, row, checkout, at);
      if (ENDED.includes(now.state)) deps.onSettled?.();
    } else if (checkout.paid && checkout.account && checkout.livemode === deps.provider.livemode) {
      await toSuspense(settling, {
        account: checkout.account,
        checkout,
        why: 'marked for a top-up that we do not know',
        at,
      });
    }
  }

  return {
    async startTopUp(order) {
      const workspace = await getWorkspace(order.account, order.workspace);
      if (!workspace) throw new Error(`top-up for an unknown workspace ${order.workspace}`);
      const row = await ensurePage(paging, await writeIntent({ ...order, workspace }), order.at);
      const payable = row.state === 'open' ? row.url : undefined;
      const topUp = toTopUp(row);
      return { topUp, url: payable ?? returnUrl(deps.publicUrl, referenceOf(topUp)) };
    },
    async settle(reference, at) {
      const row = await findTopUp(reference);
      if (!row) return undefined;
      return toTopUp(row.state === 'open' || row.state === 'processing' ? await bringUpToDate(row, at) : row);
    },
    savedCard: () => Promise.reject(new Error('to come')),
    chargeCard: () => Promise.reject(new Error('to come')),
    portal: () => Promise.reject(new Error('to come')),
    detachCards: () => Promise.reject(new Error('to come')),
    reconcile: (at) => reconcile(deps.log, bringUpToDate, at),
    routes: webhookRoutes({ read: deps.provider.readWebhook, follow, log: deps.log }),
  };
}

async function findTopUp(reference: TopUpReference): Promise<TopUpRow | undefined> {
  const of = parseReference(reference);
  if (!of) return undefined;
  return (await TopUpModel.findOne({ account: of.account, _id: of.id }).lean<TopUpRow>()) ?? undefined;
}

async function reconcile(
  log: OperatorLog,
  bringUpToDate: (row: TopUpRow, at: Date) => Promise<TopUpRow>,
  at: Date,
): Promise<Reconciled> {
  const rows = await TopUpModel.find({ state: mongoose.trusted({ $in: ['open', 'processing'] }) })
    .sort({ lookedAt: 1 })
    .limit(SWEEP)
    .lean<TopUpRow[]>();
  const done = { looked: 0, credited: 0, troubled: 0 };
  for (const row of rows) {
    await TopUpModel.updateOne({ _id: row._id, account: row.account }, { $set: { lookedAt: at } });
    done.looked++;
    try {
      if ((await bringUpToDate(row, at)).state === 'credited') done.credited++;
    } catch (error) {
      done.troubled++;
      log.error({ err: error, topUp: row._id }, 'a top-up could not be looked up at the provider');
    }
  }
  return done;
}

function returnUrl(publicUrl: string, topUp: TopUpReference): string {
  return `${publicUrl}/payments/return?top_up=${topUp}`;
}

/** Top-ups that ended and whose channel has not heard of it, of every account: for the notices' sweep. */
export async function untoldTopUps(limit: number): Promise<TopUp[]> {
  const rows = await TopUpModel.find({ told: false, settledAt: mongoose.trusted({ $exists: true }) })
    .sort({ settledAt: 1 })
    .limit(limit)
    .lean<TopUpRow[]>();
  return rows.map(toTopUp);
}

/**
 * Says that this end of the top-up is written to the outbox; inside a transaction it joins that one. Another end
 * that came meanwhile (an expired page whose money arrived after all) stays untold.
 */
export async function markTopUpTold({ id, account, state }: Pick<TopUp, 'id' | 'account' | 'state'>): Promise<void> {
  await TopUpModel.updateOne({ _id: id, account, state }, { $set: { told: true } });
}

function toTopUp(row: TopUpRow): TopUp {
  const {
    _id: id,
    customer: _customer,
    askedAt: _asked,
    lookedAt: _looked,
    leftCheckoutId: _left,
    charge: _charge,
    openAutomatic: _open,
    ...rest
  } = row;
  return { id, ...rest };
}
