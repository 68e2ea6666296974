import { existsSync } from 'node:fs';
import { readConfig, secretsOf } from './config.js';
import { createLog, type Log } from './log.js';
import { DATA_FOLDER, startProduct } from './product.js';
import { inOrder, runUntilSignal } from './shutdown.js';

/** Local mode first brings up what the product needs, and afterwards what people look at. */
async function start(): Promise<{ log: Log; stop(): Promise<void> }> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  if (config.mode === 'connected') {
    const log = createLog({ level: config.logLevel, secrets: secretsOf(config) });
    return { log, stop: (await startProduct(config, log, 'slack')).stop };
  }
  const { prepareLocalMode } = await import('./local/local-mode.js');
  const local = await prepareLocalMode(config, {
    folder: DATA_FOLDER,
    slackClient: !process.argv.includes('--no-slack-client'),
  });
  const log = createLog({ level: config.logLevel, secrets: secretsOf(local.settings), write: local.writeLog });
  try {
    const product = await startProduct(local.settings, log, 'local-slack');
    await local.open(product.ledger);
    return { log, stop: () => inOrder(product.stop, local.stop) };
  } catch (error) {
    await local.stop();
    throw error;
  }
}

await runUntilSignal(start);
