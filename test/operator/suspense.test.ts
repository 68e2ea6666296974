import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { suspense } from '../../src/operator/suspense.js';
import { UsageFault } from '../../src/operator/usage-fault.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { useDatabase } from '../support/database.js';

useDatabase();

const AT = new Date('2026-11-22T10:00:00Z');
const run = (...args: string[]) => suspense.read(args)(AT);
const stored = () => mongoose.connection.collection<{ _id: string } & Record<string, unknown>>('payment_suspense');

beforeEach(async () => {
  await stored().deleteMany({});
  await stored().insertOne({
    _id: 'pi_1',
    account: 'acc_1',
    workspace: 'ws_1',
    topUp: 'tu_1',
    amountMinor: 12_300,
    currency: 'GBP',
    why: 'another amount',
    entry: 'topup:pi_1',
    returnedMinor: 2_300,
    told: true,
    createdAt: AT,
  });
});

describe('money in suspense', () => {
  test('is listed with what it is, why it does not fit and where it belongs', async () => {
    expect(await run('list')).toEqual({
      done: true,
      lines: [
        'pi_1  £123.00, £23.00 of it has gone back  since 2026-11-22T10:00:00.000Z',
        '    acc_1  ws_1  tu_1  another amount',
      ],
    });
  });

  test('is resolved once, with a note that says how, and then no longer listed', async () => {
    expect(await run('resolve', 'pi_1', '--note', 'refunded in the dashboard')).toEqual({
      done: true,
      lines: ['pi_1 is resolved.'],
    });
    expect(await stored().findOne({})).toMatchObject({ note: 'refunded in the dashboard', resolvedAt: AT });
    expect((await run('resolve', 'pi_1', '--note', 'again')).done).toBe(false);
    expect(await auditTrail({ account: 'acc_1', limit: 10 })).toMatchObject([
      {
        workspace: 'ws_1',
        by: 'operator',
        action: 'billing.suspenseResolved',
        detail: { payment: 'pi_1', amountMinor: 12_300, topUp: 'tu_1', note: 'refunded in the dashboard' },
      },
    ]);
    expect((await run('list')).lines).toEqual(['No payment waits in suspense.']);
  });

  test('that moved no real money says so', async () => {
    await stored().updateOne({}, { $unset: { entry: 1 } });
    expect((await run('list')).lines[1]).toContain('(no real money)');
  });

  test.each([['resolve', 'pi_1'], ['resolve', '--note', 'x'], ['list', 'all'], [], ['resolve', 'pi_1', '--note', ' ']])(
    'typed as %p %p %p is asked for again',
    (...args) => {
      expect(() => suspense.read(args)).toThrow(UsageFault);
    },
  );
});
