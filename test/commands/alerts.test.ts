import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { inTransaction } from '../../src/mongo.js';
import { createAlertWatch } from '../../src/notices/alerts/alert-watch.js';
import { enrolForAlerts, lookAtDue } from '../../src/notices/alerts/looks.js';
import { tellAutomatic } from '../../src/notices/payments/automatic-notices.js';
import { setEndpoint } from '../../src/webhooks/endpoints.js';
import { disableAccount } from '../../src/workspace/accounts.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { bindChannel, bindingsOf } from '../../src/workspace/bindings.js';
import type { Workspace } from '../../src/workspace/entities.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';
import { ADAM, addTo, MAX, MIA, OLIVIA, TEAM } from '../support/acme.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();
const HOUR_MS = 3_600_000;
const log = { error: (fault: object) => expect(fault).toBeUndefined() };
const later = (hours: number) => new Date(office().at.getTime() + hours * HOUR_MS);
let keys = 0;

async function bind(workspace: Workspace, channel: string): Promise<void> {
  const { account, olivia } = office().acme;
  const to = { platform: 'slack', tenant: TEAM, channel, channelName: channel } as const;
  const by = { account: account.id, by: olivia.id, at: office().at };
  await bindChannel({ ...to, ...by, workspace: workspace.id, purposes: ['alerts'] });
}

async function post(
  workspace: Workspace,
  kind: 'topup' | 'usage',
  amountMinor: number,
  at = office().at,
): Promise<void> {
  const contra = kind === 'topup' ? 'provider' : 'revenue';
  const signed = kind === 'topup' ? amountMinor : -amountMinor;
  const posting = { wallet: workspace.id, key: `${kind}:${++keys}`, kind, contra, amountMinor: signed, at } as const;
  await office().services.ledger.post({ ...posting, ...(kind === 'topup' && { person: office().acme.olivia.id }) });
}

/** A top-up, and then days of spending; it is the day after them. */
async function spendDaily(workspace: Workspace, topUpMinor: number, minor: number, days = 11): Promise<void> {
  await post(workspace, 'topup', topUpMinor);
  for (let day = 0; day < days; day++) await post(workspace, 'usage', minor, later(24 * day));
  office().at = later(24 * days);
}

/** What is told of the lines that crossed a threshold. */
async function derive(hours = 0): Promise<void> {
  await createAlertWatch({ ledger: office().services.ledger, log, onDerived: () => undefined }).runOnce(later(hours));
}

/** Everything is looked at that is due by then. */
async function look(hours: number): Promise<void> {
  await enrolForAlerts(office().at);
  await mongoose.connection.collection('alerts').updateMany({}, { $min: { lookAt: later(hours) } });
  await lookAtDue({ ledger: office().services.ledger, log }, later(hours), () => false);
}

/** The messages of a channel, new ones and edits, in order, by their first lines. */
async function channel(name = 'C0M'): Promise<string[]> {
  return (await toldTo({ channel: name })).map((words) => words.split('\n')[0]!);
}

/** Marketing's alert stands in its channel: Low, £18.40. */
async function low(): Promise<void> {
  const { marketing } = office().acme;
  await bind(marketing, 'C0M');
  await post(marketing, 'topup', 10_000);
  await post(marketing, 'usage', 8_160);
  await derive();
}

