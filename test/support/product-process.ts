import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { program } from './programs.js';

/** A line of a process's log. */
export type LogLine = { msg?: string; reference?: string; [field: string]: unknown };

/** The real product in a process of its own, connected to a Slack that somebody stands in for. */
export interface ProductProcess {
  url: string;
  pid: number;
  log: readonly LogLine[];
  signal(signal: NodeJS.Signals): void;
  /** Resolves with the exit code, null where a signal ended it. */
  exited: Promise<number | null>;
  /** Ends it, unless it has ended, and removes its folder. */
  stop(): Promise<void>;
}

/** Resolves when it listens, on a port of its own choice; rejects with what it said if it ends before. */
export async function startProductProcess(options: {
  mongodbUri: string;
  slack: { signingSecret: string; botToken: string; apiUrl: string };
  nodeArgs?: readonly string[];
}): Promise<ProductProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'product-'));
  const { slack, mongodbUri, nodeArgs = [] } = options;
  const child = spawn(process.execPath, [...nodeArgs, program('main.js')], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      MONGODB_URI: mongodbUri,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
      ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      API_KEY_PEPPER: randomBytes(32).toString('hex'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit').then(([code]): number | null => code);
  const said: string[] = [];
  const log: LogLine[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const port = await new Promise<unknown>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry: LogLine = JSON.parse(line);
      log.push(entry);
      if (entry.msg === 'listening') resolve(entry['port']);
    });
    void exited.then((code) => reject(new Error(`the product ended with ${code}: ${said.join('')}`)));
  });
  return {
    url: `http://127.0.0.1:${String(port)}`,
    pid: child.pid!,
    log,
    signal: (signal) => void child.kill(signal),
    exited,
    async stop() {
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
