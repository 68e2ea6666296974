import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** Stripe's own stand-in: it checks requests against the OpenAPI description that it carries. */
const MODULE = 'github.com/stripe/stripe-mock@v0.203.0';

export interface StripeMock {
  apiUrl: string;
  /** Stripe's OpenAPI description, which the mock answers by. */
  openApiFile: string;
  stop(): Promise<void>;
}

/** Why the mock cannot be had, for people. */
export class NoStripeMock extends Error {}

const run = promisify(execFile);

/** Fetches and builds the mock with Go where that was not done before, and starts it on free ports of 127.0.0.1. */
export async function startStripeMock(): Promise<StripeMock> {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'workspaces-in-chat', 'stripe-mock');
  await mkdir(folder, { recursive: true });
  const module = await go(['mod', 'download', '-json', MODULE], 'fetching');
  const { Dir: source }: { Dir: string } = JSON.parse(module);
  const program = join(folder, `stripe-mock-${MODULE.split('@')[1]}`, 'stripe-mock');
  if (!(await exists(program))) await go(['install', MODULE], 'building', { GOBIN: join(program, '..') });
  const child = spawn(program, ['-http-addr', '127.0.0.1:0', '-https-addr', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    apiUrl: await addressOf(child),
    openApiFile: join(source, 'embedded', 'openapi', 'spec3.json'),
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function go(args: readonly string[], doing: string, more: Record<string, string> = {}): Promise<string> {
  try {
    const { stdout } = await run('go', args, { env: { ...process.env, ...more } });
    return stdout;
  } catch (error) {
    const { code, stderr = '', stdout = '' } = error as { code?: unknown; stderr?: string; stdout?: string };
    if (code === 'ENOENT')
      throw new NoStripeMock(
        'Go is not on PATH. stripe-mock is built with it: https://go.dev/doc/install, then again.',
      );
    throw new NoStripeMock(`${doing} ${MODULE} failed (go ${args.join(' ')}):\n${stderr || stdout}`);
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** It takes a free port and prints which. */
async function addressOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const address = /Listening for HTTP at address: (\S+)/.exec(line)?.[1];
    if (address) return `http://${address}`;
  }
  throw new NoStripeMock('stripe-mock ended before it listened.');
}
