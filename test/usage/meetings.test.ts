import { beforeAll, describe, expect, test } from '@jest/globals';
import { createChannel } from '../../src/channels/channels.js';
import { meetingsHostedBy } from '../../src/meetings/meetings.js';
import { deleteMeeting } from '../../src/meetings/meetings.js';
import { ensurePerson } from '../../src/workspace/people.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { addTo } from '../support/acme.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, type Customer, get, JANUARY, keyFor, newCustomer, post, useApi } from './api.js';

useDatabase();
const ledger = useLedger();
const told: string[] = [];
const api = useApi(ledger, { meetings: { tell: async ({ title }) => void told.push(title), told: () => undefined } });

interface Body {
  status?: string;
  type?: string;
  detail?: string;
  errors?: { field: string; message: string }[];
  meeting?: Record<string, unknown>;
}

let acme: Customer;
let key: string;
let adam: string;
beforeAll(async () => {
  acme = await newCustomer(ledger());
  key = await keyFor(acme, ['meetings:write']);
  const identity = { platform: 'slack', tenant: acme.account.tenants[0]!.split(':')[1]!, user: 'U0ADAM' } as const;
  const profile = { name: 'Adam', email: 'adam@acme.com', emailVerified: true, standing: 'full' } as const;
  const person = await ensurePerson(acme.account, identity, profile, JANUARY);
  await addTo(acme.account, acme.workspace, acme.owner, person, 'member', JANUARY);
  adam = person.id;
});

const STARTS = '2026-11-01T14:00:00.000Z';
const meeting = (id: string, more: object = {}) => ({
  id,
  title: `Talk ${id}`,
  startsAt: STARTS,
  host: 'adam@acme.com',
  ...more,
});
const send = (body: unknown, by = key) => post<Body>(`${api.url}/meetings`, by, body);
const hosted = async () => {
  const page = { without: [], offset: 0, limit: 100 };
  return (await meetingsHostedBy({ account: acme.account.id, person: adam, ...page })).meetings;
};

test('POST /v1/meetings keeps it for its host, once for an id, and GET reads it as it is now', async () => {
  const body = meeting('rec-1', { endsAt: '2026-11-01T15:00:00Z', highlights: ['One'], link: 'https://rec.example/1' });
  const first = await send(body);
  expect(first).toMatchObject({
    status: 200,
    body: { status: 'accepted', meeting: { id: 'rec-1', host: { name: 'Adam' }, readBy: 'people' } },
  });
  const again = await Promise.all([send(body), send({ ...body, startsAt: '2026-11-01T15:00:00+01:00' })]);
  for (const answer of again) expect(answer).toMatchObject({ status: 200, body: { status: 'duplicate' } });
  expect(await send({ ...body, title: 'Other' })).toMatchObject({
    status: 409,
    body: {
      type: 'urn:workspaces:problem:conflict',
      detail: expect.stringContaining('first used for another meeting'),
    },
  });
  expect(told.filter((title) => title === 'Talk rec-1')).toHaveLength(1);
  const read = await get<Record<string, unknown>>(`${api.url}/meetings/rec-1`, key);
  expect(read).toMatchObject({ status: 200, body: { title: 'Talk rec-1', highlights: ['One'], collaborators: [] } });
});

test('many of the same at once are one meeting', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => send(meeting('rec-many'))));
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
  expect(answers.filter(({ body }) => body.status === 'accepted')).toHaveLength(1);
  expect((await hosted()).filter(({ title }) => title === 'Talk rec-many')).toHaveLength(1);
});

test('an id whose meeting was deleted is not used again', async () => {
  await send(meeting('rec-gone'));
  const gone = (await hosted()).find(({ title }) => title === 'Talk rec-gone')!;
  await deleteMeeting({ account: gone.account, workspace: gone.workspace, meeting: gone.id, by: adam, at });
  expect(await send(meeting('rec-gone'))).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('deleted') },
  });
  expect(await get(`${api.url}/meetings/rec-gone`, key)).toMatchObject({
    status: 404,
    body: { type: 'urn:workspaces:problem:unknown-meeting' },
  });
});

describe('what is wrong is named', () => {
  test.each<[string, object, string[]]>([
    ['a host who is nobody here', { host: 'nina@else.com' }, ['host']],
    ['a host by a chat account nobody has', { host: 'slack:T9:U9' }, ['host']],
    ['a collaborator', { collaborators: ['adam@acme.com', 'nina@else.com'] }, ['collaborators[1]']],
    ['an end before the beginning', { endsAt: '2026-11-01T13:00:00Z' }, ['endsAt']],
    ['a channel that is not there', { channel: 'Nowhere' }, ['channel']],
    ['a title with nothing to read', { title: ' ' }, ['title']],
    ['a link that is none', { link: 'javascript:alert(1)' }, ['link']],
    ['a field that is not known', { rating: 5 }, ['rating']],
  ])('%s', async (_what, more, fields) => {
    const { status, body } = await send(meeting('rec-wrong', more));
    expect({ status, fields: body.errors?.map(({ field }) => field) }).toEqual({ status: 400, fields });
    expect(await get(`${api.url}/meetings/rec-wrong`, key)).toMatchObject({ status: 404 });
  });
});

test('a key without the scope, and one of another workspace, reach nothing', async () => {
  await send(meeting('rec-ours'));
  const reader = await keyFor(acme, ['balance:read']);
  expect(await send(meeting('rec-x'), reader)).toMatchObject({ status: 403 });
  const other = await newCustomer(ledger());
  const theirs = await keyFor(other, ['meetings:write']);
  expect(await get(`${api.url}/meetings/rec-ours`, theirs)).toMatchObject({ status: 404 });
  expect(await send(meeting('rec-ours'), theirs)).toMatchObject({ status: 400, body: { errors: [{ field: 'host' }] } });
});

describe('who reads it from the beginning', () => {
  test('those of the channel that is named, where the host is in it', async () => {
    const where = { account: acme.account.id, workspace: acme.workspace.id, at };
    await createChannel({ ...where, name: 'Sales', kind: 'public', by: acme.owner.id });
    await createChannel({ ...where, name: 'Owners', kind: 'private', by: acme.owner.id });
    expect(await send(meeting('rec-sales', { channel: 'sales' }))).toMatchObject({
      body: { meeting: { readBy: 'channels' } },
    });
    expect(await send(meeting('rec-owners', { channel: 'Owners' }))).toMatchObject({ status: 400 });
  });

  test('what the policy says', async () => {
    const policy = { account: acme.account, workspace: acme.workspace.id, by: acme.owner.id, at } as const;
    await setPolicy({ ...policy, key: 'meetingVisibility', value: 'workspace' });
    expect(await send(meeting('rec-open'))).toMatchObject({ body: { meeting: { readBy: 'everybody' } } });
    await setPolicy({ ...policy, key: 'meetingSharing', value: 'private' });
    expect(await send(meeting('rec-closed'))).toMatchObject({ body: { meeting: { readBy: 'people' } } });
    expect(await send(meeting('rec-wide', { channel: 'Sales' }))).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'channel' }] },
    });
  });
});
