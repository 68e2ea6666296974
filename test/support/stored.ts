import type { Filter } from 'mongodb';
import mongoose from 'mongoose';

/** All that the database holds and that the filter finds, of every collection, as text that two moments compare by. */
export async function everythingStored(filter: Filter<{ _id: string }>): Promise<string> {
  const collections = await mongoose.connection.db!.collections();
  const found = await Promise.all(
    collections.map(async ({ collectionName: name }) => {
      const documents = mongoose.connection.db!.collection<{ _id: string }>(name).find(filter);
      return [name, await documents.sort({ _id: 1 }).toArray()] as const;
    }),
  );
  const filled = found.filter(([, documents]) => documents.length > 0);
  return JSON.stringify(filled.toSorted(([a], [b]) => a.localeCompare(b)));
}
