import { beforeEach, expect } from '@jest/globals';
import mongoose from 'mongoose';
import type { z } from 'zod';
import type { Ledger } from '../../src/ledger/entry.js';
import { holdAnswer } from '../../src/usage/hold-schemas.js';
import { problem } from '../../src/usage/problem-schema.js';
import { type Customer, keyFor, newCustomer, post } from './api.js';

export const DAY_MS = 24 * 3_600_000;
export const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

/** A customer with £100.00 before each test, who makes holds over the API. */
export function useHolder(ledger: () => Ledger, api: { url: string }) {
  let acme: Customer;
  const holder = { key: '' };
  beforeEach(async () => {
    acme = await newCustomer(ledger());
    holder.key = await keyFor(acme, ['usage:write', 'balance:read', 'entries:read']);
  });

  async function done(path: string, body: unknown, url = api.url): Promise<z.output<typeof holdAnswer>> {
    const answered = await post(`${url}/${path}`, holder.key, body);
    expect(answered).toMatchObject({ status: 200 });
    return holdAnswer.parse(answered.body);
  }

  async function refused(path: string, body: unknown, status: number, url = api.url) {
    const answered = await post(`${url}/${path}`, holder.key, body);
    expect(answered.status).toBe(status);
    return { ...problem.parse(answered.body), headers: answered.headers };
  }

  const reserve = (id: string, amountMinor: number, more: object = {}) => done('holds', { id, amountMinor, ...more });
  const capture = (hold: string, id: string, more: object = {}) => done(`holds/${hold}/capture`, { id, ...more });

  const topUp = (id: string, amountMinor: number) =>
    ledger().post({
      wallet: acme.workspace.id,
      key: `topup:${id}`,
      kind: 'topup',
      amountMinor,
      contra: 'provider',
      at: new Date(),
    });

  /** The lines as if they had been written so long ago: no test waits for a hold's end. */
  async function letTimePass(days: number): Promise<void> {
    const lines = mongoose.connection.db!.collection('entries');
    const earlier = (field: string) => ({ $dateSubtract: { startDate: field, unit: 'day', amount: days } });
    await lines.updateMany({ w: acme.workspace.id }, [{ $set: { at: earlier('$at') } }]);
    await lines.updateMany({ w: acme.workspace.id, 'hold.expiresAt': { $exists: true } }, [
      { $set: { 'hold.expiresAt': earlier('$hold.expiresAt') } },
    ]);
  }

  return Object.assign(holder, { customer: () => acme, done, refused, reserve, capture, topUp, letTimePass });
}
