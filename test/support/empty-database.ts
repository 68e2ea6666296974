import type { Document } from 'mongodb';
import mongoose from 'mongoose';

/** By the names of their collections. */
type Documents = ReadonlyMap<string, Document[]>;

/**
 * For what every test of a file begins with: made in an empty database the first time it is asked for, and from then on
 * put back as it stood then, which takes a tenth of the time. What it resolves with is the same each time: ids stay, so
 * that whoever remembers them, as a ledger does, must be made anew.
 */
export function restored<T>(setUp: () => Promise<T>): () => Promise<T> {
  let first: { value: T; documents: Documents } | undefined;
  return async () => {
    await emptyDatabase();
    if (first) await putBack(first.documents);
    else {
      const value = await setUp();
      first = { value, documents: await allDocuments() };
    }
    return first.value;
  };
}

/** Empties the database between tests, its indexes kept. */
export async function emptyDatabase(): Promise<void> {
  const collections = await filledCollections();
  await Promise.all(collections.map((name) => mongoose.connection.db!.collection(name).deleteMany({})));
}

async function putBack(documents: Documents): Promise<void> {
  await Promise.all([...documents].map(([name, some]) => mongoose.connection.db!.collection(name).insertMany(some)));
}

/** As they are stored: numbers keep their types. */
async function allDocuments(): Promise<Documents> {
  const read = async (name: string) =>
    [name, await mongoose.connection.db!.collection(name).find({}, { promoteValues: false }).toArray()] as const;
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
