import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '../e2e/product.js';
import { freshDatabaseUri } from '../support/database.js';
import { program } from '../support/programs.js';

const LATER = pathToFileURL(join(import.meta.dirname, '../e2e/later.mjs')).href;

/** What `npm start` brings up on a newcomer's machine: the demo account and both chat clients. */
export class LocalMode {
  /** Addresses to open. */
  product = '';
  slack = '';
  teams = '';
  readonly folder: string;
  private readonly env: NodeJS.ProcessEnv;
  private end: () => Promise<void> = async () => undefined;

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.env = env;
  }

  static async start(): Promise<LocalMode> {
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, PORT: String(await freePort()), MONGODB_URI: freshDatabaseUri() };
    const local = new LocalMode(await mkdtemp(join(tmpdir(), 'local-mode-')), env);
    await local.run(0);
    return local;
  }

  /** Stops it, and starts it again on the same data with a clock that is ahead. */
  async restart(laterMs: number): Promise<void> {
    await this.end();
    await this.run(laterMs);
  }

  async stop(): Promise<void> {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async run(laterMs: number): Promise<void> {
    const clock = laterMs > 0 ? ['--import', LATER] : [];
    const child = spawn(process.execPath, [...clock, program('main.js')], {
      cwd: this.folder,
      env: { ...this.env, LATER_MS: String(laterMs) },
    });
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
    this.end = async () => {
      child.kill('SIGTERM');
      await closed;
    };
    let output = '';
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        if (output.includes('Three things to type')) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      void closed.then((code) => reject(new Error(`local mode ended with ${code}:\n${output}`)));
    });
    const addressOf = (label: string): string =>
      new RegExp(`${label}\\W+(http://127\\.0\\.0\\.1:\\d+)`).exec(output)?.[1] ?? '';
    this.product = addressOf('Mails');
    this.slack = addressOf('local-slack\\)');
    this.teams = addressOf('Playground\\)');
  }
}
