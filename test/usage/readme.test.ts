import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { OutcomeUnknown } from '../../src/ledger/outcome.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { keyFor, newCustomer, useApi } from './api.js';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const TSX = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;

/** The examples of the README, as they stand there. */
async function example(language: 'sh' | 'ts'): Promise<string> {
  const section = (await readFile(join(ROOT, 'README.md'), 'utf8')).split('\n## The HTTP API\n')[1] ?? '';
  const [, code] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(section) ?? [];
  if (code === undefined) throw new Error(`the README has no example in ${language}`);
  return code;
}

/** The first call is one too many, the answer of the second is lost. */
const troubles: RequestHandler[] = [
  (_request, response) => void response.status(429).set('retry-after', '0').json({}),
  (_request, response, next) => {
    response.end = () => {
      response.destroy();
      return response;
    };
    next();
  },
];

useDatabase();
const ledger = useLedger();
const api = useApi(ledger);
const troubled = useApi(
  () => {
    let unsure = true;
    return {
      ...ledger(),
      postMany: async (postings) => {
        const posted = await ledger().postMany(postings);
        if (!unsure) return posted;
        unsure = false;
        const reason = new OutcomeUnknown('ws', 'u:1', new Error('cut'));
        return posted.map((one, i) => (i === 0 ? { status: 'rejected', reason } : one));
      },
    };
  },
  {
    before: (request, response, next) =>
      (troubles.shift() ?? ((_request, _response, go) => go()))(request, response, next),
  },
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readme-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the calls of the README: an event, the balance, a hold, a capture, a contact list, the entries', async () => {
  const acme = await newCustomer(ledger());
  const KEY = await keyFor(acme, ['usage:write', 'balance:read', 'entries:read', 'resources:write']);
  const { stdout } = await run('bash', ['-euc', await example('sh')], { env: { ...process.env, API: api.url, KEY } });
  const [event, balance, hold, capture, list, ...csv] = stdout.trim().split(/\r?\n/);
  expect(JSON.parse(event!)).toMatchObject({ results: [{ id: 'e-1', status: 'accepted' }] });
  expect(JSON.parse(balance!)).toMatchObject({ balanceMinor: 9_988 });
  expect(JSON.parse(hold!)).toMatchObject({ status: 'accepted', heldMinor: 1_200 });
  expect(JSON.parse(capture!)).toMatchObject({ capturedMinor: 950, balanceMinor: 9_038, heldMinor: 0 });
  expect(JSON.parse(list!)).toMatchObject({ kind: 'contactList', contacts: 1 });
  expect(csv.map((line) => line.split(',')[2])).toEqual(['kind', 'usage', 'hold', 'usage']);
});

test('the client of the README: too many requests, a lost answer, an unknown outcome: each event counts once', async () => {
  const acme = await newCustomer(ledger());
  await writeFile(join(folder, 'client.mts'), await example('ts'));
  await writeFile(
    join(folder, 'main.mts'),
    `import { newId, report } from './client.mts';
    const events = Array.from({ length: 1_500 }, () => ({ id: newId(), item: 'sms', quantity: 1 }));
    const results = await report(events);
    console.log(JSON.stringify({ ids: events.map(({ id }) => id), statuses: results.map((one) => one?.status) }));`,
  );
  const KEY = await keyFor(acme, ['usage:write']);
  const { stdout } = await run(process.execPath, ['--import', TSX, join(folder, 'main.mts')], {
    env: { ...process.env, API: troubled.url, KEY },
  });
  const { ids, statuses }: { ids: string[]; statuses: string[] } = JSON.parse(stdout);
  expect(troubles).toEqual([]);
  expect(new Set(statuses)).toEqual(new Set(['accepted', 'duplicate']));
  expect((await ledger().head(acme.workspace.id))?.balanceMinor).toBe(10_000 - 4 * 1_500);
  expect(new Set(ids).size).toBe(1_500);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const times = ids.map((id) => id.slice(0, 13));
  expect(times).toEqual(times.toSorted());
}, 60_000);
