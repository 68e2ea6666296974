import { MongoMemoryReplSet } from 'mongodb-memory-server';

declare global {
  var replicaSet: MongoMemoryReplSet | undefined;
}

/** One real replica set for the whole run; each test file takes a database of its own in it. */
export default async function startReplicaSet(): Promise<void> {
  globalThis.replicaSet = await MongoMemoryReplSet.create({
    replSet: {
      count: 1,
      storageEngine: 'wiredTiger',
      args: ['--wiredTigerCacheSizeGB', '0.25', '--setParameter', 'enableTestCommands=1'],
    },
  });
  process.env['TEST_MONGODB_URI'] = globalThis.replicaSet.getUri();
}
