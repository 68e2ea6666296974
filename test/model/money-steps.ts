import { strict as assert } from 'node:assert';
import { expect } from '@jest/globals';
import type { Posted, Posting } from '../../src/ledger/entry.js';
import type { HoldAnswer, Moves, Reversed } from '../../src/ledger/moves.js';
import { transferBalance, undoTransfer } from '../../src/workspace/transfers.js';
import type { Asked, ModelTransfer, Sequence, Side } from './sequence.js';
import type { How, Step } from './steps.js';
import { captures, moves, type Operation, releases, reserves, reverses, takes, told } from './wallet-model.js';
import type { Answered, Writer } from './world.js';

type Of<K extends Step['step']> = Extract<Step, { step: K }>;

const MINUTE_MS = 60_000;

export function pickOf<T>(from: readonly T[], pick: number): T | undefined {
  return from[pick % from.length];
}

/** An answer of the ledger; it refuses nothing by throwing. */
function answerOf<T>(answered: Answered<T>): T {
  assert('answer' in answered, 'the ledger answers');
  return answered.answer;
}

/** Of two that asked at once, whoever was refused was first, and whoever repeats was last. */
const ORDER = (said: string) => (said.startsWith('posted') ? 1 : said.startsWith('duplicate') ? 2 : 0);

async function ask(
  sequence: Sequence,
  { side, how, operation }: { side: Side; how: How; operation: Operation },
  work: (ledger: Writer['ledger']) => Promise<Posted | HoldAnswer | Reversed>,
): Promise<void> {
  const answers = await sequence.world.perform(how, ({ ledger }) => work(ledger));
  const said = answers.map((answer) => told(answerOf(answer)));
  if (how === 'twice') said.sort((a, b) => ORDER(a) - ORDER(b));
  await sequence.settle(
    side,
    said.map((one) => ({ operation, told: one })),
  );
}

interface Spend {
  key: number;
  amount: number;
  micro: number;
}

function spending(wallet: string, { key, amount, micro }: Spend, at: Date): { posting: Posting; operation: Operation } {
  const whole = micro === 0 ? Math.max(1, amount) : amount;
  const posting = { wallet, key: `u:${key}`, kind: 'usage', amountMinor: 0 - whole, contra: 'revenue', at } as const;
  return {
    posting: micro === 0 ? posting : { ...posting, amountMicro: -micro },
    operation: takes(posting.key, whole, micro),
  };
}

export function spend(sequence: Sequence, { of, how, spend: one }: Of<'spend'>): Promise<void> {
  const side = sequence.sides[of];
  const { posting, operation } = spending(side.workspace.id, one, sequence.world.now());
  return ask(sequence, { side, how, operation }, (ledger) => ledger.post(posting));
}

export async function batch(sequence: Sequence, { of, how, spends }: Of<'batch'>): Promise<void> {
  const side = sequence.sides[of];
  // One key twice in a batch is the same request: which of two were first is for the ledger to say.
  const firsts = spends.map(({ key }) => spends.find((one) => one.key === key)!);
  const all = firsts.map((one) => spending(side.workspace.id, one, sequence.world.now()));
  for (const one of how === 'twice' ? ([{ by: 0 }, { by: 1 }] as const) : [how]) {
    const answers = await sequence.world.perform(one, async ({ ledger }) => {
      const settled = await ledger.postMany(all.map(({ posting }) => posting));
      return settled.map((result) => {
        if (result.status === 'rejected') throw result.reason;
        return result.value;
      });
    });
    const asked = answers.flatMap((answered) =>
      answerOf(answered).map((answer, i): Asked => ({ operation: all[i]!.operation, told: told(answer) })),
    );
    await sequence.settle(side, asked);
  }
}

export function undo(sequence: Sequence, { of, how, pick }: Of<'undo'>): Promise<void> {
  const side = sequence.sides[of];
  const spent = [...side.model.posted.keys()].filter((key) => /^(u|hc):/.test(key));
  const key = pickOf(spent, pick) ?? 'u:nothing';
  const asked = { wallet: side.workspace.id, reverses: key, at: sequence.world.now() };
  return ask(sequence, { side, how, operation: reverses(key) }, (ledger) => ledger.reverse(asked));
}

export function hold(sequence: Sequence, { of, how, key, amount, minutes }: Of<'hold'>): Promise<void> {
  const side = sequence.sides[of];
  const at = sequence.world.now();
  const expiresAt = minutes > 0 ? new Date(at.getTime() + minutes * MINUTE_MS) : undefined;
  const asked: Parameters<Moves['reserve']>[0] = {
    wallet: side.workspace.id,
    hold: String(key),
    amountMinor: amount,
    ...(expiresAt && { expiresAt }),
    request: { amount, minutes },
    at,
  };
  const operation = reserves(asked.hold, amount, minutes, expiresAt);
  return ask(sequence, { side, how, operation }, (ledger) => ledger.reserve(asked));
}

