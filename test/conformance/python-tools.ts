import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** From PyPI, pinned: what they find in the same document stays the same. */
const PACKAGES = ['schemathesis==4.32.5', 'openapi-spec-validator==0.9.0'] as const;

/** There is no Python with pip. */
export class NoPython extends Error {}

/** Runs a module of the packages in a folder where it may leave things; resolves with its exit code and everything it printed. */
export type RunModule = (
  name: string,
  args: readonly string[],
  cwd: string,
) => Promise<{ code: number; output: string }>;

/** The packages in a folder of our own, kept for the next run. Needs Python 3.10 with pip, and PyPI the first time. */
export async function pythonTools(): Promise<RunModule> {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(cache, 'workspaces-in-chat', PACKAGES.join('+').replaceAll('==', '-'));
  if (!existsSync(folder)) await install(folder);
  return (name, args, cwd) =>
    run(['-m', name, ...args], { cwd, env: { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' } });
}

/** Under another name until it is whole. */
async function install(folder: string): Promise<void> {
  const half = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  try {
    const asked = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', half, ...PACKAGES];
    const { code, output } = await run(asked);
    if (code !== 0) throw new NoPython(`pip could not install ${PACKAGES.join(' and ')}: ${output.slice(-1_000)}`);
    await rename(half, folder);
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

async function run(
  args: readonly string[],
  { cwd, env }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<{ code: number; output: string }> {
  const child = spawn('python3', args, {
    ...(cwd && { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  try {
    const [code] = await once(child, 'close');
    return { code: typeof code === 'number' ? code : 1, output: output.join('') };
  } catch (error) {
    throw new NoPython('python3 could not be started', { cause: error });
  }
}
