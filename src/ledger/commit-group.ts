import type { Collection } from 'mongodb';
import type { WalletId } from './entry.js';
import { type Inserted, insertLines } from './insert.js';
import { type Line, toEntry } from './line.js';
import { answerFound, repeatOf, type Waiting } from './operation.js';
import { LedgerBusy, OutcomeUnknown } from './outcome.js';
import { type Plan, planGroup, type Written } from './plan.js';
import { isNewest, lastLines, lineByKey, linesByKeys, settledLines } from './read.js';
import type { Recent } from './recent.js';

const MAX_LOST_RACES = 100;
const MAX_UNKNOWN = 4;

/** What is left of a group: to be tried again, and the wallets in which somebody else wrote first. */
export interface Rest {
  undone: Waiting[];
  lost: ReadonlySet<WalletId>;
}

interface Commit {
  lines: Collection<Line>;
  recent: Recent;
  group: readonly Waiting[];
  undone: Set<Waiting>;
  lost: Set<WalletId>;
}

/**
 * Writes a group of operations of any number of wallets in one ordered insert and answers each that is settled. No
 * other group may have one of these wallets meanwhile. Never rejects.
 */
export async function commitGroup(lines: Collection<Line>, recent: Recent, group: readonly Waiting[]): Promise<Rest> {
  const commit: Commit = { lines, recent, group, undone: new Set(), lost: new Set() };
  try {
    const heads = await headsOf(commit);
    const earlier = await earlierLines(commit);
    await Promise.all(group.flatMap(({ prepare }) => (prepare ? [prepare()] : [])));
    const plan = planGroup(
      group,
      (wallet) => heads.get(wallet),
      ({ wallet, key }) => recent.line(wallet, key) ?? earlier.get(`${wallet} ${key}`),
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
  return { undone: group.filter((waiting) => commit.undone.has(waiting)), lost: commit.lost };
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

/** Remembered, or read at majority all at once. */
async function headsOf({ lines, recent, group }: Commit): Promise<Map<WalletId, Line>> {
  const heads = new Map<WalletId, Line>();
  const missing = new Set<WalletId>();
  for (const { wallet } of group) {
    const head = recent.head(wallet);
    if (head) heads.set(wallet, head);
    else missing.add(wallet);
  }
  if (missing.size > 0) for (const line of await lastLines(lines, [...missing])) heads.set(line.w, line);
  return heads;
}

/** Lines that stand under keys of the group. A key that was tried before is always looked for, the others when repeats are about. */
async function earlierLines({ lines, recent, group }: Commit): Promise<Map<string, Line>> {
  const all = recent.expectsRepeats();
  const asked = group.filter(
    ({ wallet, key, lost, unsettled }) =>
      (all || lost > 0 || unsettled.length > 0) && recent.line(wallet, key) === undefined,
  );
  const found = asked.length === 0 ? [] : await linesByKeys(lines, asked);
  for (const line of found) recent.rememberLine(line);
  if (found.length > 0) recent.sawRepeat();
  return new Map(found.map((line) => [`${line.w} ${line._id.k}`, line]));
}

async function settleWritten(commit: Commit, plan: Plan, inserted: Inserted): Promise<void> {
  const { recent, undone } = commit;
  const stored = plan.written.slice(0, inserted.stored);
  for (const { waiting, line } of stored) {
    recent.rememberHead(line);
    recent.rememberLine(line);
    waiting.settle({ outcome: 'posted', entry: toEntry(line) });
  }
  const known = new Set(stored);
  const rest = plan.written.slice(inserted.stored);
  if (inserted.end === 'unknown') await settleUnknown(commit, rest, inserted.error);
  if (inserted.end === 'taken') {
    for (const { waiting } of rest.slice(1)) undone.add(waiting);
    await settleTaken(commit, rest[0]!);
  }
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
    recent.rememberLine(earlier);
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
    waiting.unsettled.push(line);
    recent.forgetHead(waiting.wallet);
  }
  const found = new Map(
    (
      await settledLines(
        lines,
        written.map(({ waiting }) => waiting),
      )
    ).map((line) => [`${line.w} ${line._id.k}`, line]),
  );
  for (const { waiting } of written) {
    const { wallet, key, unsettled } = waiting;
    const line = found.get(`${wallet} ${key}`);
    if (line) waiting.settle(answerFound(waiting, line));
    else if (unsettled.length >= MAX_UNKNOWN) waiting.fail(new OutcomeUnknown(wallet, key, error));
    else undone.add(waiting);
  }
}

/**
 * There is no wallet, or too little in it: both may be said only of the newest state, and the key goes before the funds.
 * A line of this group was the newest when it was written, and so was the one under it; of any other a linearizable look
 * must say so.
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
  const looked = await Promise.all(
    plan.refused.map(async ({ waiting, under }) => {
      return (await newest(waiting.wallet, under)) && (waiting.stillTrue === undefined || (await waiting.stillTrue()));
    }),
  );
  const keys = new Map(
    (
      await linesByKeys(
        lines,
        plan.refused.map(({ waiting }) => waiting),
      )
    ).map((line) => [`${line.w} ${line._id.k}`, line]),
  );
  plan.refused.forEach(({ waiting, tell }, i) => {
    const earlier = keys.get(`${waiting.wallet} ${waiting.key}`);
    if (earlier) waiting.settle(answerFound(waiting, earlier));
    else if (looked[i]) tell();
    else {
      recent.forgetHead(waiting.wallet);
      undone.add(waiting);
    }
  });
}
