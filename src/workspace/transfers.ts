import { strict as assert } from 'node:assert';
import { newId } from '../id.js';
import type { Ledger, Minor } from '../ledger/entry.js';
import type { Moves } from '../ledger/moves.js';
import { refuse } from '../refusal.js';
import type { ChatOrigin } from './chat-origin.js';
import type { AccountId, PersonId, Workspace, WorkspaceId } from './entities.js';
import { TransferModel, type TransferRow, toTransfer } from './transfer-model.js';
import { move, settleMoved, settleUndone } from './transfer-outcome.js';
import type { TransferRecord } from './transfer-record.js';
import { getWorkspace } from './workspaces.js';

type Money = Pick<Ledger, 'entry' | 'head'> & Pick<Moves, 'transfer' | 'reverse'>;

export interface TransferOrder {
  account: AccountId;
  from: Workspace;
  to: Workspace;
  amountMinor: Minor;
  by: PersonId;
  approvedBy?: PersonId;
  /** With the person unique in the workspace that gives: the same key is the same transfer, however often it is pressed. */
  key: string;
  /** Where in chat it was asked for. */
  origin?: ChatOrigin;
  at: Date;
}

/**
 * Moves balance to another workspace of the account: the intent first, then both wallets' lines, then the outcome with
 * its audit lines. Safe to repeat with the same key after any crash or lost answer.
 * @throws Refusal insufficient, keyConflict, cannotTransfer; LedgerBusy and OutcomeUnknown of the ledger
 */
export async function transferBalance(ledger: Money, order: TransferOrder): Promise<TransferRecord> {
  const intent = await writeIntent(order);
  if (intent.to !== order.to.id || intent.amountMinor !== order.amountMinor) {
    refuse({ kind: 'keyConflict', key: order.key, firstUsedFor: 'another transfer' });
  }
  const { from, to, amountMinor, at } = order;
  // Asked once more, so that the sweep settles it if this try is cut off too.
  const row = await move(intent, ['asked', 'notMoved'], { state: 'asked', askedAt: at });
  if (row.state !== 'asked') return toTransfer(row);
  const moved = await ledger.transfer({
    id: row._id,
    from: from.id,
    to: to.id,
    amountMinor,
    person: row.by,
    ...(row.origin && { reference: row.origin.reference }),
    at,
  });
  switch (moved.outcome) {
    case 'posted':
    case 'duplicate':
      return toTransfer(await settleMoved(row, moved.from.balanceMinor, moved.to.balanceMinor, moved.from.at));
    case 'insufficient':
      await move(row, ['asked'], { state: 'notMoved' });
      return refuseInsufficient(ledger, from, amountMinor);
    case 'otherCurrency':
      await move(row, ['asked'], { state: 'notMoved' });
      return refuse({ kind: 'cannotTransfer', why: 'otherCurrency', fromName: from.name, toName: to.name });
    case 'conflict':
    case 'unknownWallet':
      throw new Error(`transfer ${row._id} answered ${moved.outcome}`);
  }
}

async function writeIntent({
  account,
  from,
  to,
  amountMinor,
  by,
  approvedBy,
  ...order
}: TransferOrder): Promise<TransferRow> {
  const key = `${by}:${order.key}`;
  const { _id, ...row }: TransferRow = {
    _id: newId('tr', order.at),
    account,
    from: from.id,
    to: to.id,
    amountMinor,
    currency: from.currency,
    by,
    key,
    state: 'asked',
    told: true,
    askedAt: order.at,
    ...(approvedBy && { approvedBy }),
    ...(order.origin && { origin: order.origin }),
  };
  return TransferModel.findOneAndUpdate(
    { account, from: from.id, key },
    { $setOnInsert: { _id, ...row } },
    { upsert: true, returnDocument: 'after' },
  )
    .lean<TransferRow>()
    .orFail();
}

/** Whether somebody's transfer under that key has begun: then it goes on, whatever changes meanwhile. */
export async function hasBegun(order: Pick<TransferOrder, 'account' | 'from' | 'by' | 'key'>): Promise<boolean> {
  const { account, from, by, key } = order;
  const row = await TransferModel.findOne({ account, from: from.id, key: `${by}:${key}` }).lean<TransferRow>();
  return row !== null && row.state !== 'notMoved';
}

/** A transfer of that workspace's balance; undefined where it gave none of that id. */
export async function findTransfer(
  account: AccountId,
  id: string,
  from: WorkspaceId,
): Promise<TransferRecord | undefined> {
  const row = await TransferModel.findOne({ account, _id: id, from }).lean<TransferRow>();
  return row ? toTransfer(row) : undefined;
}

/** The funds as they are: what is held counts as gone. */
export async function refuseInsufficient(
  ledger: Pick<Ledger, 'head'>,
  { id, name, currency }: Workspace,
  neededMinor: Minor,
): Promise<never> {
  const head = await ledger.head(id);
  return refuse({
    kind: 'insufficient',
    workspaceName: name,
    workspace: id,
    availableMinor: head?.availableMinor ?? 0,
    heldMinor: head?.heldMinor ?? 0,
    neededMinor,
    currency,
  });
}

/**
 * Takes a transfer back as long as it may be, by lines that name the first ones. `workspace` is the one that gave.
 * @throws Refusal noUndo: unknown, too late, undone already, or spent there meanwhile
 */
export async function undoTransfer(
  ledger: Money,
  undo: { account: AccountId; id: string; workspace: WorkspaceId; by: PersonId; at: Date },
): Promise<TransferRecord> {
  const { account, id, workspace, by, at } = undo;
  const row = await TransferModel.findOne({ account, _id: id, from: workspace }).lean<TransferRow>();
  if (!row?.undoUntil) return refuse({ kind: 'noUndo', why: 'unknown' });
  if (row.state === 'undone') return row.undoBy === by ? toTransfer(row) : refuse({ kind: 'noUndo', why: 'undone' });
  if (row.state === 'moved' && row.undoUntil < at) return refuse({ kind: 'noUndo', why: 'tooLate' });
  const undoing =
    row.state === 'undoing' ? row : await move(row, ['moved'], { state: 'undoing', undoBy: by, askedAt: at });
  const back = await ledger.reverse({ wallet: row.from, reverses: `x:${id}`, at, person: undoing.undoBy ?? by });
  switch (back.outcome) {
    case 'posted':
    case 'duplicate': {
      const toEntry = await ledger.entry(row.to, back.entry.key);
      assert(toEntry, `transfer ${id} came back without its other leg`);
      return toTransfer(await settleUndone(undoing, back.entry.balanceMinor, toEntry.balanceMinor, back.entry.at));
    }
    case 'insufficient':
      await move(undoing, ['undoing'], { state: 'moved' });
      return refuseSpent(ledger, row);
    case 'conflict':
    case 'unknownEntry':
    case 'unknownWallet':
    case 'notReversible':
    case 'otherCurrency':
      throw new Error(`undoing transfer ${id} answered ${back.outcome}`);
  }
}

async function refuseSpent(ledger: Money, { account, to, amountMinor, currency }: TransferRow): Promise<never> {
  const [head, workspace] = await Promise.all([ledger.head(to), getWorkspace(account, to)]);
  return refuse({
    kind: 'noUndo',
    why: 'spent',
    toName: workspace?.name ?? 'The other workspace',
    availableMinor: head?.availableMinor ?? 0,
    neededMinor: amountMinor,
    currency,
  });
}