describe('when it warns', () => {
  test('is shown to everybody, and changed by those who may', async () => {
    expect(said(await office().type(MIA, 'alerts'))).toContain('It also warns with fewer than 5 days left');
    expect(firstLine(await office().type(MIA, 'alerts at 30%'))).toContain("You can't change the alerts");
    const changed = said(await office().type(ADAM, 'alerts at 30% / 8d'));
    expect(changed).toContain('Marketing warns under 30 % of the balance after the last credit, and again under 10 %.');
    expect(changed).toContain('It also warns with fewer than 8 days left, and again with fewer than 4.');
    expect(said(await office().type(ADAM, 'alerts at days off'))).not.toContain('days left');
    expect(said(await office().type(ADAM, 'alerts at £50'))).toContain('warns under 30 % of');
    expect(said(await office().type(ADAM, 'alerts at no percentage'))).toContain('Marketing warns under £50.00.');
    expect(said(await office().type(ADAM, 'alerts at 1% or no amount'))).toContain(
      'Marketing warns under 1 % of the balance after the last credit.',
    );
    const { account, marketing } = office().acme;
    const trail = await auditTrail({ account: account.id, workspace: marketing.id, limit: 6 });
    expect(trail.slice(3).map(({ action, detail }) => [action, detail?.['days']])).toEqual([
      ['alerts.changed', 'off'],
      ['alerts.changed', undefined],
      ['alerts.changed', 8],
    ]);
  });

  test.each([
    ['alerts quiet 22:00-7:00', 'Quiet from 22:00 to 07:00 (Europe/London)'],
    ['alerts quiet 10pm to 6.30am', 'Quiet from 22:00 to 06:30'],
    ['quiet hours 22 until 7', 'Quiet from 22:00 to 07:00'],
    ['alerts direct 3', 'at most 3 alerts a day directly'],
    ['alerts direct 0', 'You get no alerts directly.'],
    ['alerts direct lots', 'a number from 0 to 100'],
    ['alerts quiet 25-7', 'two times like 22:00-7:00, or off'],
    ['alerts quiet 7-7', 'two times like 22:00-7:00, or off'],
    ['alerts at 0 days', '1 to 90 days'],
    ['alerts at 120%', 'a percentage from 1 to 99'],
  ])('%s', async (typed, words) => {
    expect(said(await office().type(ADAM, typed))).toContain(words);
  });

  test.each([
    ['Change', '20% or 3 days', 'fewer than 3 days left'],
    ['Quiet hours', '21:00-6:00', 'Quiet from 21:00 to 06:00'],
    ['My direct alerts', '5', 'at most 5 alerts a day'],
  ])('the form behind %s', async (button, value, words) => {
    const form = await office().press(ADAM, callOf(await office().type(ADAM, 'alerts'), button));
    const [field] = form.kind === 'form' ? form.form.fields : [];
    expect(said(await office().submit(ADAM, form, { [field!.name]: value }))).toContain(words);
  });
});

describe('a snooze', () => {
  test('is seen in the message and its thread, holds back what gets worse, and ends', async () => {
    await low();
    const { marketing } = office().acme;
    const [alert] = await outbox();
    expect(said(await office().press(MIA, callOf(alert!.card, 'Snooze')))).toContain("You can't change the alerts");
    const form = await office().press(ADAM, callOf(alert!.card, 'Snooze'));
    const snoozed = await office().submit(ADAM, form, { until: '4h', why: 'payday is Friday' });
    expect(said(snoozed)).toContain("Marketing's alert is snoozed until ");
    const edited = (await outbox()).find(({ revision }) => revision === 2);
    expect(edited).toMatchObject({ subject: alert!.subject });
    expect(edited!.anew).toBeUndefined();
    expect(said({ kind: 'open', card: edited!.card })).toMatch(/Snoozed until .* by Adam: “payday is Friday”/);
    expect((await outbox()).map(({ under }) => under)).toContain(alert!.subject);
    await post(marketing, 'usage', 1_000);
    await derive(1);
    const held = (await outbox()).at(-1)!;
    expect([held.card.heading?.text.slice(0, 8), held.anew]).toEqual(['Very low', undefined]);
    await look(3);
    expect((await outbox()).at(-1)!.id).toBe(held.id);
    await look(5);
    const told = (await outbox()).at(-1)!;
    expect([told.card.heading?.text.slice(0, 8), told.anew]).toEqual(['Very low', true]);
    const { account } = office().acme;
    const [line] = await auditTrail({ account: account.id, workspace: marketing.id, limit: 1 });
    expect(line).toMatchObject({ action: 'alerts.snoozed', detail: { why: 'payday is Friday' } });
  });

  test('does not hold back that it is empty', async () => {
    await low();
    await office().type(ADAM, 'snooze 4h because payday');
    await post(office().acme.marketing, 'usage', 1_840);
    await derive(1);
    const told = (await outbox()).at(-1)!;
    expect([told.card.name, told.anew]).toEqual(['alert-empty', true]);
    expect(said({ kind: 'open', card: told.card })).not.toContain('Snoozed');
  });

  test('is ended by whoever may', async () => {
    await low();
    await office().type(ADAM, 'alerts snooze tomorrow because payday');
    expect(firstLine(await office().type(OLIVIA, 'alerts wake'))).toContain("Marketing's alert goes on");
    expect(await channel()).toContain("Olivia ended the snooze of Marketing's alert.");
  });

  test.each([
    ['alerts snooze 4h because payday', 'Marketing has no alert now, so there is nothing to snooze.'],
    ['alerts wake', 'Marketing has no alert now, so there is nothing to snooze.'],
    ['alerts snooze 40d because payday', 'a time like 4h, tomorrow or Friday 14:00'],
    ['alerts snooze sometime because payday', 'a time like 4h, tomorrow or Friday 14:00'],
    ['alerts snooze 4h', 'form: alerts-snooze'],
    ['snooze', 'form: alerts-snooze'],
  ])('%s', async (typed, words) => {
    expect(said(await office().type(ADAM, typed))).toContain(words);
  });
});

