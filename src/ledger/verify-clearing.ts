import type { Db } from 'mongodb';
import { ENTRY_KINDS, type Entry, type Minor, type WalletId } from './entry.js';
import { BY_KIND, linesOf, toEntry } from './line.js';
import { linesByKeys } from './read.js';
import type { Finding } from './verify-chain.js';

/** A movement on the provider's own account of our money. */
export interface ProviderMovement {
  account: string;
  /** As the provider names it: for whoever looks into a finding. */
  name: string;
  /** Where our entry of it may be: it is the first of these that there is. */
  places: readonly { wallet: WalletId; key: string }[];
  /** Above zero where it came to us. */
  amountMinor: Minor;
  currency: string;
  at: Date;
}

/** The provider's own report of a time, of one account or of all, oldest first. */
export type ProviderReport = (of: { from: Date; to: Date; account?: string }) => AsyncIterable<ProviderMovement>;

const DAY_MS = 86_400_000;
const PERIOD_MS = 31 * DAY_MS;
/** An entry may be so much later than the movement that it is of. */
const LATE_MS = 3 * DAY_MS;
/** What is younger may still be under way. */
const SETTLED_MS = 3_600_000;
const WALLETS = 500;
/** All that may have the provider on the other side. */
const KINDS = ENTRY_KINDS.filter((kind) => kind !== 'usage');

/**
 * Proves that what our entries say of the provider is what the provider says of us, over the last month up to an hour
 * ago: each movement has its entry with the same amount, and per account and currency there is no entry beyond those.
 */
export async function verifyClearing(
  db: Db,
  report: ProviderReport,
  { at, account }: { at: Date; account?: string },
): Promise<{ movements: number; findings: Finding[] }> {
  const period = { from: new Date(at.getTime() - PERIOD_MS), to: new Date(at.getTime() - SETTLED_MS) };
  const scope = account === undefined ? {} : { account };
  const sums = await ownSums(db, { ...period, ...scope });
  const findings: Finding[] = [];
  let movements = 0;
  for await (const movement of report({ from: new Date(period.from.getTime() - LATE_MS), to: at, ...scope })) {
    movements += 1;
    const entry = await entryOf(db, movement);
    findings.push(...disagreement(movement, entry, period));
    if (!entry || entry.at < period.from || entry.at >= period.to) continue;
    const key = `${movement.account} ${entry.currency}`;
    sums.set(key, (sums.get(key) ?? 0) - entry.amountMinor);
  }
  for (const [key, beyond] of sums) {
    if (beyond === 0) continue;
    findings.push({ rule: 'clearing', detail: `${key}: entries of ${beyond} that the provider has nothing of` });
  }
  return { movements, findings };
}

/** What has the provider on the other side in that time, per account and currency, as entries are signed. */
async function ownSums(
  db: Db,
  { from, to, account }: { from: Date; to: Date; account?: string },
): Promise<Map<string, Minor>> {
  const lines = linesOf(db);
  const sums = new Map<string, Minor>();
  let some = new Map<WalletId, string>();
  const add = async () => {
    const groups = lines.aggregate<{ _id: { w: WalletId; currency: string }; sum: Minor }>(
      [
        {
          $match: {
            w: { $in: [...some.keys()] },
            kind: { $in: KINDS },
            contra: 'provider',
            at: { $gte: from, $lt: to },
          },
        },
        { $group: { _id: { w: '$w', currency: '$currency' }, sum: { $sum: '$amountMinor' } } },
      ],
      { hint: BY_KIND },
    );
    for await (const { _id, sum } of groups) {
      const key = `${some.get(_id.w)} ${_id.currency}`;
      sums.set(key, (sums.get(key) ?? 0) + sum);
    }
    some = new Map();
  };
  for await (const opened of lines.find({ account: account ?? { $exists: true } })) {
    if (opened.account !== undefined) some.set(opened.w, opened.account);
    if (some.size >= WALLETS) await add();
  }
  await add();
  return sums;
}

async function entryOf(db: Db, { places }: ProviderMovement): Promise<Entry | undefined> {
  const lines = await linesByKeys(linesOf(db), places);
  const [line] = places.flatMap(({ wallet, key }) => lines.find(({ w, _id }) => w === wallet && _id.k === key) ?? []);
  return line && toEntry(line);
}

function disagreement(
  movement: ProviderMovement,
  entry: Entry | undefined,
  period: { from: Date; to: Date },
): Finding[] {
  const { name, amountMinor, currency, at } = movement;
  const theirs = `${name}: the provider has ${amountMinor} ${currency}`;
  if (!entry) {
    const due = at >= period.from && at < period.to;
    return due ? [{ rule: 'clearing', detail: `${theirs}, the ledger nothing` }] : [];
  }
  if (entry.amountMinor === amountMinor && entry.currency === currency && entry.contra === 'provider') return [];
  const { wallet, sequence, contra } = entry;
  const ours = `${entry.amountMinor} ${entry.currency} against ${contra}`;
  return [{ rule: 'clearing', wallet, sequence, detail: `${theirs}, the ledger ${ours}` }];
}
