import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A program of somebody else's that local mode runs beside itself. */
export interface Child {
  /** What the `ready` pattern matched. */
  ready: RegExpExecArray;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/** It went away before it was ready; `output` is the end of what it said. */
export class ChildFailed extends Error {
  readonly output: string;
  constructor(program: string, output: string) {
    super(`${program} did not start: ${output.trim().split('\n').at(-1) || 'it said nothing'}`);
    this.name = 'ChildFailed';
    this.output = output;
  }
}

const GUARD = fileURLToPath(new URL('./guard.cjs', import.meta.url));
const START_TIMEOUT_MS = 60_000;
const KEPT_OUTPUT = 20_000;

/**
 * Starts a program under the guard, which ends it even if this process is killed. Resolves once its output matches
 * `ready`; rejects with ChildFailed if it ends, or says nothing that matches, before that. All it says goes to `logFile`.
 */
export function startChild(options: {
  program: string;
  args: readonly string[];
  /** Some write files where they stand. */
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  ready: RegExp;
  logFile: string;
}): Promise<Child> {
  // Detached: an interrupt typed in the terminal is for this process, which ends its children in order.
  const guard = fork(GUARD, [options.program, ...options.args], {
    detached: true,
    execArgv: [],
    ...(options.cwd && { cwd: options.cwd }),
    env: { ...process.env, NODE_OPTIONS: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(options.logFile, { flags: 'w' });
  guard.stdout!.pipe(log);
  guard.stderr!.pipe(log);
  // Not 'close': that one never comes after a disconnect of ours.
  const gone = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    if (guard.connected) guard.disconnect();
    await gone;
  };
  return whenReady(guard, options).then((ready) => ({ ready, stop }));
}

function whenReady(guard: ChildProcess, options: { program: string; ready: RegExp }): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (): void => {
      clearTimeout(timer);
      reject(new ChildFailed(options.program, output));
    };
    const timer = setTimeout(() => {
      if (guard.connected) guard.disconnect();
      fail();
    }, START_TIMEOUT_MS);
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
      const match = options.ready.exec(output);
      if (!match) return;
      clearTimeout(timer);
      guard.stdout!.off('data', read);
      guard.stderr!.off('data', read);
      resolve(match);
    };
    guard.stdout!.on('data', read);
    guard.stderr!.on('data', read);
    guard.once('close', fail);
  });
}
