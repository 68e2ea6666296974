import { strict as assert } from 'node:assert';
import mongoose from 'mongoose';
import { makeDueSummaries } from '../../../src/notices/summaries/summaries.js';
import type { Workspace } from '../../../src/workspace/entities.js';
import { MONTH, type World } from './world.js';

/** Late enough for the summary, early enough for it to be posted. */
const NEXT_DAY = new Date(MONTH.to.getTime() + 86_400_000);

const log = {
  error: (fields: object) => {
    throw new Error('the summary could not be made', { cause: fields });
  },
};

/** Makes the month's summary with its notice, as the sweep does; resolves with what it took. What an earlier call made is forgotten first. */
export async function closeTheMonth({ ledger }: World, { account, id }: Workspace): Promise<number> {
  const collection = (name: string) => mongoose.connection.collection<{ _id: string }>(name);
  await Promise.all(['summaries', 'outbox', 'summary_schedules'].map((name) => collection(name).deleteMany({})));
  const { period, from } = MONTH;
  await mongoose.connection
    .collection<{ _id: string; account: string; period: string; from: Date; dueAt: Date }>('summary_schedules')
    .insertOne({ _id: id, account, period, from, dueAt: MONTH.to });
  const start = performance.now();
  const made = await makeDueSummaries({ ledger, log, pictureOf: () => undefined }, NEXT_DAY, () => false);
  const took = performance.now() - start;
  assert.equal(made, 1);
  assert.equal(await collection('outbox').countDocuments(), 1);
  return took;
}
