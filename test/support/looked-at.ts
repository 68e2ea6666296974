import mongoose from 'mongoose';

/** What MongoDB went through to answer, whatever it sent back. */
export interface LookedAt {
  documents: number;
  keys: number;
}

interface Profiled {
  docsExamined?: number;
  keysExamined?: number;
}

/** Counts it with the server's profiler, which sees all that is asked of the connected database meanwhile. */
export async function lookedAt(work: () => Promise<unknown>): Promise<LookedAt> {
  const db = mongoose.connection.db!;
  await db.command({ profile: 2 });
  try {
    await work();
  } finally {
    await db.command({ profile: 0 });
  }
  const profiled = await db.collection<Profiled>('system.profile').find().toArray();
  await db.collection('system.profile').drop();
  const total = (of: keyof Profiled) => profiled.reduce((sum, one) => sum + (one[of] ?? 0), 0);
  return { documents: total('docsExamined'), keys: total('keysExamined') };
}
