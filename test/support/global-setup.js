import { findMongod } from '../../src/local/mongod.ts';
import { compilePrograms } from './programs.ts';
import { startReplicaSet } from './replica-set.ts';

/** One real replica set for the whole run, in which each worker has a database of its own; and the product, compiled. */
export default async function startSharedReplicaSet() {
  const mongod = await findMongod({ env: process.env });
  console.log(`mongod ${mongod.version}: ${mongod.path} (${mongod.how})`);
  // Also for test files that start a server of their own.
  process.env.MONGOMS_SYSTEM_BINARY = mongod.path;
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
  process.env.TEST_PROGRAMS = await compilePrograms();
  globalThis.replicaSet = await startReplicaSet();
  process.env.TEST_MONGODB_URI = globalThis.replicaSet.getUri();
}