describe('days left', () => {
  test('warn by themselves where the percentage does not, and clear again', async () => {
    const { account, marketing, olivia } = office().acme;
    await bind(marketing, 'C0M');
    const endpoint = { account: account.id, workspace: marketing.id, by: olivia.id, at: office().at };
    const sealing = { encrypt: (plain: string) => plain, decrypt: (sealed: string) => sealed };
    await setEndpoint(sealing, { ...endpoint, url: new URL('https://acme.example/events') });
    await spendDaily(marketing, 100_000, 6_000);
    await look(1);
    expect(await channel()).toEqual([]);
    await post(marketing, 'usage', 7_000);
    await look(2);
    expect(await channel()).toEqual(['Low: Marketing has £270.00. About 4 days left.']);
    await look(3);
    expect(await channel()).toHaveLength(1);
    await post(marketing, 'topup', 50_000, later(4));
    await look(5);
    expect((await channel()).at(-1)).toBe('All clear. Olivia added £500.00. Balance £770.00.');
    const events = await mongoose.connection.collection('webhook_deliveries').find().sort({ at: 1 }).toArray();
    expect(events.map(({ body }) => JSON.parse(String(body)))).toMatchObject([
      { type: 'balance.low', data: { by: 'days', level: 'low', before: 'ok', daysLeft: 4, balanceMinor: 27_000 } },
      { type: 'balance.recovered', data: { by: 'days', level: 'ok', before: 'low', balanceMinor: 77_000 } },
    ]);
  });

  test('do not warn where balance is added in time by itself', async () => {
    const { marketing, account, olivia } = office().acme;
    await bind(marketing, 'C0M');
    await spendDaily(marketing, 100_000, 7_000);
    await mongoose.connection.collection<{ _id: string }>('automatic_payments').insertOne({
      ...{ _id: marketing.id, account: account.id, by: olivia.id, version: 1, attempts: 0, episode: 0, declines: 0 },
      ...{ below: { belowMinor: 5_000, addMinor: 20_000 }, tally: { period: '2026-11', minor: 0 } },
    });
    await look(1);
    expect(await channel()).toEqual([]);
  });
});

test('a day that takes far more than usual is told, once', async () => {
  const { marketing } = office().acme;
  await bind(marketing, 'C0M');
  await spendDaily(marketing, 1_000_000, 1_000, 21);
  await look(1);
  expect(await channel()).toEqual([]);
  await post(marketing, 'usage', 9_000, later(2));
  await look(3);
  await look(5);
  expect(await channel()).toEqual(['Unusual: Marketing spent £90.00 today. Such a day usually takes about £10.00.']);
  await look(26);
  expect(await channel()).toHaveLength(1);
});

