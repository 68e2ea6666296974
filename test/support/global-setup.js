import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { tsImport } from 'tsx/esm/api';

/** One real replica set for the whole run; each test file takes a database of its own in it. Plain JavaScript: jest's transform does not reach here. */
export default async function startReplicaSet() {
  const { findMongod } = await tsImport('../../src/local/mongod.ts', import.meta.url);
  const mongod = await findMongod({ env: process.env });
  console.log(`mongod ${mongod.version}: ${mongod.path} (${mongod.how})`);
  // Also for test files that start a server of their own.
  process.env.MONGOMS_SYSTEM_BINARY = mongod.path;
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
  globalThis.replicaSet = await MongoMemoryReplSet.create({
    binary: { systemBinary: mongod.path },
    replSet: {
      count: 1,
      storageEngine: 'wiredTiger',
      args: ['--wiredTigerCacheSizeGB', '0.25', '--setParameter', 'enableTestCommands=1'],
    },
  });
  process.env.TEST_MONGODB_URI = globalThis.replicaSet.getUri();
}
