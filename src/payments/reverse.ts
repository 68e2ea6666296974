import type { Entry, Ledger, Minor } from '../ledger/entry.js';
import { inTransaction, isDuplicateKey } from '../mongo.js';
import { TopUpModel, type TopUpRow } from './models.js';
import type { Step } from './reversal-steps.js';
import { ReversalModel, type ReversalRow } from './reversal-model.js';
import { type OperatorLog, type Suspended, suspenseWallet } from './suspense.js';
import { SuspenseModel } from './suspense-model.js';

export interface ReversalDeps {
  ledger: Ledger;
  log: OperatorLog;
}

/** Takes back what was credited, each step once, also below the floor; what is written already is left alone. */
export async function reverseTopUp(
  deps: ReversalDeps,
  row: TopUpRow,
  steps: readonly Step[],
  at: Date,
): Promise<number> {
  let written = 0;
  for (const step of steps) {
    if (await ReversalModel.exists({ account: row.account, _id: step.id })) continue;
    const entry = await book(deps.ledger, { wallet: row.workspace, credit: `topup:${row._id}`, step, at });
    const balanceMinor = entry?.balanceMinor ?? (await deps.ledger.head(row.workspace))?.balanceMinor;
    if (balanceMinor === undefined) throw new Error(`workspace ${row.workspace} has no wallet`);
    if (await write(row, step, balanceMinor, entry?.at ?? at)) written++;
    if (step.kind === 'dispute') {
      deps.log.error(
        { account: row.account, workspace: row.workspace, topUp: row._id, dispute: step.providerId },
        'a payment is disputed: answer it at the provider before it is lost',
      );
    }
  }
  return written;
}

/** The same for money in suspense: no workspace had it, so nobody but the operator need know. */
export async function reverseSuspended(
  { ledger }: ReversalDeps,
  suspended: Suspended,
  steps: readonly Step[],
  at: Date,
): Promise<void> {
  const { account, currency, entry: credit, id } = suspended;
  if (!credit) return;
  const wallet = suspenseWallet(account, currency);
  let returnedMinor = 0;
  for (const step of steps) {
    await book(ledger, { wallet, credit, step, at });
    returnedMinor -= step.entry?.amountMinor ?? 0;
  }
  await SuspenseModel.updateOne({ account, _id: id }, { $set: { returnedMinor } });
}

async function book(
  ledger: Ledger,
  { wallet, credit, step, at }: { wallet: string; credit: string; step: Step; at: Date },
): Promise<Entry | undefined> {
  const { id: key, entry, currency } = step;
  if (!entry) return undefined;
  const head = await ledger.head(wallet);
  if (head?.currency !== currency) throw new Error(`${key} is in ${currency}, and its wallet in ${head?.currency}`);
  const { kind, amountMinor, takesBack: reverses = credit } = entry;
  const posted = await ledger.post({ wallet, key, kind, amountMinor, contra: 'provider', reverses, at });
  if (posted.outcome === 'posted' || posted.outcome === 'duplicate') return posted.entry;
  throw new Error(`${key} answered ${posted.outcome}`);
}

/** The row and the top-up's sums change together, once; false where another did it. */
async function write(row: TopUpRow, step: Step, balanceMinor: Minor, at: Date): Promise<boolean> {
  const { id, kind, providerId, currency, amountMinor, entry } = step;
  const of = { account: row.account, workspace: row.workspace, topUp: row._id };
  const reversal: ReversalRow = {
    _id: id,
    ...of,
    kind,
    amountMinor,
    currency,
    balanceMinor,
    providerId,
    told: false,
    createdAt: at,
  };
  const sum = entry?.kind === 'refund' ? 'refundedMinor' : 'disputedMinor';
  try {
    await inTransaction(async () => {
      await ReversalModel.create([reversal]);
      if (!entry) return;
      await TopUpModel.updateOne({ _id: row._id, account: row.account }, { $inc: { [sum]: -entry.amountMinor } });
    });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