test('a day that became unusual in its last hours, or in quiet ones, is told the day after', async () => {
  const { marketing } = office().acme;
  await bind(marketing, 'C0M');
  await office().type(ADAM, 'alerts quiet 20:00-7:00');
  await spendDaily(marketing, 1_000_000, 1_000, 21);
  await post(marketing, 'usage', 9_000, later(14.5));
  await look(14.8);
  expect(await channel()).toEqual([]);
  await look(23);
  await look(25);
  expect(await channel()).toEqual([
    'Unusual: Marketing spent £90.00 yesterday. Such a day usually takes about £10.00.',
  ]);
});

describe('quiet hours', () => {
  test('hold back a new alert until they end, and then tell how it stands', async () => {
    await office().type(ADAM, 'alerts quiet 8:00-12:00');
    await low();
    expect(await channel()).toEqual([]);
    await look(2);
    expect(await channel()).toEqual([]);
    await look(3);
    expect(await channel()).toEqual(['Low: Marketing has £18.40, under 20 %. Too new to guess days.']);
  });

  test('do not hold back that it is empty', async () => {
    await office().type(ADAM, 'alerts quiet 8:00-12:00');
    const { marketing } = office().acme;
    await bind(marketing, 'C0M');
    await post(marketing, 'topup', 10_000);
    await post(marketing, 'usage', 10_000);
    await derive();
    expect(await channel()).toEqual(['Empty: Marketing has £0.00.']);
  });
});

describe('what somebody does about it', () => {
  test('shows in the message: asked for, being paid, all clear', async () => {
    await low();
    const { marketing } = office().acme;
    await office().press(MIA, { command: 'topup', args: { ask: true, amount: '100' }, workspace: marketing.id });
    expect((await toldTo({ channel: 'C0M' })).join('\n\n')).toContain('days.\nMia asked for £100.00.\n');
    await office().type(OLIVIA, 'topup 100');
    expect((await toldTo({ channel: 'C0M' })).join('\n\n')).toContain('days.\nOlivia is paying £100.00.\n');
    await office().type(OLIVIA, 'topup 100');
    expect(await channel()).toHaveLength(3);
    await post(marketing, 'topup', 10_000, later(1));
    await derive(1);
    expect((await channel()).at(-1)).toBe('All clear. Olivia added £100.00. Balance £118.40.');
  });

  test('is over once balance came in, where the alert goes on', async () => {
    const { account, marketing, olivia } = office().acme;
    await bind(marketing, 'C0M');
    await spendDaily(marketing, 70_000, 6_000);
    await look(1);
    const last = async () => (await toldTo({ channel: 'C0M' })).at(-1);
    await office().type(OLIVIA, 'topup 50');
    expect(await last()).toContain('Olivia is paying £50.00.');
    await post(marketing, 'topup', 5_000, later(1));
    await look(2);
    expect(await last()).toMatch(/^Very low: Marketing has £90.00. About 1 day left/);
    expect(await last()).not.toContain('is paying');
    const topUps = mongoose.connection.collection<{ _id: string; state: string; createdAt: Date }>('top_ups');
    const paid = { account: account.id, workspace: marketing.id, by: olivia.id, amountMinor: 5_000, currency: 'GBP' };
    await topUps.insertOne({ _id: 'top_1', ...paid, state: 'processing', createdAt: later(2) });
    await look(3);
    expect(await last()).toContain('£50.00 by Olivia is on its way.');
    await topUps.updateOne({ _id: 'top_1' }, { $set: { state: 'failed' } });
    await look(4);
    expect(await last()).not.toContain('is on its way');
  });

  test('is not lost where two do something at once', async () => {
    await low();
    const topUp = office().type(OLIVIA, 'topup 100');
    await Promise.all([office().type(ADAM, 'snooze 4h because payday'), topUp]);
    const shown = (await outbox()).filter(({ subject }) => subject !== undefined);
    expect(shown.map(({ revision }) => revision)).toEqual([1, 2, 3]);
    const last = said({ kind: 'open', card: shown.at(-1)!.card });
    expect(last).toContain('Olivia is paying £100.00.');
    expect(last).toContain('by Adam: “payday”');
  });

  test('or what did not work: an automatic payment that failed is in the message, with when it is tried again', async () => {
    await low();
    const { marketing, account, olivia } = office().acme;
    const nextTryAt = later(24);
    const where = { account: account.id, workspace: marketing.id };
    await mongoose.connection.collection<{ _id: string }>('automatic_payments').insertOne({
      ...{ _id: marketing.id, account: account.id, by: olivia.id, version: 1, attempts: 1, episode: 1, declines: 1 },
      ...{ below: { belowMinor: 5_000, addMinor: 20_000 }, tally: { period: '2026-11', minor: 0 }, nextTryAt },
      ...{ lastDecline: { code: 'insufficient_funds', card: 'pm_1' } },
    });
    const charge = { kind: 'below', amountMinor: 20_000 } as const;
    const declined = { kind: 'declined', charge, code: 'insufficient_funds', nextTryAt, triesLeft: 3 } as const;
    await inTransaction(() => tellAutomatic(office().services.ledger)({ id: 'declined:1', ...where, ...declined }));
    await lookAtDue({ ledger: office().services.ledger, log }, office().at, () => false);
    expect((await toldTo({ channel: 'C0M' })).join('\n')).toContain(
      'Automatic: adds £200.00 below £50.00, but the last try did not go through: the card has too little money on it. Next try 17 November 9:00',
    );
    expect(await toldTo({ channel: 'C0M' })).toHaveLength(3);
  });

  test('keeps the owners from being told directly; nobody doing anything has them told, once', async () => {
    await low();
    const { marketing, olivia } = office().acme;
    await look(23);
    expect(await toldTo({ person: olivia.id })).toEqual([]);
    await look(25);
    expect(await toldTo({ person: olivia.id })).toEqual([]);
    await post(marketing, 'usage', 100, later(25));
    await look(26);
    const [direct] = await toldTo({ person: olivia.id });
    expect(direct).toContain('Nobody has acted on it in its channel, so I tell you directly.');
    expect(await channel()).toContain('Nobody has acted so far, so I told Olivia directly.');
    await look(60);
    expect(await toldTo({ person: olivia.id })).toHaveLength(1);
    await post(marketing, 'topup', 10_000, later(61));
    await derive(61);
    expect((await toldTo({ person: olivia.id })).at(-1)).toContain('All clear.');
  });

  test('no more direct alerts a day than the person wants', async () => {
    await low();
    const { marketing, olivia } = office().acme;
    await office().type(OLIVIA, 'alerts direct 0');
    await post(marketing, 'usage', 100);
    await look(26);
    expect(await toldTo({ person: olivia.id })).toEqual([]);
    await office().type(OLIVIA, 'alerts direct 1');
    await look(28);
    expect(await toldTo({ person: olivia.id })).toHaveLength(1);
  });
});

