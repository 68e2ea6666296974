import { join } from 'node:path';
import { readConfig } from '../config.js';
import { type LocalDatabase, startDatabase } from '../local/database.js';
import { findMongod } from '../local/mongod.js';
import { runningDatabase } from '../local/running-database.js';

/**
 * The database an operator's command works on: the one that is configured; in local mode the one that `npm start` is
 * running, or else the same data opened for the time of the command. Throws ConfigFaults, MongodNotFound, DataInUse.
 */
export async function openDatabase(env: NodeJS.ProcessEnv, folder: string): Promise<LocalDatabase> {
  const { mongodbUri } = readConfig(env);
  const uri = mongodbUri ?? (await runningDatabase(folder));
  if (uri !== undefined) return { uri, stop: async () => undefined };
  const mongod = await findMongod({ env });
  return startDatabase({ mongod: mongod.path, folder, logFile: join(folder, 'mongod.log') });
}
