import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MongoClient } from 'mongodb';
import { verifyLedger } from '../../src/ledger/verify.js';
import { freshDatabaseUri } from '../support/database.js';
import { program } from '../support/programs.js';

const LATER = pathToFileURL(join(import.meta.dirname, 'later.mjs')).href;

const FOR_LOCAL_SLACK = join(import.meta.dirname, 'drawn-for-local-slack.mjs');

/** The settings of a chat platform: what the process is connected to. */
export type Settings = Readonly<Record<string, string>>;

/** The real product as a process of its own, with a working folder, a port and a database of its own. */
export class Product {
  readonly url: string;
  readonly folder: string;
  private readonly env: Settings;
  private readonly entry: string;
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(url: string, folder: string, env: Settings, entry: string) {
    this.url = url;
    this.folder = folder;
    this.env = env;
    this.entry = entry;
  }

  /** `client`: whose cards it draws. */
  static async start(settings: Settings, client: 'slack' | 'local-slack' = 'slack'): Promise<Product> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'product-'));
    const { PATH = '', HOME = '' } = process.env;
    const main = program('main.js');
    const env = {
      PATH,
      HOME,
      PROGRAMS: dirname(main),
      PORT: String(port),
      MONGODB_URI: freshDatabaseUri(),
      ENCRYPTION_KEYS: `e2e:${Buffer.alloc(32, 7).toString('base64')}`,
      API_KEY_PEPPER: 'a pepper of at least 32 characters',
      SUPPORT_CONTACT: 'help@workspaces.test',
      ...settings,
    };
    const entry = client === 'local-slack' ? FOR_LOCAL_SLACK : main;
    const product = new Product(`http://127.0.0.1:${port}`, folder, env, entry);
    await product.run();
    return product;
  }

  /** Stops it, and starts it again on the same data; `laterMs` moves its clock on from now. */
  async restart(laterMs = 0): Promise<void> {
    await this.end('SIGTERM');
    await this.run(laterMs);
  }

  /** What support types: `npm run operator -- ...`. Rejects where it did not happen. */
  async operator(...args: readonly string[]): Promise<string> {
    const operator = spawn(process.execPath, [program('operator/main.js'), ...args], {
      cwd: this.folder,
      env: this.env,
    });
    let said = '';
    for (const stream of [operator.stdout, operator.stderr])
      stream.on('data', (chunk: Buffer) => (said += String(chunk)));
    const code = await new Promise((resolve) => operator.once('close', resolve));
    if (code !== 0) throw new Error(`the operator's ${args.join(' ')} ended with ${String(code)}: ${said}`);
    return said;
  }

  /** Everything that it logged. */
  get log(): string {
    return this.output;
  }

  /** Stops it in order, and removes its database and folder. Rejects where it did not stop well, or its money is wrong. */
  async stop(): Promise<void> {
    const code = await this.end('SIGTERM');
    const client = new MongoClient(this.env['MONGODB_URI']!);
    const { findings } = await verifyLedger(client.db());
    await client.db().dropDatabase();
    await client.close();
    await rm(this.folder, { recursive: true, force: true });
    if (findings.length > 0) throw new Error(`the ledger is not sound: ${JSON.stringify(findings)}`);
    if (code !== 0) throw new Error(`the product ended with ${String(code)}: ${this.output.slice(-2_000)}`);
  }

  private async run(laterMs = 0): Promise<void> {
    const clock = laterMs > 0 ? ['--import', LATER] : [];
    const child = spawn(process.execPath, [...clock, this.entry], {
      cwd: this.folder,
      env: { ...this.env, LATER_MS: String(laterMs) },
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      const read = (chunk: Buffer): void => {
        this.output += String(chunk);
        said += String(chunk);
        if (said.includes('"msg":"listening"')) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('close', (code) => reject(new Error(`the product ended with ${String(code)}: ${said}`)));
    });
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (!child) return null;
    this.child = undefined;
    if (child.exitCode !== null) return child.exitCode;
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
    child.kill(signal);
    return closed;
  }
}

/** From now to the day after the month's end, in a zone near Greenwich: its summary is due by then. */
export function toNextMonthMs(): number {
  const now = new Date();
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 2, 12) - now.getTime();
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
