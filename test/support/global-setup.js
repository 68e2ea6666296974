import { tsImport } from 'tsx/esm/api';

/** One real replica set for the whole run; each test file takes a database of its own in it. Plain JavaScript: jest's transform does not reach here. */
export default async function startSharedReplicaSet() {
  const { findMongod } = await tsImport('../../src/local/mongod.ts', import.meta.url);
  const { startReplicaSet } = await tsImport('./replica-set.ts', import.meta.url);
  const mongod = await findMongod({ env: process.env });
  console.log(`mongod ${mongod.version}: ${mongod.path} (${mongod.how})`);
  // Also for test files that start a server of their own.
  process.env.MONGOMS_SYSTEM_BINARY = mongod.path;
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
  globalThis.replicaSet = await startReplicaSet();
  process.env.TEST_MONGODB_URI = globalThis.replicaSet.getUri();
}
