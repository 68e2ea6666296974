import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Call } from '../../src/cards/card.js';
import type { Answer } from '../../src/chat/invocation.js';
import type { Ledger } from '../../src/ledger/entry.js';
import type { Moves } from '../../src/ledger/moves.js';
import { setPrice } from '../../src/prices/set-price.js';
import { archiveTemplate } from '../../src/resources/change-template.js';
import { auditTrail } from '../../src/workspace/audit.js';
import type { Identity } from '../../src/workspace/identity.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { stock } from '../resources/stock.js';
import { ADAM, addTo, MIA, NOW, OLIVIA } from '../support/acme.js';
import { get, keyFor, patch, post, useApi } from '../usage/api.js';
import { callOf, firstLine, said, toldTo, useOffice } from './harness.js';

const office = useOffice();
/** The office's own: it is made anew for each test, as a ledger remembers lines. */
const ledgerOfTheDay = new Proxy<Ledger & Moves>(Object.create(null), {
  get: (_none, name) => Reflect.get(office().services.ledger, name),
});
const api = useApi(() => ledgerOfTheDay);
const marketing = () => office().acme.marketing.id;

let made: Awaited<ReturnType<typeof stock>>;
beforeEach(async () => {
  const { marketing: workspace, olivia } = office().acme;
  made = await stock(workspace, olivia);
  await credit(workspace.id, '1', 1_000);
});

const credit = (wallet: string, id: string, amountMinor: number) =>
  office().services.ledger.post({
    wallet,
    key: `topup:${id}`,
    kind: 'topup',
    amountMinor,
    contra: 'provider',
    at: NOW,
  });

/** A draft of Mia's, made as she would. */
async function draft(name = 'Spring', who: Identity = MIA): Promise<Answer> {
  const form = await office().type(who, `campaign new ${name}`);
  return office().submit(who, form, { name, template: made.template.id, list: made.list.id });
}

/** Reports usage as the engine does. */
async function use(events: readonly object[]) {
  const { account, olivia: owner, marketing: workspace } = office().acme;
  const key = await keyFor({ account, owner, workspace }, ['usage:write']);
  const { body } = await post<{ results: { status: string }[]; balanceMinor: number; availableMinor: number }>(
    `${api.url}/usage/events`,
    key,
    { events },
  );
  // The door has a clock of its own: what is asked after it comes after it.
  office().at = new Date(Math.max(Date.now(), office().at.getTime()));
  return { ...body, statuses: body.results.map(({ status }) => status) };
}

test('one that nobody ends is a finding of health, with the button that frees what is set aside', async () => {
  await office().press(MIA, callOf(await draft(), 'Start for £4.00'));
  const started = office().at.getTime();
  office().at = new Date(started + 13 * 86_400_000);
  expect(said(await office().type(ADAM, 'health'))).not.toContain('Spring');
  office().at = new Date(started + 15 * 86_400_000);
  const health = await office().type(ADAM, 'health');
  expect(said(health)).toContain('- Spring · running since 16 Nov 2026 · £4.00 set aside for it [Report] [End]');
  expect(firstLine(await office().press(ADAM, callOf(health, 'Report')))).toContain('Spring');
  await office().press(ADAM, callOf(await office().press(ADAM, callOf(health, 'End')), 'End Spring'));
  expect(said(await office().type(ADAM, 'health'))).not.toContain('Spring');
  expect(await office().services.ledger.head(marketing())).toMatchObject({ heldMinor: 0 });
});