describe('several workspaces at once', () => {
  const NAMES = ['Ops', 'Sales', 'Care'];

  async function spent(name: string, minor: number): Promise<Workspace> {
    const { account, olivia } = office().acme;
    const by = { primaryOwner: olivia.id, by: olivia.id, at: office().at };
    const workspace = await createWorkspace({ ledger: office().services.ledger, account, name, ...by });
    await bind(workspace, 'C0M');
    await post(workspace, 'topup', 10_000);
    await post(workspace, 'usage', minor);
    return workspace;
  }

  async function allLow(): Promise<Workspace[]> {
    const made: Workspace[] = [];
    for (const name of NAMES) made.push(await spent(name, 8_500));
    await derive();
    return made;
  }

  test('whoever follows at once is shown with them, unless it is worse', async () => {
    await allLow();
    await spent('Late', 8_600);
    await derive(1 / 60);
    await spent('Worse', 9_500);
    await derive(2 / 60);
    await spent('Much later', 8_600);
    await derive(1);
    expect((await channel()).toSorted()).toEqual([
      'Low: 3 workspaces.',
      'Low: 4 workspaces.',
      'Low: Much later has £14.00, under 20 %. Too new to guess days.',
      'Very low: Worse has £5.00, under 10 %. Too new to guess days.',
    ]);
  });

  test('are one message from the third on where they run low one after the other', async () => {
    for (const [minutes, name] of ['Ops', 'Sales', 'Care', 'Labs', 'Shop'].entries()) {
      await spent(name, 8_500);
      await derive(minutes / 60);
    }
    expect((await channel()).toSorted()).toEqual([
      'Low: 3 workspaces.',
      'Low: 4 workspaces.',
      'Low: 5 workspaces.',
      'Low: Ops has £15.00, under 20 %. Too new to guess days.',
      'Low: Sales has £15.00, under 20 %. Too new to guess days.',
    ]);
    const groups = (await outbox()).filter(({ card }) => card.name === 'alert-group');
    expect(groups.map(({ anew }) => anew)).toEqual([true, undefined, undefined]);
  });

  test('are one message to their owners too, where nobody does anything', async () => {
    const { olivia } = office().acme;
    for (const workspace of await allLow()) await post(workspace, 'usage', 100, later(25));
    await look(26);
    const [direct, ...more] = await toldTo({ person: olivia.id });
    expect(direct).toContain('Low: 3 workspaces.\nNobody has acted on them in their channels, so I tell you directly.');
    expect(more).toEqual([]);
    await look(60);
    expect(await toldTo({ person: olivia.id })).toHaveLength(1);
  });

  test('are one message, which follows each of them', async () => {
    const [ops, sales, care] = await allLow();
    expect(await channel()).toEqual(['Low: 3 workspaces.']);
    const [first] = await toldTo({ channel: 'C0M' });
    for (const name of NAMES) expect(first).toContain(`- ${name} · Low: £15.00 [Top up] [Move balance here] [Snooze]`);
    await office().type(OLIVIA, 'snooze 4h because payday in:Care');
    expect((await toldTo({ channel: 'C0M' })).at(-1)).toContain(
      '- Care · Low: £15.00. Snoozed by Olivia. [Top up] [Move balance here] [End the snooze]',
    );
    expect(await channel()).toHaveLength(2);
    await post(ops!, 'topup', 10_000);
    await derive(1);
    expect((await toldTo({ channel: 'C0M' })).at(-1)).toContain('- Ops · All clear: £115.00');
    await post(sales!, 'usage', 1_500);
    await derive(2);
    expect((await channel()).toSorted()).toEqual([
      'Empty: Sales has £0.00.',
      'Low: 2 workspaces, 1 of them empty.',
      'Low: 2 workspaces.',
      'Low: 3 workspaces.',
      'Low: 3 workspaces.',
    ]);
    await post(sales!, 'topup', 10_000);
    await post(care!, 'topup', 10_000);
    await derive(3);
    expect((await channel()).filter((line) => line.startsWith('All clear')).toSorted()).toEqual([
      'All clear. Olivia added £100.00. Balance £100.00.',
      'All clear: 3 workspaces had run low.',
    ]);
  });
});

