import type { Document, Timestamp } from 'mongodb';
import mongoose from 'mongoose';
import { addIds, type Ids, idKey, latestWrite, writtenSince } from './oplog.js';

/** By the names of their collections, then by the keys of their ids. */
type Documents = ReadonlyMap<string, ReadonlyMap<string, Document>>;

const NOTHING: Documents = new Map();

/** What the connected database held at a moment of the server's. */
let known: { at: Timestamp; documents: Documents } | undefined;

/**
 * For what every test of a file begins with: made in an empty database the first time it is asked for, and from then on
 * put back as it stood then, of which only what was written since is touched. What it resolves with is the same each
 * time: ids stay, so that whoever remembers them, as a ledger does, must be made anew.
 */
export function restored<T>(setUp: () => Promise<T>): () => Promise<T> {
  let first: { value: T; documents: Documents } | undefined;
  return async () => {
    if (first) {
      await bringTo(first.documents);
      return first.value;
    }
    await emptyDatabase();
    const value = await setUp();
    const documents = await allDocuments();
    first = { value, documents };
    known = { at: await latestWrite(), documents };
    return value;
  };
}

/** Empties the database between tests, its indexes kept. */
export async function emptyDatabase(): Promise<void> {
  await (known ? bringTo(NOTHING) : emptyWholeDatabase());
}

/** As a file begins: whatever the file before it left, also what was still being written as it ended. */
export async function emptyWholeDatabase(): Promise<void> {
  const names = await filledCollections();
  await Promise.all(names.map((name) => mongoose.connection.db!.collection(name).deleteMany({})));
  known = { at: await latestWrite(), documents: NOTHING };
}

/** Has the database hold these documents and no others, from what it is known to have held and what was written since. */
async function bringTo(documents: Documents): Promise<void> {
  const { at, documents: before } = known!;
  const touched = await writtenSince(at, mongoose.connection.db!.databaseName);
  for (const some of before === documents ? [] : [before, documents])
    for (const [name, these] of some) addIds(touched, name, these.values());
  await Promise.all([...touched].map(([name, ids]) => putBack(name, ids, documents.get(name))));
  known = { at: await latestWrite(), documents };
}

async function putBack(name: string, ids: Ids, documents: ReadonlyMap<string, Document> | undefined): Promise<void> {
  const collection = mongoose.connection.db!.collection(name);
  await collection.deleteMany({ _id: { $in: [...ids.values()] as Document['_id'][] } });
  const wanted = [...ids.keys()].flatMap((key) => documents?.get(key) ?? []);
  if (wanted.length > 0) await collection.insertMany(wanted);
}

/** As they are stored: numbers keep their types. */
async function allDocuments(): Promise<Documents> {
  const read = async (name: string) => {
    const found = await mongoose.connection.db!.collection(name).find({}, { promoteValues: false }).toArray();
    return [name, new Map(found.map((document) => [idKey(document), document]))] as const;
  };
  return new Map(await Promise.all((await filledCollections()).map(read)));
}

/** The collections with a document in them, in one question to the server. */
async function filledCollections(): Promise<string[]> {
  const db = mongoose.connection.db!;
  const names = (await db.collections()).map(({ collectionName }) => collectionName);
  const [some, ...others] = names.filter((name) => !name.startsWith('system.'));
  if (some === undefined) return [];
  const oneOf = (name: string): Document[] => [{ $limit: 1 }, { $project: { _id: 0, name: { $literal: name } } }];
  const alsoOf = others.map((name) => ({ $unionWith: { coll: name, pipeline: oneOf(name) } }));
  const pipeline = [...oneOf(some), ...alsoOf];
  const found = await db
    .collection(some)
    .aggregate(pipeline, { readConcern: { level: 'local' } })
    .toArray();
  return found.map(({ name }) => name);
}