describe('a campaign', () => {
  test('is drafted by a form, shows what it costs, is started, paid out of what was set aside, and ended', async () => {
    const drafted = await draft();
    expect(said(drafted)).toBe(
      [
        'Spring is drafted.',
        'Template: Greeting',
        'Contact list: Customers, 100 contacts',
        'Sends: as soon as it is started',
        'Estimate: £4.00 (sms, £0.04 each)',
        'Answers for it: Mia',
        '[Start for £4.00] [Change] [Archive]',
        'Marketing · £10.00',
      ].join('\n'),
    );
    const running = await office().press(MIA, callOf(drafted, 'Start for £4.00'));
    expect(firstLine(running)).toBe('Spring is running. £4.00 is set aside for it.');
    expect(said(running)).toContain('Still set aside: £4.00');

    const sent = await use([
      { id: 'e1', item: 'sms', quantity: 60, resource: 'spring' },
      { id: 'e2', item: 'sms', quantity: 10 },
    ]);
    expect(sent).toMatchObject({ statuses: ['accepted', 'accepted'], balanceMinor: 720, availableMinor: 560 });
    const now = said(await office().type(MIA, 'campaign Spring'));
    expect(now).toContain('Spent: £2.40\nStill set aside: £1.60');

    const asked = await office().type(MIA, 'campaign end Spring');
    expect(firstLine(asked)).toBe(
      'End Spring? £1.60 that is still set aside becomes free. What the engine reports after that counts against the balance.',
    );
    const ended = await office().press(MIA, callOf(asked, 'End Spring'));
    expect(firstLine(ended)).toBe('Spring has ended.');
    expect(said(ended)).toContain('Spent: £2.40');
    expect(await use([{ id: 'e1', item: 'sms', quantity: 60, resource: 'spring' }])).toMatchObject({
      statuses: ['duplicate'],
      balanceMinor: 720,
      availableMinor: 720,
    });
  });

  test('never gives what is set aside for it to anything else', async () => {
    await office().press(MIA, callOf(await draft(), 'Start for £4.00'));
    const other = [{ id: 'o1', item: 'print', amountMinor: 601 }];
    expect((await use(other)).statuses).toEqual(['insufficient']);
    const own = [{ id: 's1', item: 'sms', quantity: 100, resource: 'Spring' }];
    expect(await use(own)).toMatchObject({ statuses: ['accepted'], balanceMinor: 600, availableMinor: 600 });
    const more = [{ id: 's2', item: 'sms', quantity: 10, resource: 'Spring' }];
    expect(await use(more)).toMatchObject({ statuses: ['accepted'], balanceMinor: 560 });
  });

  test('above the amount of the policy is asked for by members, and runs as they are told', async () => {
    const { account, marketing: workspace, olivia, mia } = office().acme;
    const policy = { account, workspace: workspace.id, key: 'campaignApprovalAboveMinor', value: 300 } as const;
    await setPolicy({ ...policy, by: olivia.id, at: NOW });
    const drafted = await draft();
    expect(said(drafted)).toContain('Above £3.00 it takes a yes of Olivia or Adam.');
    const asked = await office().press(MIA, callOf(drafted, 'Ask to start for £4.00'));
    expect(firstLine(asked)).toMatch(/^Owners and admins start campaigns of that size/);
    expect(said(asked)).toContain("Marketing's policy “Members' campaigns that need a yes” says so.");
    const [request] = await toldTo({ person: olivia.id });
    expect(request).toContain('to start the campaign Spring for £4.00');
    expect(request).toContain('It sends Greeting to Customers (100).');
    expect(request).toContain('Marketing would have £6.00 left.');
    expect(firstLine(await office().type(ADAM, 'approve'))).toMatch(/^Approved/);
    expect((await toldTo({ person: mia.id })).at(-1)).toContain('Spring is running. £4.00 is set aside for it.');
    const [line] = await auditTrail({ account: account.id, limit: 50 }).then((lines) =>
      lines.filter(({ action }) => action === 'campaign.started'),
    );
    expect(line).toMatchObject({ by: mia.id, detail: { approvedBy: office().acme.adam.id } });
    expect(said(await office().type(ADAM, 'campaign start Spring'))).toContain('Still set aside: £4.00');
  });

  test('changed after it was asked for is not what was agreed to: a yes starts nothing', async () => {
    const { account, marketing: workspace, olivia, mia } = office().acme;
    const policy = { account, workspace: workspace.id, key: 'campaignApprovalAboveMinor', value: 300 } as const;
    await setPolicy({ ...policy, by: olivia.id, at: NOW });
    const stale = callOf(await draft(), 'Ask to start for £4.00');
    await office().press(MIA, stale);
    const form = await office().type(MIA, 'campaign change Spring');
    const sent = { name: 'Spring', template: made.template.id, list: made.list.id, sendAt: 'tomorrow 3:00' };
    await office().submit(MIA, form, sent);
    await office().type(ADAM, 'approve');
    expect((await toldTo({ person: mia.id })).at(-1)).toMatch(/^Adam said yes, but it did not work\..*\n.*Spring/);
    expect(said(await office().type(MIA, 'campaign Spring'))).toContain('[Ask to start for £4.00]');
    expect(firstLine(await office().press(MIA, stale))).toBe('Spring: draft');
  });

  test('up to the amount of the policy, and above it for admins, is started at once', async () => {
    const { account, marketing: workspace, olivia } = office().acme;
    const policy = { account, workspace: workspace.id, key: 'campaignApprovalAboveMinor' } as const;
    await setPolicy({ ...policy, value: 400, by: olivia.id, at: NOW });
    expect(firstLine(await office().press(MIA, callOf(await draft(), 'Start for £4.00')))).toMatch(
      /^Spring is running/,
    );
    await setPolicy({ ...policy, value: 100, by: olivia.id, at: NOW });
    const adams = await draft('Autumn', ADAM);
    expect(firstLine(await office().press(ADAM, callOf(adams, 'Start for £4.00')))).toMatch(/^Autumn is running/);
  });

  test('an estimate that was altered on its way in starts nothing and asks for nothing', async () => {
    const { account, marketing: workspace, olivia } = office().acme;
    const policy = { account, workspace: workspace.id, key: 'campaignApprovalAboveMinor', value: 300 } as const;
    await setPolicy({ ...policy, by: olivia.id, at: NOW });
    const call = callOf(await draft(), 'Ask to start for £4.00');
    const altered = (estimateMinor: number): Call => ({ ...call, args: { ...call.args, estimateMinor } });
    expect(firstLine(await office().press(MIA, altered(1)))).toBe(
      'Spring would cost £4.00 now, not £0.01, so nothing was started. Please look at it once more.',
    );
    expect(firstLine(await office().press(MIA, altered(999)))).toBe('Spring: draft');
    expect(await toldTo({ person: olivia.id })).toEqual([]);
  });
});