test('a workspace that cannot be looked at holds up no other of its company', async () => {
  const { marketing } = office().acme;
  const workspaces = mongoose.connection.collection<{ _id: string; name?: string; foldedName?: string }>('workspaces');
  const row = await workspaces.findOne({ _id: marketing.id });
  await workspaces.insertOne({ ...row, _id: 'ws_0_broken', name: 'Broken', foldedName: 'broken' });
  await bind(marketing, 'C0M');
  await post(marketing, 'topup', 10_000);
  await post(marketing, 'usage', 8_160);
  const faults: object[] = [];
  await enrolForAlerts(office().at);
  await mongoose.connection.collection('alerts').updateMany({}, { $set: { lookAt: office().at } });
  const needs = { ledger: office().services.ledger, log: { error: (fault: object) => void faults.push(fault) } };
  await lookAtDue(needs, office().at, () => false);
  expect(await channel()).toEqual(['Low: Marketing has £18.40, under 20 %. Too new to guess days.']);
  expect(faults).toEqual([expect.objectContaining({ workspace: 'ws_0_broken' })]);
});

describe('what is switched off', () => {
  const due = () => lookAtDue({ ledger: office().services.ledger, log }, office().at, () => false);

  test('has its alert ended, and anew once it is on again', async () => {
    await low();
    await office().submit(OLIVIA, await office().type(OLIVIA, 'disable Marketing'), { name: 'Marketing' });
    await due();
    expect(await channel()).toContain('Marketing is disabled, so its alert is over.');
    const told = (await channel()).length;
    await office().type(OLIVIA, 'enable Marketing');
    await due();
    expect((await channel()).slice(told).toSorted()).toEqual([
      'Low: Marketing has £18.40, under 20 %. Too new to guess days.',
      'Marketing is enabled again',
    ]);
  });

  test('as an account it hears nothing', async () => {
    await disableAccount({ tenant: `slack:${TEAM}`, at: office().at });
    await low();
    await look(1);
    expect(await channel()).toEqual([]);
  });
});

