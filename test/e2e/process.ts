import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '../..');
const TSX = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;

export interface Running {
  /** All that it printed so far. */
  output(): string;
  /** Resolves once it has printed this; rejects if it ends before. */
  said(words: string): Promise<void>;
  /** Resolves with the exit code. */
  exited: Promise<number | null>;
  /** Asks it to stop, as an operator's Ctrl-C does; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** One of the repository's programs, in a folder of its own, with nothing of this shell's settings but what finds a mongod. */
export function run(
  script: string,
  options: { folder: string; env?: NodeJS.ProcessEnv; args?: readonly string[]; preload?: string },
): Running {
  const { PATH, HOME, XDG_CACHE_HOME, MONGOMS_SYSTEM_BINARY } = process.env;
  const preload = options.preload ? ['--require', options.preload] : [];
  const child = spawn(process.execPath, [...preload, '--import', TSX, join(ROOT, script), ...(options.args ?? [])], {
    cwd: options.folder,
    env: { PATH, HOME, XDG_CACHE_HOME, MONGOMS_SYSTEM_BINARY, ...options.env },
  });
  let output = '';
  const waiting = new Set<() => void>();
  const read = (chunk: Buffer): void => {
    output += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return {
    output: () => output,
    said: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.includes(words)) resolve();
        };
        waiting.add(look);
        look();
        void exited.then((code) => reject(new Error(`${script} ended with ${code}:\n${output}`)));
      }),
    exited,
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** Runs `npm run operator -- ...`'s program to its end; answers what it printed. Throws where it exits with another code. */
export async function operator(
  args: readonly string[],
  { folder, mongodbUri, exit = 0 }: { folder: string; mongodbUri: string; exit?: number },
): Promise<string> {
  const running = run('src/operator/main.ts', { folder, args, env: { MONGODB_URI: mongodbUri } });
  const code = await running.exited;
  if (code !== exit) throw new Error(`operator ${args.join(' ')} ended with ${code}:\n${running.output()}`);
  return running.output();
}
