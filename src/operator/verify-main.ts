import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { readConfig } from '../config.js';
import { connectMongo, disconnectMongo } from '../mongo.js';
import { createProviderReport } from '../payments/provider-report.js';
import { createStripeProvider } from '../payments/stripe.js';
import { openDatabase } from './database.js';
import { verifyAll } from './verify.js';

/** `npm run verify [-- --account ID]`: prints what does not add up, and exits with 1 if anything does not. */
async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { account: { type: 'string' } } });
  if (existsSync('.env')) process.loadEnvFile('.env');
  const database = await openDatabase(process.env, '.data');
  try {
    await connectMongo(database.uri);
    const config = readConfig(process.env);
    const stripe = config.mode === 'connected' ? config.stripe : undefined;
    const report = stripe && createProviderReport(createStripeProvider(stripe));
    const { sound, lines } = await verifyAll(mongoose.connection.db!, values.account, new Date(), report);
    for (const line of lines) console.log(line);
    return sound;
  } finally {
    await disconnectMongo();
    await database.stop();
  }
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
