import { MongoServerError } from 'mongodb';

const SNAPSHOT_UNAVAILABLE = 246;

/**
 * What a read at snapshot finds: the mark and what it stands for as they were at one moment. None where the collection is
 * so new that no moment shows it whole: then the lines alone say it.
 */
export async function atOneMoment<T>(read: () => Promise<T[]>): Promise<T[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof MongoServerError && error.code === SNAPSHOT_UNAVAILABLE) return [];
    throw error;
  }
}
