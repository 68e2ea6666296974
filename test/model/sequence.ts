import { expect } from '@jest/globals';
import mongoose from 'mongoose';
import { newId } from '../../src/id.js';
import type { Entry } from '../../src/ledger/entry.js';
import { automaticOf } from '../../src/payments/automatic/store.js';
import type { TopUpRow } from '../../src/payments/models.js';
import type { TopUpState } from '../../src/payments/top-up.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import type { Workspace } from '../../src/workspace/entities.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';
import { GOOD_CARD } from '../payments/harness.js';
import { moves, type Operation, releases, toldOf, WalletModel } from './wallet-model.js';
import type { World } from './world.js';

export const CARDS = { good: GOOD_CARD.number, declined: '4000000000000341', asksHolder: '4000002760003184' } as const;

/** A workspace, what it should be, and the card that is charged for it. */
export interface Side {
  workspace: Workspace;
  model: WalletModel;
  card: { id: string; kind: keyof typeof CARDS };
  automatic?: { below: number; add: number };
}

export interface ModelTopUp {
  id: string;
  side: Side;
  key: string;
  amount: number;
  state: Extract<TopUpState, 'open' | 'declined' | 'failed'> | 'paid';
  page?: string | undefined;
  /** The bank asked for the holder once: the card is not charged again. */
  charged?: true;
  payment?: string | undefined;
  refunded: number;
  dispute?: { id: string; amount: number; won?: boolean };
}

export interface ModelTransfer {
  id: string;
  key: string;
  from: 0 | 1;
  amount: number;
  undoUntil?: Date | undefined;
  state: 'moved' | 'notMoved' | 'undone';
}

/** An operation and what was said of it: `moved` where it is there, now or from before. */
export interface Asked {
  operation: Operation;
  told: string;
}

/** One run of steps on two workspaces of an account, and all that ought to be true of them. */
export class Sequence {
  readonly world: World;
  readonly owner: string;
  readonly sides: readonly [Side, Side];
  readonly topUps: ModelTopUp[] = [];
  readonly transfers: ModelTransfer[] = [];
  /** Money that the provider has taken or given back, and that has no entry yet: by the key that it will have. */
  readonly #due = new Map<string, { side: Side; amount: number; after?: string }>();

  private constructor(world: World, owner: string, sides: readonly [Side, Side]) {
    this.world = world;
    this.owner = owner;
    this.sides = sides;
  }

  static async begin(world: World): Promise<Sequence> {
    const at = world.now();
    const { ledger } = world.writers[0];
    const { account, owner } = await enableAccount({
      name: 'Acme',
      tenant: `slack:${newId('T')}`,
      ownerUser: 'U0OLIVIA',
      currency: 'GBP',
      plan: 'teams',
      timeZone: 'Europe/London',
      at,
    });
    const open = async (name: string): Promise<Side> => {
      const workspace = await createWorkspace({ ledger, account, name, primaryOwner: owner.id, by: owner.id, at });
      const of = { account: account.id, workspace: workspace.id };
      const customer = await world.provider.createCustomer({ ...of, name, key: `customer:${workspace.id}` });
      await mongoose.connection.collection('payment_customers').insertOne({ ...of, name, customer });
      const { id } = world.sandbox.saveCard(customer, GOOD_CARD);
      world.sandbox.store.state.customers[customer]!.invoice_settings.default_payment_method = id;
      return { workspace, model: new WalletModel(), card: { id, kind: 'good' } };
    };
    return new Sequence(world, owner.id, [await open('Marketing'), await open('Support')]);
  }

  get account(): string {
    return this.sides[0].workspace.account;
  }

  owe(key: string, side: Side, amount: number, after?: string): void {
    this.#due.set(key, { side, amount, ...(after !== undefined && { after }) });
  }

  paid(topUp: ModelTopUp, payment: string | null | undefined): void {
    topUp.state = 'paid';
    topUp.payment = payment ?? undefined;
    this.owe(`topup:${topUp.id}`, topUp.side, topUp.amount);
  }

