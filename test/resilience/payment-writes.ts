/* What of money goes through mongoose: intents, credits, charges, reversals, receipts, automatic payments, transfers. */
import mongoose from 'mongoose';
import type { Ledger } from '../../src/ledger/entry.js';
import type { Moves } from '../../src/ledger/moves.js';
import { checkAfterSpend, runAutomatic } from '../../src/payments/automatic/run.js';
import { setAutomatic } from '../../src/payments/automatic/settings.js';
import type { Payments } from '../../src/payments/payments.js';
import { issueReceipts } from '../../src/payments/receipts/issue.js';
import type { Sandbox } from '../../src/payments/sandbox/sandbox.js';
import { referenceOf } from '../../src/payments/top-up.js';
import type { Workspace } from '../../src/workspace/entities.js';
import { transferBalance, undoTransfer } from '../../src/workspace/transfers.js';
import { GOOD_CARD } from '../payments/harness.js';
import { SELLER } from '../payments/receipts/samples.js';
import type { CountLines, LongWrite } from './writes.js';

export interface Shop {
  payments: Payments;
  ledger: Ledger & Moves;
  sandbox: Sandbox;
  /** Two of one account, new ones for each test, with a saved card each. */
  workspaces: readonly [Workspace, Workspace];
  /** Rows in a collection, seen by another connection. */
  rows: (collection: string, filter: object) => Promise<number>;
  lines: CountLines;
}

const BY = 'p_olivia';
const MINUTE_MS = 60_000;
const log = (failed: unknown[]) => ({ error: (details: object) => void failed.push(details) });

function expectNone(failed: readonly unknown[]): void {
  if (failed.length > 0) throw new Error('not everything was looked after', { cause: failed[0] });
}

const order = ({ workspaces: [{ account, id: workspace }] }: Shop, amountMinor = 10_000) => ({
  ...{ account, workspace, amountMinor, currency: 'GBP' },
  ...{ by: BY, key: 'click_1', at: new Date() },
});

const paidFor = ({ sandbox, workspaces: [{ account }] }: Shop) =>
  sandbox.truth().payments.filter(({ topUp }) => topUp?.startsWith(`${account}.`));

/** Money is both at the provider and in the wallet, or the one that is there oftener. */
async function creditsOf(shop: Shop): Promise<number> {
  const { id: wallet } = shop.workspaces[0];
  const { entries } = await shop.ledger.history(wallet, { limit: 10, kind: 'topup' });
  return Math.max(entries.length, paidFor(shop).length);
}

