import { execFile } from 'node:child_process';

export type Run = { ok: true; output: string } | { ok: false; failure: string };

/** Runs a program to its end; a program that is missing, fails or takes too long is an answer, not an error. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; timeoutMs: number },
): Promise<Run> {
  return new Promise((resolve) => {
    const { env = process.env, timeoutMs } = options;
    execFile(program, args, { env, timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (!error) return resolve({ ok: true, output: stdout });
      const said = stderr.trim().split('\n').at(-1);
      if (error.code === 'ENOENT') return resolve({ ok: false, failure: 'there is no such program' });
      if (error.killed) return resolve({ ok: false, failure: `took more than ${timeoutMs / 1000} s` });
      resolve({ ok: false, failure: said || error.message });
    });
  });
}
