import { inTransaction } from '../mongo.js';
import type { ClientRequest } from '../resources/client-request.js';
import { digest } from '../workspace/canonical.js';
import { Problem } from './problem.js';

interface Made {
  name: string;
  client?: ClientRequest;
}

/**
 * Makes a resource once for each key of the caller, whoever repeats the call and when.
 * @throws Problem 409 where the key was used for something else
 */
export async function onceForKey<T extends Made>(
  { key, ...asked }: { key: string; kind: string },
  how: { earlier(key: string): Promise<T | undefined>; make(client: ClientRequest): Promise<T> },
): Promise<T> {
  const client = { key, hash: digest(asked) };
  const earlier = await how.earlier(key);
  if (earlier) return same(earlier, client, asked.kind);
  try {
    return await how.make(client);
  } catch (error) {
    // Somebody may have been faster under the same key, and has the name too. What a transaction has just met, a read
    // of what a majority has may not see yet; another transaction does.
    const first = await inTransaction(() => how.earlier(key));
    if (!first) throw error;
    return same(first, client, asked.kind);
  }
}

function same<T extends Made>(made: T, { hash }: ClientRequest, kind: string): T {
  if (made.client?.hash === hash) return made;
  throw new Problem(409, `This key was first used for the ${kind} ${JSON.stringify(made.name)}.`, { kind: 'conflict' });
}