export function paymentWrites(shop: () => Shop): LongWrite[] {
  return [
    {
      name: 'the intent and page of a top-up',
      cuts: [0, 1, 2, 3],
      begin: async () => {
        const now = shop();
        const of = { account: now.workspaces[0].account };
        const sessions = () => Object.values(now.sandbox.store.state.sessions).length;
        const times = async () => Math.max(await now.rows('top_ups', of), sessions());
        return { ask: () => now.payments.startTopUp(order(now)), times };
      },
    },
    {
      name: 'the credit of a paid page',
      cuts: [0, 1, 2],
      begin: async () => {
        const now = shop();
        const { topUp } = await now.payments.startTopUp(order(now));
        now.sandbox.pay(topUp.checkoutId!, GOOD_CARD);
        const ask = async () => {
          const settled = await now.payments.settle(referenceOf(topUp), new Date());
          if (settled?.state !== 'credited') throw new Error(`is ${settled?.state}`);
        };
        return { ask, times: () => now.lines(topUp.workspace, `topup:${topUp.id}`) };
      },
    },
    {
      name: 'the charge of a saved card',
      cuts: [0, 1, 2, 3],
      begin: async () => {
        const now = shop();
        const ask = async () => {
          const { topUp } = await now.payments.chargeCard(order(now));
          if (topUp.state !== 'credited') throw new Error(`is ${topUp.state}`);
        };
        return { ask, times: () => creditsOf(now) };
      },
    },
    {
      name: 'a refund',
      cuts: [0, 1, 2, 3, 4],
      begin: async () => {
        const now = shop();
        const { topUp } = await now.payments.chargeCard(order(now));
        const { id } = now.sandbox.refund(topUp.paymentId!, 4_000);
        const ask = async () => {
          const { troubled } = await now.payments.reconcile(new Date());
          if (troubled > 0) throw new Error(`${troubled} could not be looked up`);
        };
        const times = async () => {
          const { account } = now.workspaces[0];
          const taken = await now.rows('top_ups', { account, refundedMinor: 4_000 });
          const rows = await now.rows('payment_reversals', { account });
          if (taken !== rows) throw new Error('the row and the sum of the top-up disagree');
          return Math.max(rows, await now.lines(topUp.workspace, `refund:${id}`));
        };
        return { ask, times };
      },
    },
    {
      name: 'a receipt',
      cuts: [0, 1, 2, 3],
      begin: async () => {
        const now = shop();
        await now.payments.chargeCard(order(now));
        const { account } = now.workspaces[0];
        const ask = async () => {
          const failed: unknown[] = [];
          await issueReceipts({ seller: SELLER, ledger: now.ledger, log: log(failed) }, new Date());
          expectNone(failed);
        };
        const times = async () => {
          const [receipts, last] = [
            await now.rows('receipts', { account }),
            await now.rows('receipt_series', { account, last: 1 }),
          ];
          if (receipts !== last) throw new Error('the receipt and its number disagree');
          return receipts;
        };
        return { ask, times };
      },
    },
    automaticWrite(shop),
    transferWrite(shop, false),
    transferWrite(shop, true),
  ];
}

function automaticWrite(shop: () => Shop): LongWrite {
  return {
    name: 'an automatic payment',
    cuts: [0, 1, 2, 3, 4, 5],
    begin: async () => {
      const now = shop();
      const [workspace] = now.workspaces;
      let at = new Date();
      await setAutomatic({ workspace, by: BY, at, below: { belowMinor: 500, addMinor: 5_000 } });
      const ask = async () => {
        at = new Date(at.getTime() + 2 * MINUTE_MS);
        const failed: unknown[] = [];
        const deps = { ...now, tell: async () => undefined, log: log(failed) };
        await checkAfterSpend(deps, [workspace.id], { at });
        await runAutomatic(deps, { at });
        expectNone(failed);
      };
      return { ask, times: () => creditsOf(now) };
    },
  };
}

function transferWrite(shop: () => Shop, back: boolean): LongWrite {
  return {
    name: back ? 'a transfer between workspaces that is undone' : 'a transfer between workspaces',
    cuts: [0, 1, 2, 3, 4],
    begin: async () => {
      const { ledger, workspaces, lines, rows } = shop();
      const [from, to] = workspaces;
      const { account } = from;
      const at = new Date();
      await ledger.post({ wallet: from.id, key: 'topup:1', kind: 'topup', amountMinor: 1_000, contra: 'provider', at });
      const asked = { account, from, to, amountMinor: 300, by: BY, key: '1', at };
      const move = () => transferBalance(ledger, asked);
      const id = back ? (await move()).id : undefined;
      const ask = id === undefined ? move : () => undoTransfer(ledger, { account, id, workspace: from.id, by: BY, at });
      const times = async () => {
        const transfer = await mongoose.connection.collection<{ _id: string }>('transfers').findOne({ account });
        const key = `${back ? 'rev:' : ''}x:${transfer?._id}`;
        const audited = await rows('audit', { account, action: back ? 'transfer.undone' : 'transfer.made' });
        const [out, into] = [await lines(from.id, key), await lines(to.id, key)];
        if (out !== into || audited > 2 * out) throw new Error('wallets and audit disagree');
        return out;
      };
      return { ask, times };
    },
  };
}
