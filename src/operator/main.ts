import { existsSync } from 'node:fs';
import { plainText } from '../cards/plain-text.js';
import { refusalCard } from '../cards/refusals/refusal-card.js';
import { connectMongo, disconnectMongo, syncIndexes } from '../mongo.js';
import { Refusal } from '../refusal.js';
import { openDatabase } from './database.js';
import { SUBCOMMANDS } from './subcommands.js';
import { UsageFault } from './usage-fault.js';

/** `npm run operator -- SUB`: what support does from a shell. Exit code 1: it did not happen. */
async function main([name = 'help', ...args]: readonly string[]): Promise<boolean> {
  const subcommand = SUBCOMMANDS.find((candidate) => candidate.name === name);
  if (!subcommand) {
    if (name !== 'help') throw new UsageFault(`There is no ${name}.`);
    console.log(help());
    return true;
  }
  const work = subcommand.read(args);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const database = await openDatabase(process.env, '.data');
  try {
    await connectMongo(database.uri);
    await syncIndexes();
    const { done, lines } = await work(new Date());
    for (const line of lines) console.log(line);
    return done;
  } finally {
    await disconnectMongo();
    await database.stop();
  }
}

function help(): string {
  return ['npm run operator -- SUB, where SUB is one of', ...SUBCOMMANDS.map(({ usage }) => `  ${usage}`)].join('\n');
}

function explain(error: unknown): string {
  if (error instanceof Refusal) return plainText(refusalCard(error.reason));
  if (error instanceof UsageFault) return `${error.message}\n\n${help()}`;
  return error instanceof Error ? error.message : String(error);
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
