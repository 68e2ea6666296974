import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { findMongod } from '../../src/local/mongod.js';

declare global {
  var replicaSet: MongoMemoryReplSet | undefined;
}

/** One real replica set for the whole run; each test file takes a database of its own in it. */
export default async function startReplicaSet(): Promise<void> {
  const mongod = await findMongod({ env: process.env });
  console.log(`mongod ${mongod.version}: ${mongod.path} (${mongod.how})`);
  process.env['MONGOMS_SYSTEM_BINARY_VERSION_CHECK'] = 'false';
  globalThis.replicaSet = await MongoMemoryReplSet.create({
    binary: { systemBinary: mongod.path },
    replSet: {
      count: 1,
      storageEngine: 'wiredTiger',
      args: ['--wiredTigerCacheSizeGB', '0.25', '--setParameter', 'enableTestCommands=1'],
    },
  });
  process.env['TEST_MONGODB_URI'] = globalThis.replicaSet.getUri();
}
