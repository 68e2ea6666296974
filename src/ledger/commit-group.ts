import type { Collection } from 'mongodb';
import type { WalletId } from './entry.js';
import { type Inserted, insertLines } from './insert.js';
import { type Line, toEntry } from './line.js';
import { answerFound, holdIdOf, idOf, repeatOf, type Waiting } from './operation.js';
import { LedgerBusy, OutcomeUnknown } from './outcome.js';
import { type Plan, planGroup, type Refused, type Written } from './plan.js';
import { isNewest, isNewestOfHold, lastLines, lineByKey, linesByKeys, newestOfHold, settledLines } from './read.js';
import type { Recent } from './recent.js';

const MAX_LOST_RACES = 100;
const MAX_UNKNOWN = 4;

/** What is left of a group: to be tried again, and the wallets in which somebody else wrote first. */
export interface Rest {
  undone: Waiting[];
  lost: ReadonlySet<WalletId>;
  /** Tells those whose lines were stored: left to the caller, who may have the next group on its way first. */
  tellStored: () => void;
}

interface Commit {
  lines: Collection<Line>;
  recent: Recent;
  group: readonly Waiting[];
  undone: Set<Waiting>;
  lost: Set<WalletId>;
  stored: Written[];
}

/**
 * Writes a group of operations of any number of wallets in one ordered insert and answers each that is settled, but
 * those that `tellStored` answers. No other group may have one of these wallets meanwhile. Never rejects.
 */
export async function commitGroup(lines: Collection<Line>, recent: Recent, group: readonly Waiting[]): Promise<Rest> {
  const commit: Commit = { lines, recent, group, undone: new Set(), lost: new Set(), stored: [] };
  try {
    const last = new Map<WalletId, Line>();
    const missing = new Set<WalletId>();
    const asked: Waiting[] = [];
    const holds = new Map<string, HoldNamed>();
    const expectsRepeats = recent.expectsRepeats();
    for (const waiting of group) {
      const { id, wallet, lost, unsettled, hold } = waiting;
      if (!last.has(wallet)) {
        const head = recent.head(wallet);
        if (head) last.set(wallet, head);
        else missing.add(wallet);
      }
      // A key that was tried before is always looked for, the others when repeats are about.
      if ((expectsRepeats || lost > 0 || unsettled.length > 0) && !recent.line(id)) asked.push(waiting);
      if (hold !== undefined) holds.set(holdIdOf(wallet, hold), { wallet, hold });
    }
    // Where all is known nothing is waited for: the insert is on its way before anything else runs.
    const reads = missing.size > 0 || asked.length > 0 || holds.size > 0;
    // Together: one that fails while another is waited for would be an unhandled rejection, which ends the process.
    const [earlier, newest] = reads
      ? await Promise.all([readKnown(commit, missing, asked, last), readHolds(commit, holds)])
      : [];
    const plan = planGroup(
      group,
      last,
      ({ id }) => recent.line(id) ?? earlier?.get(id),
      (hold) => newest?.get(hold),
    );
    for (const { waiting, error } of plan.impossible) waiting.fail(error);
    for (const { waiting, earlier: line } of plan.repeats) waiting.settle(answerFound(waiting, line));
    const sent = plan.written.map(({ line }) => line);
    const inserted: Inserted = sent.length > 0 ? await insertLines(lines, sent) : { stored: 0, end: 'all' };
    await settleWritten(commit, plan, inserted);
    await settleRefused(commit, plan, inserted.stored);
  } catch (error) {
    failRest(commit, error);
  }
  const { undone, lost, stored } = commit;
  const tellStored = () => {
    for (const { waiting, line } of stored) waiting.settle({ outcome: 'posted', entry: toEntry(line) });
  };
  return { undone: undone.size > 0 ? group.filter((waiting) => undone.has(waiting)) : [], lost, tellStored };
}

/** Answers that nobody waits for any more are ignored, so only what is still open fails. */
function failRest({ group, recent, undone }: Commit, error: unknown): void {
  for (const waiting of group) {
    recent.forgetHead(waiting.wallet);
    const { unsettled, wallet, key } = waiting;
    waiting.fail(unsettled.length > 0 ? new OutcomeUnknown(wallet, key, error) : error);
  }
  undone.clear();
}

/** The last lines before the keys: a line that comes in between is found by its key. */
async function readKnown(
  commit: Commit,
  missing: ReadonlySet<WalletId>,
  asked: readonly Waiting[],
  last: Map<WalletId, Line>,
): Promise<Map<string, Line> | undefined> {
  if (missing.size > 0) for (const line of await lastLines(commit.lines, [...missing])) last.set(line.w, line);
  return asked.length > 0 ? readEarlier(commit, asked) : undefined;
}

interface HoldNamed {
  wallet: WalletId;
  hold: string;
}

/** The newest line of each hold that is there. */
async function readHolds({ lines }: Commit, holds: ReadonlyMap<string, HoldNamed>): Promise<Map<string, Line>> {
  const newest = await Promise.all(
    [...holds].map(async ([id, { wallet, hold }]) => [id, await newestOfHold(lines, wallet, hold)] as const),
  );
  return new Map(newest.flatMap(([id, line]) => (line ? [[id, line] as const] : [])));
}

