import { MongoMemoryReplSet } from 'mongodb-memory-server';

/**
 * A replica set of one, with fail points. Its journal is flushed every 2 ms and not every 100: a linearizable read waits
 * for that, and hears the same sooner.
 */
export function startReplicaSet(): Promise<MongoMemoryReplSet> {
  const quick = ['--wiredTigerCacheSizeGB', '0.25', '--journalCommitInterval', '2'];
  const args = [...quick, '--setParameter', 'enableTestCommands=1'];
  return MongoMemoryReplSet.create({ replSet: { count: 1, storageEngine: 'wiredTiger', args } });
}