describe('too little balance', () => {
  beforeEach(async () => {
    await credit(office().acme.support.id, 's1', 5_000);
    await use([{ id: 'x', item: 'print', amountMinor: 900 }]);
  });

  test('keeps the draft and offers a top-up, and what a sibling could give; the rescue lets it start', async () => {
    const drafted = await draft('Spring', OLIVIA);
    expect(said(drafted)).toContain('Marketing has too little for it: £3.00 is missing.');
    const short = await office().press(OLIVIA, callOf(drafted, 'Start for £4.00'));
    expect(firstLine(short)).toBe(
      'Spring needs £4.00 and Marketing has £1.00. It stays a draft until the missing £3.00 is there.',
    );
    expect(said(short)).toContain('[Add £3.00] [Move £3.00 from Support] [Try again]');
    const preview = await office().press(OLIVIA, callOf(short, 'Move £3.00 from Support'));
    await office().press(OLIVIA, callOf(preview, 'Move £3.00'));
    expect(firstLine(await office().press(OLIVIA, callOf(short, 'Try again')))).toBe(
      'Spring is running. £4.00 is set aside for it.',
    );
  });

  test('names the requester’s other workspaces to nobody who says yes to their request', async () => {
    const { account, marketing: workspace, olivia, mia, support } = office().acme;
    await addTo(account, support, olivia, mia, 'admin');
    const policy = { account, workspace: workspace.id, key: 'campaignApprovalAboveMinor', value: 300 } as const;
    await setPolicy({ ...policy, by: olivia.id, at: NOW });
    const drafted = await draft();
    expect(said(drafted)).toContain('[Move £3.00 from Support]');
    await office().press(MIA, callOf(drafted, 'Ask to start for £4.00'));
    const answer = said(await office().type(ADAM, 'approve'));
    expect(answer).toContain('the missing £3.00');
    expect(answer).not.toContain('Support');
    expect((await toldTo({ person: mia.id })).at(-1)).toContain('the missing £3.00');
  });

  test('names no workspace that the person is not in, or could not take it from', async () => {
    const short = await office().press(MIA, callOf(await draft(), 'Start for £4.00'));
    expect(said(short)).toContain('[Add £3.00] [Try again]');
    expect(said(short)).not.toContain('Support');
  });
});

