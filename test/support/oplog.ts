import { BSON, type Document, type Timestamp } from 'mongodb';
import mongoose from 'mongoose';

/** Ids of documents, by their text, which is the same for the same id. */
export type Ids = Map<string, unknown>;

export function idKey({ _id }: Document): string {
  return BSON.EJSON.stringify(_id, { relaxed: false });
}

/** Adds the ids of documents of a collection to those that it has there. */
export function addIds(to: Map<string, Ids>, collection: string, documents: Iterable<Document>): void {
  const ids = to.get(collection) ?? new Map();
  to.set(collection, ids);
  for (const document of documents) ids.set(idKey(document), document['_id']);
}

/** The server's time of the last write that it has applied, whoever wrote it. */
export async function latestWrite(): Promise<Timestamp> {
  const { operationTime } = await mongoose.connection.db!.command({ ping: 1 });
  return operationTime;
}

interface Logged {
  op: string;
  ns: string;
  /** Of an insert or a deletion the document or its id; of a transaction its writes. */
  o: Document & { applyOps?: Logged[] };
  /** Of an update the document's id. */
  o2?: Document;
}

/** What was inserted, changed or deleted in a database after that time, by whatever client, by the names of its collections. */
export async function writtenSince(at: Timestamp, database: string): Promise<Map<string, Ids>> {
  const inDatabase = new RegExp(`^${database}\\.`);
  const logged = await mongoose.connection
    .getClient()
    .db('local')
    .collection<Logged>('oplog.rs')
    .find(
      { ts: { $gt: at }, $or: [{ ns: inDatabase }, { 'o.applyOps.ns': inDatabase }] },
      { projection: PARTS, promoteValues: false, readConcern: { level: 'local' } },
    )
    .toArray();
  const written = new Map<string, Ids>();
  for (const { op, ns, o, o2 } of logged.flatMap(single)) {
    if (!'iud'.includes(op) || !ns.startsWith(`${database}.`)) continue;
    addIds(written, ns.slice(database.length + 1), [op === 'u' ? o2! : o]);
  }
  return written;
}

const PARTS = {
  ...{ op: 1, ns: 1, 'o._id': 1, o2: 1 },
  ...{ 'o.applyOps.op': 1, 'o.applyOps.ns': 1, 'o.applyOps.o._id': 1, 'o.applyOps.o2': 1 },
};

/** A transaction's writes one by one. */
function single(logged: Logged): Logged[] {
  return logged.o.applyOps ? logged.o.applyOps.flatMap(single) : [logged];
}
