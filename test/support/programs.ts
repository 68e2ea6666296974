import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');
const KEPT = join(ROOT, '.test-build');

/** Compiles `src` once for a whole run, so that the processes of its tests start in half the time. Resolves with the folder. */
export async function compilePrograms(): Promise<string> {
  await mkdir(KEPT, { recursive: true });
  const folder = await mkdtemp(join(KEPT, 'run-'));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  // Types are `npm run check`'s matter.
  const args = ['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', folder, '--noCheck', '--incremental', 'false'];
  await promisify(execFile)(process.execPath, [tsc, ...args]);
  for (const preload of ['guard.cjs', 'listen-on-loopback.cjs'])
    await cp(join(ROOT, 'src/local', preload), join(folder, 'local', preload));
  return folder;
}

/** A program of `src`, to be run by Node.js: as this run compiled it, or beside this file where that is compiled itself. */
export function program(name: `${string}.js`): string {
  if (import.meta.filename.endsWith('.js')) return join(ROOT, 'src', name);
  return join(process.env['TEST_PROGRAMS']!, name);
}
