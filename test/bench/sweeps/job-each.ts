import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import type { Db } from 'mongodb';
import { makeDueSummaries, type SummaryDeps } from '../../../src/notices/summaries/summaries.js';

const JOBS = 'agendaSample';

/** Summaries by one Agenda job for each workspace, as Agenda comes; resolves with how many a minute. */
export async function jobForEach(db: Db, deps: SummaryDeps, workspaces: readonly string[], at: Date): Promise<number> {
  const schedules = db.collection<{ _id: string; dueAt: Date }>('summary_schedules');
  const agenda = new Agenda({ backend: new MongoBackend({ mongo: db, collection: JOBS }), name: 'bench' });
  await agenda.ready;
  let left = workspaces.length;
  const { promise, over } = ending();
  agenda.define<{ workspace: string }>('summary', async ({ attrs }) => {
    await schedules.updateOne({ _id: attrs.data.workspace }, { $set: { dueAt: at } });
    await makeDueSummaries(deps, at, () => false);
    if (--left === 0) over();
  });
  for (const workspace of workspaces) await agenda.schedule(new Date(), 'summary', { workspace });
  const began = performance.now();
  await agenda.start();
  await promise;
  const minutes = (performance.now() - began) / 60_000;
  await agenda.stop(false);
  return workspaces.length / minutes;
}

function ending(): { promise: Promise<void>; over: () => void } {
  let over: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (over = resolve));
  return { promise, over };
}
