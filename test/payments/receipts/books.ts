import { beforeEach } from '@jest/globals';
import mongoose from 'mongoose';
import type { Minor } from '../../../src/ledger/entry.js';
import { type IssueDeps, issueReceipts } from '../../../src/payments/receipts/issue.js';
import { receiptsOf } from '../../../src/payments/receipts/find.js';
import { verifyReceipts } from '../../../src/payments/receipts/verify-receipts.js';
import type { ReversalKind } from '../../../src/payments/reversal.js';
import type { Workspace } from '../../../src/workspace/entities.js';
import { emptyDatabase } from '../../support/empty-database.js';
import { useDatabase } from '../../support/database.js';
import { useLedger } from '../../support/ledger.js';
import { newWorkspace } from '../workspace-fixture.js';
import { SELLER } from './samples.js';

export let ledger: ReturnType<typeof useLedger>;

export const AT = new Date('2026-11-16T09:00:00.000Z');
export const minutesLater = (minutes: number): Date => new Date(AT.getTime() + minutes * 60_000);
export let workspace: Workspace;
/** What the operator's log got. */
export let logged: string[] = [];

export const deps = (over: Partial<IssueDeps> = {}): IssueDeps => ({
  seller: SELLER,
  ledger: ledger(),
  log: { error: (_details: object, message?: string) => void logged.push(message ?? '') },
  ...over,
});

export const issue = (over: Partial<IssueDeps> = {}, at = AT): Promise<number> => issueReceipts(deps(over), at);

export const receipts = async () =>
  (await receiptsOf({ account: workspace.account, workspace: workspace.id, limit: 100 })).receipts.toReversed();

export const findings = async (at = minutesLater(60)) =>
  (await verifyReceipts({ ledger: ledger() }, { account: workspace.account, at })).findings;

/** For a test file: Marketing of Acme, new for each test, whose top-ups and refunds stand in the ledger as payments leave them. */
export function useBooks(): void {
  useDatabase();
  ledger = useLedger();
  beforeEach(async () => {
    await emptyDatabase();
    logged = [];
    workspace = await newWorkspace(ledger());
  });
}

/** A top-up as it is once its money is in the wallet. */
export async function credited(id: string, amountMinor: Minor = 10_000, more: Record<string, unknown> = {}) {
  const key = `topup:${id}`;
  await ledger().post({ wallet: workspace.id, key, kind: 'topup', amountMinor, contra: 'provider', at: AT });
  await mongoose.connection.collection<{ _id: string; [field: string]: unknown }>('top_ups').insertOne({
    _id: id,
    account: workspace.account,
    workspace: workspace.id,
    workspaceName: workspace.name,
    amountMinor,
    currency: 'GBP',
    by: 'p_gone',
    key: id,
    method: 'card',
    card: { brand: 'visa', last4: '4242' },
    paymentId: `pi_${id}`,
    state: 'credited',
    told: true,
    createdAt: AT,
    settledAt: AT,
    lookedAt: AT,
    ...more,
  });
}

/** What became of a top-up's money, as payments write it down. */
export async function reversed(topUp: string, kind: ReversalKind, providerId: string, amountMinor: Minor, minute = 1) {
  const names = { refund: 'refund', refundUndone: 'refund-undone', dispute: 'dispute' } as const;
  const at = minutesLater(minute);
  const id =
    kind === 'disputeLost' ? `dispute-lost:${providerId}` : `${names[kind as keyof typeof names]}:${providerId}`;
  if (kind !== 'disputeLost') {
    const sign = kind === 'refundUndone' ? 1 : -1;
    const posted = { wallet: workspace.id, key: id, contra: 'provider', at, amountMinor: sign * amountMinor } as const;
    await ledger().post({ ...posted, kind: kind === 'dispute' ? 'dispute' : 'refund' });
  }
  await mongoose.connection.collection<{ _id: string; [field: string]: unknown }>('payment_reversals').insertOne({
    _id: id,
    account: workspace.account,
    workspace: workspace.id,
    topUp,
    kind,
    amountMinor,
    currency: 'GBP',
    balanceMinor: 0,
    providerId,
    told: true,
    createdAt: at,
  });
}
