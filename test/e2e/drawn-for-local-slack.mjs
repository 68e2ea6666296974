// The product as `npm start` runs it for local-slack, connected to what its environment names, without the demo account.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const load = (name) => import(pathToFileURL(join(process.env.PROGRAMS, name)).href);
const { readConfig, secretsOf } = await load('config.js');
const { createLog } = await load('log.js');
const { startProduct } = await load('product.js');
const { runUntilSignal } = await load('shutdown.js');

await runUntilSignal(async () => {
  const config = readConfig(process.env);
  const log = createLog({ level: config.logLevel, secrets: secretsOf(config) });
  return { log, stop: (await startProduct(config, log, 'local-slack')).stop };
});
