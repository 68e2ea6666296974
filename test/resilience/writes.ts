/* Every kind of write that moves money, with how to begin it, repeat it under the same key, and count what is there. */
import mongoose from 'mongoose';
import { expireHolds } from '../../src/ledger/expire-holds.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { projectWallet } from '../../src/ledger/project.js';
import type { Ledger, Posted } from '../../src/ledger/entry.js';
import type { HoldAnswer, Moves, Reversed, Transferred } from '../../src/ledger/moves.js';
import { spend, topUp } from '../ledger/postings.js';

/** Something that was begun: it may be asked for any number of times, and is to be there once. */
export interface Begun {
  ask: () => Promise<unknown>;
  times: () => Promise<number>;
}

export interface Write {
  name: string;
  begin: () => Promise<Begun>;
}

/** Of several commands. */
export interface LongWrite extends Write {
  /** After how many of them the process ends, each is tried. */
  cuts: readonly number[];
}

type Money = Ledger & Moves;
type Answer = Posted | HoldAnswer | Reversed | Transferred;

const WALLET_AT = new Date('2026-11-02T10:00:00Z');
const LATER = new Date('2026-11-02T12:00:00Z');
let wallets = 0;

/** As a process that has just started sees it. */
const restarted = (): Money => createLedger(mongoose.connection.db!, undefined, () => undefined);

async function opened(): Promise<string> {
  const wallet = `ws_broken_${++wallets}`;
  await restarted().open({ wallet, account: 'acc_1', currency: 'GBP', at: WALLET_AT });
  await restarted().post(topUp(wallet, '1', 1_000, { at: WALLET_AT }));
  return wallet;
}

/** By a query of its own: a test says what is there by another connection. */
export type CountLines = (wallet: string, key: string) => Promise<number>;

/** The ledger's own writes: what is refused or fails there is said to have failed, or to be unknown. */
export function ledgerWrites(lines: CountLines): Write[] {
  const under = (
    name: string,
    key: string,
    ask: (ledger: Money, wallet: string) => Promise<Answer>,
    before: (ledger: Money, wallet: string) => Promise<unknown> = async () => undefined,
  ): Write => ({
    name,
    begin: async () => {
      const wallet = await opened();
      await before(restarted(), wallet);
      return { ask: async () => expectDone(await ask(restarted(), wallet)), times: () => lines(wallet, key) };
    },
  });
  const at = WALLET_AT;
  const held = (ledger: Money, wallet: string) =>
    ledger.reserve({ wallet, hold: '1', amountMinor: 400, expiresAt: LATER, at });
  return [
    under('a posting', 'u:1', (ledger, wallet) => ledger.post(spend(wallet, '1', 100))),
    under('a reservation', 'h:1', held),
    under('a capture', 'hc:1:1', (ledger, wallet) => ledger.capture({ wallet, hold: '1', id: '1', at }), held),
    under('a void', 'hv:1', (ledger, wallet) => ledger.void({ wallet, hold: '1', at }), held),
    under('the end of a hold', 'he:1', (ledger, wallet) => ledger.expire({ wallet, hold: '1', at: LATER }), held),
    under(
      'a reversal',
      'rev:u:1',
      (ledger, wallet) => ledger.reverse({ wallet, reverses: 'u:1', at }),
      (ledger, wallet) => ledger.post(spend(wallet, '1', 100)),
    ),
    under('settings', 'set:1', (ledger, wallet) =>
      ledger.setThresholds({ wallet, key: 'set:1', thresholds: { lowPercent: 30 }, at }),
    ),
    openingWrite(lines),
    groupWrite(lines),
    transferWrite(lines, false),
    transferWrite(lines, true),
  ];
}

function expectDone({ outcome }: Pick<Answer, 'outcome'>): void {
  if (outcome !== 'posted' && outcome !== 'duplicate') throw new Error(`answered ${outcome}`);
}

function openingWrite(lines: CountLines): Write {
  return {
    name: 'the opening of a wallet',
    begin: async () => {
      const wallet = `ws_opened_${++wallets}`;
      const opening = { wallet, account: 'acc_1', currency: 'GBP', at: WALLET_AT };
      return { ask: () => restarted().open(opening), times: () => lines(wallet, 'open') };
    },
  };
}

/** Of several wallets: each line counts, and all of them are there or the rest is asked for again. */
function groupWrite(lines: CountLines): Write {
  return {
    name: 'a group of two wallets',
    begin: async () => {
      const both = [await opened(), await opened()];
      const ask = async () => {
        for (const one of await restarted().postMany(both.map((wallet) => spend(wallet, '1', 100)))) {
          if (one.status === 'rejected') throw one.reason;
          expectDone(one.value);
        }
      };
      const times = async () => Math.max(...(await Promise.all(both.map((wallet) => lines(wallet, 'u:1')))));
      return { ask, times };
    },
  };
}

function transferWrite(lines: CountLines, back: boolean): Write {
  return {
    name: back ? 'a transfer that is taken back' : 'a transfer',
    begin: async () => {
      const [from, to] = [await opened(), await opened()];
      const move = () => restarted().transfer({ id: '1', from, to, amountMinor: 300, at: WALLET_AT });
      if (back) await move();
      const ask = back ? () => restarted().reverse({ wallet: from, reverses: 'x:1', at: WALLET_AT }) : move;
      const key = back ? 'rev:x:1' : 'x:1';
      const times = async () => {
        const [out, into] = [await lines(from, key), await lines(to, key)];
        if (out !== into) throw new Error(`one leg is there ${out} times, the other ${into}`);
        return out;
      };
      return { ask: async () => expectDone(await ask()), times };
    },
  };
}

/** What is derived from the ledger; an error of these says nothing of what is there. */
export function sweptWrites(lines: CountLines, dayInMinor: (wallet: string) => Promise<number>): LongWrite[] {
  return [
    {
      name: 'running totals',
      cuts: [0, 1, 2, 3],
      begin: async () => {
        const wallet = await opened();
        const ask = () => projectWallet(mongoose.connection.db!, wallet);
        return { ask, times: async () => (await dayInMinor(wallet)) / 1_000 };
      },
    },
    {
      name: 'the sweep of holds',
      cuts: [0, 1, 2],
      begin: async () => {
        const wallet = await opened();
        const db = mongoose.connection.db!;
        await restarted().reserve({ wallet, hold: '1', amountMinor: 400, expiresAt: LATER, at: WALLET_AT });
        await projectWallet(db, wallet);
        const ask = async () => {
          const { failed } = await expireHolds(db, restarted(), LATER, () => false);
          if (failed[0]) throw failed[0].error;
        };
        return { ask, times: () => lines(wallet, 'he:1') };
      },
    },
  ];
}