/** Lines that stand under these keys. */
async function readEarlier({ lines, recent }: Commit, asked: readonly Waiting[]): Promise<Map<string, Line>> {
  const found = byId(await linesByKeys(lines, asked));
  for (const [id, line] of found) recent.rememberLine(id, line);
  if (found.size > 0) recent.sawRepeat();
  return found;
}

const byId = (lines: readonly Line[]): Map<string, Line> =>
  new Map(lines.map((line) => [idOf(line.w, line._id.k), line]));

async function settleWritten(commit: Commit, plan: Plan, inserted: Inserted): Promise<void> {
  const { recent, undone } = commit;
  const stored = inserted.end === 'all' ? plan.written : plan.written.slice(0, inserted.stored);
  commit.stored = stored;
  stored.forEach(({ waiting, line }, i) => {
    if (stored[i + 1]?.line.w !== line.w) recent.rememberHead(line);
    recent.rememberLine(waiting.id, line);
  });
  const rest = plan.written.slice(inserted.stored);
  if (inserted.end === 'unknown') await settleUnknown(commit, rest, inserted.error);
  if (inserted.end === 'taken') {
    for (const { waiting } of rest.slice(1)) undone.add(waiting);
    await settleTaken(commit, rest[0]!);
  }
  if (plan.followers.length === 0) return;
  const known = new Set(stored);
  for (const { waiting, first } of plan.followers) {
    if (known.has(first)) waiting.settle(repeatOf(first.line, waiting.hash));
    else undone.add(waiting);
  }
}

/** Either the key or the sequence number was taken: only the key, read at majority, tells which. */
async function settleTaken(commit: Commit, { waiting }: Written): Promise<void> {
  const { lines, recent } = commit;
  const earlier = await lineByKey(lines, waiting.wallet, waiting.key);
  if (earlier) {
    recent.rememberLine(waiting.id, earlier);
    recent.sawRepeat();
    waiting.settle(answerFound(waiting, earlier));
    return;
  }
  loseRace(commit, waiting);
}

function loseRace({ recent, undone, lost }: Commit, waiting: Waiting): void {
  recent.forgetHead(waiting.wallet);
  waiting.lost += 1;
  if (waiting.lost > MAX_LOST_RACES) {
    waiting.fail(new LedgerBusy(`other writers of ${waiting.wallet} were faster`));
    return;
  }
  lost.add(waiting.wallet);
  undone.add(waiting);
}

/** The insert broke off. What is found stands. The rest may be tried again, as key and sequence number still guard it. */
async function settleUnknown(
  { lines, recent, undone }: Commit,
  written: readonly Written[],
  error: unknown,
): Promise<void> {
  for (const { waiting, line } of written) {
    waiting.unsettled = [...waiting.unsettled, line];
    recent.forgetHead(waiting.wallet);
  }
  const asked = written.map(({ waiting }) => waiting);
  const found = byId(await settledLines(lines, asked));
  for (const waiting of asked) {
    const { id, wallet, key, unsettled } = waiting;
    const line = found.get(id);
    if (line) waiting.settle(answerFound(waiting, line));
    else if (unsettled.length >= MAX_UNKNOWN) waiting.fail(new OutcomeUnknown(wallet, key, error));
    else undone.add(waiting);
  }
}

/**
 * There is no wallet, or too little in it: both may be said only of the newest state, and the key goes before the funds.
 * A line of this group was the newest when it was written, and so was the one under it; of any other a linearizable look
 * must say so. The same goes for the newest line of a hold.
 */
async function settleRefused(commit: Commit, plan: Plan, stored: number): Promise<void> {
  if (plan.refused.length === 0) return;
  const { lines, recent, undone } = commit;
  const own = new Map(plan.written.slice(0, stored).map(({ line }) => [`${line.w} ${line.s}`, line]));
  const failed = new Set(plan.written.slice(stored).map(({ line }) => line));
  const looks = new Map<string, Promise<boolean>>();
  const newest = (wallet: WalletId, under: Line | undefined): boolean | Promise<boolean> => {
    const sequence = under?.s ?? 0;
    if (under && failed.has(under)) return false;
    if (own.has(`${wallet} ${sequence}`) || own.has(`${wallet} ${sequence + 1}`)) return true;
    const look = looks.get(`${wallet} ${sequence}`) ?? isNewest(lines, wallet, sequence);
    looks.set(`${wallet} ${sequence}`, look);
    return look;
  };
  const newestOfItsHold = ({ waiting: { wallet, hold }, before }: Refused): boolean | Promise<boolean> => {
    if (hold === undefined || (before && own.has(`${wallet} ${before.s}`))) return true;
    return !(before && failed.has(before)) && isNewestOfHold(lines, wallet, hold, before?.hold?.line ?? 0);
  };
  const looked = await Promise.all(
    plan.refused.map(async (refused) => {
      return (await newest(refused.waiting.wallet, refused.under)) && (await newestOfItsHold(refused));
    }),
  );
  const keys = byId(
    await linesByKeys(
      lines,
      plan.refused.map(({ waiting }) => waiting),
    ),
  );
  plan.refused.forEach(({ waiting, why }, i) => {
    const earlier = keys.get(waiting.id);
    if (earlier) waiting.settle(answerFound(waiting, earlier));
    else if (looked[i]) waiting.settle(why);
    else {
      recent.forgetHead(waiting.wallet);
      undone.add(waiting);
    }
  });
}
