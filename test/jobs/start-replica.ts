import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Replica {
  process: ChildProcess;
  /** Resolves when it has said that line; rejects if it ends first. */
  says(line: string): Promise<void>;
  said(): readonly string[];
  tell(): void;
  ended: Promise<void>;
}

/** Starts test/jobs/replica.ts as a process of its own, on this test file's database. */
export function startReplica(uri: string, role: 'dispatch' | 'clock' | 'sweep', at: Date, stopAt?: string): Replica {
  const script = fileURLToPath(new URL('./replica.ts', import.meta.url));
  const args = ['--import', 'tsx', script, uri, role, at.toISOString(), ...(stopAt ? [stopAt] : [])];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const said: string[] = [];
  const waiting = new Set<() => void>();
  const lines = createInterface({ input: child.stdout });
  const look = () => {
    for (const check of waiting) check();
  };
  lines.on('line', (line) => {
    said.push(line);
    look();
  });
  let over = false;
  const ended = new Promise<void>((resolve) => {
    lines.once('close', () => {
      over = true;
      look();
      resolve();
    });
  });
  return {
    process: child,
    ended,
    said: () => said,
    tell: () => void child.stdin.write('go\n'),
    says: (line) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (said.includes(line)) resolve();
          else if (over) reject(new Error(`it never said ${line}, but: ${said.join(' | ')}`));
          else return;
          waiting.delete(check);
        };
        waiting.add(check);
        check();
      }),
  };
}