test('a channel gets the alerts that it wants', async () => {
  const { marketing } = office().acme;
  await bind(marketing, 'C0M');
  await bind(marketing, 'C0BOSS');
  const [boss] = (await bindingsOf(office().acme.account.id, marketing.id)).filter((one) => one.channel === 'C0BOSS');
  const settings = { command: 'channel', args: { what: 'settings', binding: boss!.id }, workspace: marketing.id };
  const shown = await office().press(ADAM, settings);
  const chosen = await office().press(ADAM, callOf(shown, 'Only very low'));
  expect(said(chosen)).toContain('- Alerts · come here only when it is very low or empty [All alerts] [Only empty]');
  expect(firstLine(await office().press(MIA, callOf(shown, 'Only empty')))).toContain(
    "You can't choose where notices go",
  );
  await post(marketing, 'topup', 10_000);
  await post(marketing, 'usage', 8_500);
  await derive();
  await post(marketing, 'usage', 700);
  await derive(1);
  expect(await channel('C0M')).toHaveLength(2);
  expect(await channel('C0BOSS')).toEqual(['Very low: Marketing has £8.00, under 10 %. Too new to guess days.']);
});

describe('rescue', () => {
  test('offers what a sibling can spare, with the days of both, and moves it by the usual preview', async () => {
    const { marketing, support } = office().acme;
    await spendDaily(support, 100_000, 1_000);
    await low();
    const [alert] = await outbox();
    const offers = await office().press(OLIVIA, callOf(alert!.card, 'Move balance here'));
    expect(said(offers)).toContain(
      '- Support · £81.00 of £890.00, so £809.00 stays. Support would last about 80 days.',
    );
    const preview = await office().press(OLIVIA, callOf(offers, 'Move £81.00'));
    expect(said(preview)).toContain('Move £81.00 from Support to Marketing?');
    await office().press(OLIVIA, callOf(preview, 'Move £81.00'));
    expect((await office().services.ledger.head(marketing.id))?.balanceMinor).toBe(1_840 + 8_100);
    await derive(1);
    expect(await channel()).toContain('All clear. Olivia moved £81.00 here. Balance £99.40.');
  });

  test('leaves a sibling above what it would be warned under itself', async () => {
    const { marketing, support } = office().acme;
    await spendDaily(support, 100_000, 100);
    await post(marketing, 'topup', 100_000);
    await post(marketing, 'usage', 95_000);
    expect(said(await office().type(OLIVIA, 'rescue Marketing'))).toContain('£780.00 of £989.00, so £209.00 stays.');
  });

  test('names no workspace that the reader is not in, and nothing of a sibling that needs its own', async () => {
    const { account, olivia, support, adam } = office().acme;
    await spendDaily(support, 10_000, 800);
    await low();
    expect(
      firstLine(await office().press(MIA, { command: 'rescue', args: {}, workspace: office().acme.marketing.id })),
    ).toBe('Marketing has £18.40. None of your other workspaces can spare any for it.');
    expect(said(await office().type(OLIVIA, 'rescue Marketing'))).toContain('None of your other workspaces can spare');
    await addTo(account, support, olivia, adam, 'admin');
    await post(support, 'topup', 100_000);
    const offers = await office().type(ADAM, 'rescue Marketing');
    expect(said(offers)).toContain('[Ask for £81.00]');
    expect(firstLine(await office().press(ADAM, callOf(offers, 'Ask for £81.00')))).toContain(
      'Move £81.00 from Support',
    );
    expect(firstLine(await office().type(MAX, 'rescue Marketing'))).not.toContain('Marketing has');
  });
});