  /**
   * Goes through a wallet's new entries, in their order, while it looks for the place at which what was told of each
   * operation is what the model says. Every other entry must be money that was due, or a hold whose time was up.
   */
  async settle(side: Side, asked: readonly Asked[] = []): Promise<void> {
    const { model } = side;
    const entries = await this.#newEntries(side);
    const written = new Map<string, string>();
    const take = async (entry: Entry) => {
      const operation =
        askedFor(entry, asked, model) ?? this.#dueNow(side, entry) ?? (await this.#automatic(side, entry));
      if (!operation) throw new Error(`nobody asked for ${entry.key}`);
      expect(`${entry.key}: ${toldOf(entry)}`).toBe(`${entry.key}: ${model.predict(operation)}`);
      model.apply(operation);
      written.set(entry.key, toldOf(entry));
    };
    for (const { operation, told } of asked) {
      const { key } = operation;
      const isSo = () => {
        if (told === 'moved') return model.posted.has(key);
        if (told.startsWith('posted')) return written.get(key) === told;
        return told === model.predict(operation) || told === model.predict(operation).split(':')[0];
      };
      while (!isSo()) {
        const next = entries.shift();
        if (!next) {
          const all = asked.map((one) => `${one.operation.key} (${one.operation.asked}): ${one.told}`).join('\n');
          const seen = [...written].map(([of, line]) => `${of}: ${line}`).join('\n');
          throw new Error(`${key} ought to be told "${model.predict(operation)}". Told:\n${all}\nWritten:\n${seen}`);
        }
        await take(next);
      }
    }
    for (const entry of entries) await take(entry);
  }

  async #newEntries({ workspace, model }: Side): Promise<Entry[]> {
    const page = await this.world.writers[0].ledger.history(workspace.id, { limit: 200, after: model.lines });
    for (const { sequence } of page.entries) expect(sequence).toBe(++model.lines);
    return [...page.entries];
  }

  #dueNow(side: Side, { key, at }: Entry): Operation | undefined {
    const due = this.#due.get(key);
    if (due?.side === side && (due.after === undefined || side.model.posted.has(due.after))) {
      this.#due.delete(key);
      return moves(key, due.amount);
    }
    if (!key.startsWith('he:')) return undefined;
    const id = key.slice('he:'.length);
    const expiresAt = side.model.holds.get(id)?.expiresAt;
    return expiresAt && expiresAt <= at ? releases(id, 'expired') : undefined;
  }

  /** An automatic top-up, as large as it is set. */
  async #automatic(side: Side, { key, amountMinor }: Entry): Promise<Operation | undefined> {
    const { account, id: workspace } = side.workspace;
    const _id = key.slice('topup:'.length);
    const row = await mongoose.connection.collection<TopUpRow>('top_ups').findOne({ _id, account, workspace });
    if (!row?.automatic || side.automatic === undefined || amountMinor % side.automatic.add !== 0) return undefined;
    const { key: under, paymentId: payment } = row;
    this.topUps.push({ id: _id, side, key: under, amount: amountMinor, state: 'paid', payment, refunded: 0 });
    return moves(key, amountMinor);
  }

  /** After webhooks or a sweep nothing is due any more. */
  async expectNothingDue(): Promise<void> {
    for (const side of this.sides) await this.settle(side);
    expect([...this.#due.keys()]).toEqual([]);
  }

  /** After a sweep no hold is open past its time, and a workspace with auto top-up has enough. */
  async expectSwept(at: Date): Promise<void> {
    await this.expectNothingDue();
    for (const { model, workspace, automatic } of this.sides) {
      const late = [...model.holds].filter(
        ([, { state, expiresAt }]) => state === 'open' && expiresAt && expiresAt <= at,
      );
      expect(late).toEqual([]);
      const row = automatic && (await automaticOf({ account: this.account, workspace: workspace.id }));
      if (!automatic || !row || row.paused || row.nextTryAt || row.charge) continue;
      expect(model.available).toBeGreaterThanOrEqual(automatic.below);
    }
  }
}

/** Of several under one key, the one that is posted. */
function askedFor(entry: Entry, asked: readonly Asked[], model: WalletModel): Operation | undefined {
  const operations = asked.map(({ operation }) => operation).filter(({ key }) => key === entry.key);
  return operations.find((operation) => model.predict(operation) === toldOf(entry)) ?? operations[0];
}