describe('campaigns', () => {
  test('are none at first, and say what they need', async () => {
    const { support } = office().acme;
    const empty = await office().type(OLIVIA, 'campaigns in:Support');
    expect(said(empty)).toContain('No campaigns yet. A campaign sends a template to a contact list');
    const needs = await office().press(OLIVIA, callOf(empty, 'New campaign'));
    expect(said(needs)).toBe(
      'A campaign sends a template to a contact list. Support still needs a text (a template) and people (a contact list).\n[New template] [Import contacts]\nSupport · £0.00',
    );
    expect(callOf(needs, 'New template')).toMatchObject({ command: 'template', workspace: support.id });
  });

  test('are listed newest first in pages, by state and by name, and opened', async () => {
    for (let i = 1; i <= 9; i++) {
      office().at = new Date(NOW.getTime() + i * 1_000);
      await draft(`Wave ${i}`);
    }
    const page = await office().type(MIA, 'campaigns');
    expect(said(page)).toContain('- Wave 9 · Draft, 16 Nov 2026 [Open]');
    expect(said(page)).not.toContain('Wave 1 ');
    const older = await office().press(MIA, callOf(page, 'Older'));
    expect(said(older)).toContain('- Wave 1 · Draft');
    expect(said(await office().type(MIA, 'campaigns running'))).toContain('No campaign is running.');
    expect(said(await office().type(MIA, 'campaign wave'))).toContain('With “wave” in the name.');
    expect(firstLine(await office().type(MIA, 'campaign wave 3'))).toBe('Wave 3: draft');
    expect(firstLine(await office().type(MIA, 'campaign Wbve 3'))).toBe(
      'There is no campaign called “Wbve 3” here. Did you mean Wave 3, Wave 9 or Wave 8?',
    );
  });

  test('are changed while they are drafts; what is wrong stands beside the field', async () => {
    const drafted = await draft();
    const form = await office().press(MIA, callOf(drafted, 'Change'));
    const keep = { name: 'Spring', template: made.template.id, list: made.list.id };
    const wrong = await office().submit(MIA, form, { ...keep, sendAt: '1/2' });
    expect(wrong).toMatchObject({
      kind: 'form',
      form: { fields: expect.arrayContaining([expect.objectContaining({ name: 'sendAt', initial: '1/2' })]) },
    });
    const past = await office().submit(MIA, form, { ...keep, sendAt: '2026-11-16 08:00' });
    expect(JSON.stringify(past)).toContain('a time that lies ahead');
    const changed = await office().submit(MIA, form, { ...keep, name: 'Spring sale', sendAt: 'tomorrow 9am' });
    expect(firstLine(changed)).toBe('Spring sale is changed.');
    expect(said(changed)).toContain('Sends: 17 Nov 2026, 09:00');
    const stale = await office().submit(MIA, form, { ...keep, name: 'Summer' });
    expect(firstLine(stale)).toBe('Somebody changed Spring sale since you looked. Please look at it once more.');
    const again = await office().press(MIA, callOf(changed, 'Change'));
    expect(JSON.stringify(again)).toContain('2026-11-17 09:00');
    expect(said(await office().submit(MIA, again, { ...keep, name: 'Spring sale' }))).toContain(
      'as soon as it is started',
    );
  });

  test('say why they cannot be started, and are archived and taken back', async () => {
    const { account, marketing: workspace, olivia } = office().acme;
    const drafted = await draft();
    const of = { account: account.id, workspace: workspace.id, by: olivia.id, at: NOW };
    await archiveTemplate({ ...of, template: made.template.id });
    const start = callOf(drafted, 'Start for £4.00');
    expect(firstLine(await office().press(MIA, start))).toBe(
      "Spring can't be started: its template Greeting is archived.",
    );
    const archived = await office().press(MIA, callOf(drafted, 'Archive'));
    expect(firstLine(archived)).toBe('Spring is archived.');
    expect(said(await office().type(MIA, 'campaigns archived'))).toContain('- Spring · Archived');
    expect(said(await office().press(MIA, callOf(archived, 'Take back')))).toContain(
      'its template Greeting is archived',
    );
    expect(firstLine(await office().press(MIA, { ...start, args: { ...start.args, campaign: 'nothing' } }))).toContain(
      'There is no campaign called “nothing” here.',
    );
  });

  test('a start at a price of its own time of sending', async () => {
    const { account, olivia } = office().acme;
    const dearer = {
      account: account.id,
      item: 'sms',
      priceMicro: 6_000_000,
      validFrom: new Date('2026-12-01T00:00:00Z'),
    };
    await setPrice({ ...dearer, by: olivia.id, at: NOW });
    const form = await office().type(MIA, 'new campaign Advent');
    const fields = { name: 'Advent', template: made.template.id, list: made.list.id, sendAt: '6 December 2026 10:00' };
    expect(said(await office().submit(MIA, form, fields))).toContain('Estimate: £6.00 (sms, £0.06 each)');
  });
});