export function capture(
  sequence: Sequence,
  { of, how, pick, capture: id, tenths, final }: Of<'capture'>,
): Promise<void> {
  const side = sequence.sides[of];
  const [held, { left }] = pickOf([...side.model.holds], pick) ?? ['nothing', { left: 10 }];
  const amount = tenths === 0 ? undefined : Math.max(1, Math.ceil((left * tenths) / 10));
  const at = sequence.world.now();
  const of_ = { hold: held, id: String(id), final, at };
  const operation = captures({ ...of_, ...(amount !== undefined && { amount }) });
  const asked = { wallet: side.workspace.id, ...of_, ...(amount !== undefined && { amountMinor: amount }) };
  return ask(sequence, { side, how, operation }, (ledger) => ledger.capture(asked));
}

export function voided(sequence: Sequence, { of, how, pick }: Of<'void'>): Promise<void> {
  const side = sequence.sides[of];
  const [held] = pickOf([...side.model.holds], pick) ?? ['nothing'];
  const asked = { wallet: side.workspace.id, hold: held, at: sequence.world.now() };
  return ask(sequence, { side, how, operation: releases(held, 'voided') }, (ledger) => ledger.void(asked));
}

export async function transfer(sequence: Sequence, { of, how, key: number, amount }: Of<'transfer'>): Promise<void> {
  const { world, sides, owner: by, account } = sequence;
  const [from, to] = [sides[of], sides[of === 0 ? 1 : 0]];
  const key = `${of}:${number}`;
  const order = { account, from: from.workspace, to: to.workspace, amountMinor: amount, by, key, at: world.now() };
  const answers = await world.perform(how, ({ ledger }) => transferBalance(ledger, order));
  const known = sequence.transfers.find((one) => one.key === key);
  for (const answered of answers) {
    if (known && known.amount !== amount) expect(answered).toEqual({ refused: 'keyConflict' });
    else if ('answer' in answered) await settleMoved(sequence, { from, to, of, key, amount }, answered.answer);
    else {
      expect(answered).toEqual({ refused: 'insufficient' });
      await sequence.settle(from, [{ operation: takes('x:refused', amount), told: 'insufficient' }]);
      if (!known) await rememberRefused(sequence, { of, key, amount });
    }
  }
}

async function settleMoved(
  sequence: Sequence,
  { from, to, of, key, amount }: { from: Side; to: Side; of: 0 | 1; key: string; amount: number },
  { id, ...record }: Awaited<ReturnType<typeof transferBalance>>,
): Promise<void> {
  const known = sequence.transfers.find((one) => one.key === key);
  if (known?.id) expect(id).toBe(known.id);
  const now: ModelTransfer = known ?? { id, key, from: of, amount, state: 'notMoved' };
  if (!known) sequence.transfers.push(now);
  if (now.state === 'notMoved') {
    await sequence.settle(from, [{ operation: takes(`x:${id}`, amount), told: 'moved' }]);
    await sequence.settle(to, [{ operation: moves(`x:${id}`, amount), told: 'moved' }]);
    Object.assign(now, { id, state: 'moved', undoUntil: record.undoUntil });
  }
  expect(record.state).toBe(now.state);
  if (now.state !== 'moved') return;
  expect(record.fromBalanceMinor).toBe(from.model.posted.get(`x:${id}`)?.balance);
  expect(record.toBalanceMinor).toBe(to.model.posted.get(`x:${id}`)?.balance);
}

async function rememberRefused(
  sequence: Sequence,
  { of, key, amount }: { of: 0 | 1; key: string; amount: number },
): Promise<void> {
  if (!sequence.transfers.some((one) => one.key === key))
    sequence.transfers.push({ id: '', key, from: of, amount, state: 'notMoved' });
}

/** Takes a transfer back, as somebody does who presses Undo. */
export async function takeBack(sequence: Sequence, { how, pick }: Of<'takeBack'>): Promise<void> {
  const { world, sides, owner: by, account } = sequence;
  const made = pickOf(
    sequence.transfers.filter(({ state }) => state !== 'notMoved'),
    pick,
  );
  if (!made) return;
  const { id, amount } = made;
  const [from, to] = [sides[made.from], sides[made.from === 0 ? 1 : 0]];
  const at = world.now();
  const late = made.state === 'moved' && made.undoUntil !== undefined && made.undoUntil < at;
  const asked = { account, id, workspace: from.workspace.id, by, at };
  for (const answered of await world.perform(how, ({ ledger }) => undoTransfer(ledger, asked))) {
    if (late) expect(answered).toEqual({ refused: 'noUndo tooLate' });
    else if ('answer' in answered) {
      expect(answered.answer.state).toBe('undone');
      await sequence.settle(to, [{ operation: takes(`rev:x:${id}`, amount), told: 'moved' }]);
      await sequence.settle(from, [{ operation: moves(`rev:x:${id}`, amount), told: 'moved' }]);
      made.state = 'undone';
    } else {
      expect(answered).toEqual({ refused: 'noUndo spent' });
      await sequence.settle(to, [{ operation: takes('rev:refused', amount), told: 'insufficient' }]);
    }
  }
}
