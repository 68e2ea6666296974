import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Workspace } from '../../src/workspace/entities.js';
import { auditTrail, verifyAudit } from '../../src/workspace/audit.js';
import { settleCutOff, untoldTransfers } from '../../src/workspace/transfer-sweeping.js';
import { type TransferOrder, transferBalance, undoTransfer } from '../../src/workspace/transfers.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { AT, type Company, minutesLater, openCompany, race, refusalOf } from './company.js';

useDatabase();
const ledger = useLedger();

let company: Company;
let from: Workspace;
let to: Workspace;
let order: TransferOrder;

beforeEach(async () => {
  company = await openCompany('teams');
  from = await company.workspace('Marketing');
  to = await company.workspace('Support');
  await ledger().post({
    wallet: from.id,
    key: 'topup:1',
    kind: 'topup',
    amountMinor: 10_000,
    contra: 'provider',
    at: AT,
  });
  order = { account: company.account.id, from, to, amountMinor: 4_000, by: company.olivia.id, key: 'k1', at: AT };
});

const balances = async () => {
  const heads = await ledger().heads([from.id, to.id]);
  return [heads.get(from.id)!.balanceMinor, heads.get(to.id)!.balanceMinor];
};
const undoOf = (id: string, at = minutesLater(1)) => ({
  account: company.account.id,
  id,
  workspace: from.id,
  by: company.olivia.id,
  at,
});

/** The ledger, broken off before or after it did what was asked. */
function broken(when: 'before' | 'after', what: 'transfer' | 'reverse') {
  const { entry, head, transfer, reverse } = ledger();
  const cut =
    <A, R>(work: (asked: A) => Promise<R>) =>
    async (asked: A): Promise<R> => {
      if (when === 'after') await work(asked);
      throw new Error('cut off');
    };
  return {
    entry,
    head,
    transfer: what === 'transfer' ? cut(transfer) : transfer,
    reverse: what === 'reverse' ? cut(reverse) : reverse,
  };
}

/** What the sweep does, and what it had trouble with. */
let troubled: string[] = [];
const sweep = (before = AT, money: Parameters<typeof settleCutOff>[0] = ledger()) =>
  settleCutOff(money, { before, limit: 10, onTrouble: (transfer) => void troubled.push(transfer) });

describe('a transfer', () => {
  test('has its lines in both wallets and both audit trails', async () => {
    const moved = await transferBalance(ledger(), order);
    expect(moved).toMatchObject({ state: 'moved', fromBalanceMinor: 6_000, toBalanceMinor: 4_000, told: false });
    for (const workspace of [from.id, to.id]) {
      const [line] = await auditTrail({ account: order.account, workspace, limit: 1 });
      expect(line).toMatchObject({ action: 'transfer.made', by: order.by, detail: { transfer: moved.id } });
    }
    expect((await verifyAudit(order.account)).findings).toEqual([]);
  });

  test('is one for each key, also at once', async () => {
    const { won } = await race([1, 2, 3].map(() => transferBalance(ledger(), order)));
    expect(won).toBe(3);
    expect(await balances()).toEqual([6_000, 4_000]);
    const trail = await auditTrail({ account: order.account, workspace: from.id, limit: 10 });
    expect(trail.filter(({ action }) => action === 'transfer.made')).toHaveLength(1);
  });

  test('under a key that was used for another amount is a conflict', async () => {
    await transferBalance(ledger(), order);
    expect(await refusalOf(transferBalance(ledger(), { ...order, amountMinor: 1 }))).toMatchObject({
      kind: 'keyConflict',
    });
    expect(await balances()).toEqual([6_000, 4_000]);
  });

  test('that found too little may be tried again with the same key', async () => {
    const big = { ...order, amountMinor: 15_000 };
    expect(await refusalOf(transferBalance(ledger(), big))).toMatchObject({
      kind: 'insufficient',
      availableMinor: 10_000,
    });
    const more = {
      wallet: from.id,
      key: 'topup:2',
      kind: 'topup',
      amountMinor: 5_000,
      contra: 'provider',
      at: AT,
    } as const;
    await ledger().post(more);
    expect(await transferBalance(ledger(), big)).toMatchObject({ state: 'moved' });
    expect(await balances()).toEqual([0, 15_000]);
  });
});