describe('over /v1', () => {
  const engine = async () => {
    const { account, olivia: owner, marketing: workspace } = office().acme;
    return keyFor({ account, owner, workspace }, ['usage:write', 'resources:write']);
  };
  const resources = (id = '') => `${api.url}/resources${id && `/${id}`}`;

  test('a draft is made once for a key, started in chat, and ended by the engine, which releases the rest', async () => {
    const key = await engine();
    const wanted = {
      key: 'c-1',
      kind: 'campaign',
      name: 'Launch',
      template: made.template.id,
      contactList: made.list.id,
    };
    const { body: first, status } = await post<{ id: string }>(resources(), key, wanted);
    expect({ status, body: first }).toMatchObject({
      status: 200,
      body: { kind: 'campaign', state: 'draft', name: 'Launch' },
    });
    expect((await post<{ id: string }>(resources(), key, wanted)).body.id).toBe(first.id);
    const other = await post(resources(), key, { ...wanted, name: 'Another' });
    expect(other).toMatchObject({ status: 409, body: { type: 'urn:workspaces:problem:conflict' } });
    const early = await patch(resources(first.id), key, { kind: 'campaign', state: 'ended' });
    expect(early).toMatchObject({ status: 409, body: { type: 'urn:workspaces:problem:campaign-state' } });

    office().at = new Date(Math.max(Date.now(), office().at.getTime()));
    await office().press(MIA, callOf(await office().type(MIA, 'campaign start Launch'), 'Start for £4.00'));
    expect((await get(resources(first.id), key)).body).toMatchObject({
      state: 'running',
      hold: first.id,
      estimateMinor: 400,
    });
    await use([{ id: 'l1', item: 'sms', quantity: 70, resource: first.id }]);
    const done = { kind: 'campaign', state: 'ended' };
    for (const sent of [done, done]) {
      expect((await patch(resources(first.id), key, sent)).body).toMatchObject({ state: 'ended', spentMinor: 280 });
    }
    expect(await office().services.ledger.head(marketing())).toMatchObject({ balanceMinor: 720, heldMinor: 0 });
    const late = await patch(resources(first.id), key, { kind: 'campaign', name: 'Late' });
    expect(late).toMatchObject({ status: 409 });
  });

  test('what belongs to another workspace is not there', async () => {
    const { account, olivia: owner, support: workspace } = office().acme;
    const theirs = await keyFor({ account, owner, workspace }, ['resources:write']);
    const { body } = await post<{ id: string }>(resources(), await engine(), {
      ...{ key: 'c-2', kind: 'campaign', name: 'Ours', template: made.template.id, contactList: made.list.id },
    });
    expect((await get(resources(body.id), theirs)).status).toBe(404);
    expect((await patch(resources(body.id), theirs, { kind: 'campaign', name: 'Theirs' })).status).toBe(404);
    const taken = {
      key: 'c-3',
      kind: 'campaign',
      name: 'Taken',
      template: made.template.id,
      contactList: made.list.id,
    };
    expect((await post(resources(), theirs, taken)).status).toBe(404);
  });

  test('a report is kept by programs too', async () => {
    const key = await engine();
    const wanted = { key: 'r-1', kind: 'report', name: 'Weekly', item: 'sms', by: 'day', period: '7d' };
    const { body } = await post<{ id: string }>(resources(), key, wanted);
    expect(body).toMatchObject({ kind: 'report', name: 'Weekly', item: 'sms', by: 'day', period: '7d' });
    const archived = await patch(resources(body.id), key, { kind: 'report', archived: true });
    expect(archived.body).toMatchObject({ archived: true });
    const foreign = { ...wanted, key: 'r-2', name: 'Other', item: undefined, campaign: 'cp_nobody' };
    expect(await post(resources(), key, foreign)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'campaign' }] },
    });
  });
});

test('a command of another workspace’s card is refused to whoever is not in it', async () => {
  const call = callOf(await draft(), 'Start for £4.00');
  const answer = await office().press(MIA, { ...call, workspace: office().acme.support.id });
  expect(firstLine(answer)).toContain('not');
  const { entries } = await office().services.ledger.history(marketing(), { limit: 10, kind: 'hold' });
  expect(entries).toEqual([]);
});