describe.each(['before', 'after'] as const)('cut off %s the ledger moved it', (when) => {
  const [left, there] = when === 'after' ? [6_000, 4_000] : [10_000, 0];

  test('it is settled by the sweep, as the ledger has it', async () => {
    await expect(transferBalance(broken(when, 'transfer'), order)).rejects.toThrow('cut off');
    expect(await sweep()).toBe(1);
    expect(await balances()).toEqual([left, there]);
    const untold = (await untoldTransfers(100)).filter((transfer) => transfer.from === from.id);
    expect(untold).toHaveLength(when === 'after' ? 1 : 0);
    expect(await sweep()).toBe(0);
  });

  test('it moves once when the same key comes again, before the sweep or after', async () => {
    for (const sweeps of [false, true]) {
      const again = { ...order, key: `k-${sweeps}`, amountMinor: 1_000 };
      await expect(transferBalance(broken(when, 'transfer'), again)).rejects.toThrow('cut off');
      if (sweeps) await sweep();
      expect(await transferBalance(ledger(), again)).toMatchObject({ state: 'moved' });
    }
    expect(await balances()).toEqual([8_000, 2_000]);
  });
});

test('one that is tried again after it found too little, and is cut off then, is settled by the sweep', async () => {
  const big = { ...order, amountMinor: 15_000 };
  await refusalOf(transferBalance(ledger(), big));
  const topUp = { key: 'topup:2', kind: 'topup', amountMinor: 5_000, contra: 'provider' } as const;
  await ledger().post({ wallet: from.id, ...topUp, at: AT });
  const again = { ...big, at: minutesLater(5) };
  await expect(transferBalance(broken('after', 'transfer'), again)).rejects.toThrow('cut off');
  expect(await sweep(minutesLater(4))).toBe(0);
  expect(await sweep(minutesLater(5))).toBe(1);
  const untold = (await untoldTransfers(100)).filter((transfer) => transfer.from === from.id);
  expect(untold).toMatchObject([{ state: 'moved', amountMinor: 15_000 }]);
});

test('one that cannot be settled yet stops no other', async () => {
  troubled = [];
  const stuck = { ...order, amountMinor: 1_000 };
  const other = { ...order, key: 'k2', amountMinor: 2_000, at: minutesLater(1) };
  for (const one of [stuck, other])
    await expect(transferBalance(broken('after', 'transfer'), one)).rejects.toThrow('cut off');
  let asked = 0;
  const entry: ReturnType<typeof ledger>['entry'] = (...of) =>
    ++asked <= 2 ? Promise.reject(new Error('away')) : ledger().entry(...of);
  expect(await sweep(minutesLater(2), { entry })).toBe(2);
  expect(troubled).toHaveLength(1);
  const untold = (await untoldTransfers(100)).filter((transfer) => transfer.from === from.id);
  expect(untold).toMatchObject([{ state: 'moved', amountMinor: 2_000 }]);
});

describe('undo', () => {
  test('by two people at once brings it back once', async () => {
    const nora = await company.member(from, 'Nora', 'owner');
    const { id } = await transferBalance(ledger(), order);
    await race([undoTransfer(ledger(), undoOf(id)), undoTransfer(ledger(), { ...undoOf(id), by: nora.id })]);
    expect(await balances()).toEqual([10_000, 0]);
    expect(await refusalOf(undoTransfer(ledger(), { ...undoOf(id), by: 'p_else' }))).toEqual({
      kind: 'noUndo',
      why: 'undone',
    });
  });

  test('until the last millisecond, and not after it', async () => {
    const { id, undoUntil } = await transferBalance(ledger(), order);
    const tooLate = new Date(undoUntil!.getTime() + 1);
    expect(await refusalOf(undoTransfer(ledger(), undoOf(id, tooLate)))).toEqual({ kind: 'noUndo', why: 'tooLate' });
    expect(await undoTransfer(ledger(), undoOf(id, undoUntil))).toMatchObject({ state: 'undone', told: false });
  });

  test.each(['before', 'after'] as const)('cut off %s the ledger did it is settled by the sweep', async (when) => {
    const { id } = await transferBalance(ledger(), order);
    await expect(undoTransfer(broken(when, 'reverse'), undoOf(id))).rejects.toThrow('cut off');
    await sweep(minutesLater(2));
    expect(await balances()).toEqual(when === 'after' ? [10_000, 0] : [6_000, 4_000]);
    expect(await undoTransfer(ledger(), undoOf(id, minutesLater(3)))).toMatchObject({ state: 'undone' });
    expect(await balances()).toEqual([10_000, 0]);
  });

  test('of another company finds nothing', async () => {
    const { id } = await transferBalance(ledger(), order);
    const stranger = await openCompany('teams');
    expect(await refusalOf(undoTransfer(ledger(), { ...undoOf(id), account: stranger.account.id }))).toEqual({
      kind: 'noUndo',
      why: 'unknown',
    });
  });
});
