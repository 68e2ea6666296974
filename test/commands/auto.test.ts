import { describe, expect, test } from '@jest/globals';
import { automaticOf } from '../../src/payments/automatic/store.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { bindChannel } from '../../src/workspace/bindings.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { ADAM, MAX, MIA, OLIVIA, TEAM } from '../support/acme.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();

const VISA = { id: 'pm_1', brand: 'visa', last4: '4242', expires: { month: 12, year: 2034 } };
const withCard = () => {
  office().savedCard = VISA;
};
const now = () => automaticOf({ account: office().acme.account.id, workspace: office().acme.marketing.id });

async function bind() {
  const { account, marketing, olivia } = office().acme;
  const where = { platform: 'slack' as const, tenant: TEAM, channel: 'C1', channelName: 'marketing' };
  const of = { account: account.id, workspace: marketing.id, by: olivia.id, at: office().at };
  await bindChannel({ ...where, ...of, purposes: ['alerts', 'approvals'] });
}

async function turnOn(typed = 'auto topup below 20 add 50 max 200 a month') {
  withCard();
  return office().press(OLIVIA, callOf(await office().type(OLIVIA, typed), 'Turn on'));
}

describe('the primary owner', () => {
  test('reads what will happen, from which card, and turns it on; the channel is told without the card', async () => {
    await bind();
    withCard();
    const { ledger } = office().services;
    const { marketing } = office().acme;
    const posting = { wallet: marketing.id, kind: 'topup' as const, contra: 'provider' as const, at: office().at };
    await ledger.post({ ...posting, key: 'topup:1', amountMinor: 10_000 });
    const confirm = await office().type(OLIVIA, 'auto topup below 20 add 50 max 200 a month');
    expect(said(confirm)).toContain(
      'When the balance falls below £20.00, £50.00 is added from Visa ···4242, at most £200.00 a month.',
    );
    expect(await now()).toBeUndefined();
    const on = await office().press(OLIVIA, callOf(confirm, 'Turn on'));
    expect(said(on)).toContain('Automatic payments of Marketing are on');
    expect((await now())?.below).toEqual({ belowMinor: 2_000, addMinor: 5_000, monthlyMaxMinor: 20_000 });
    const [told, ...more] = await toldTo({ channel: 'C1' });
    expect(more).toEqual([]);
    expect(told).toContain(
      'Olivia set automatic payments of Marketing.\nWhen the balance falls below £20.00, £50.00 is',
    );
    expect(told).not.toContain('4242');
  });

  test('is told when it will be charged at once, and when a recharge first is', async () => {
    withCard();
    expect(said(await office().type(OLIVIA, 'auto topup below 20 add 50'))).toContain(
      'The balance is below that already, so £50.00 is added at once.',
    );
    const recharge = said(await office().type(OLIVIA, 'auto recharge £100 on the 31st'));
    expect(recharge).toContain('On the last day of each month, £100.00 is added from Visa ···4242.');
    expect(recharge).toContain('The first time is 30 Nov 2026.');
  });

  test('without a saved card learns how one comes to be saved, and nothing is on', async () => {
    const answer = await office().type(OLIVIA, 'auto topup below 20 add 50');
    expect(said(answer)).toContain('Marketing has no saved card. Pay once by link, and the card is kept');
    expect(callOf(answer, 'Pay by link')).toMatchObject({ command: 'topup', args: { amount: '50.00' } });
    expect(firstLine(await office().press(OLIVIA, callOf(answer, 'Turn on')))).toBe(
      'Marketing has no saved card. Pay once by link, and the card is kept for the next time.',
    );
    expect(await now()).toBeUndefined();
    withCard();
    await office()
      .type(OLIVIA, 'auto topup below 20 add 50')
      .then((again) => office().press(OLIVIA, callOf(again, 'Turn on')));
    expect((await now())?.below).toBeDefined();
  });

  test('presses twice and sets once', async () => {
    withCard();
    const call = callOf(await office().type(OLIVIA, 'auto topup below 20 add 50'), 'Turn on');
    await Promise.all([office().press(OLIVIA, call), office().press(OLIVIA, call)]);
    expect(await office().press(OLIVIA, call)).toEqual(await office().press(OLIVIA, call));
    expect((await outbox()).filter(({ card }) => card.name === 'auto-changed')).toHaveLength(2);
    expect((await now())?.below).toMatchObject({ addMinor: 5_000 });
  });

  test('turns off the one or the other', async () => {
    await turnOn();
    await turnOn('auto recharge 100 day 5');
    await office().type(OLIVIA, 'auto topup off');
    expect(await now()).toMatchObject({ monthly: { day: 5 } });
    expect((await now())?.below).toBeUndefined();
    expect(said(await office().type(OLIVIA, 'auto off'))).toContain('Marketing adds no balance by itself.');
  });
});

describe('what is typed', () => {
  const rules = async () => {
    const { below, monthly } = (await now()) ?? {};
    return { ...(below && { below }), ...(monthly && { monthly }) };
  };
  const topup = { below: { belowMinor: 2_000, addMinor: 5_000 } };
  const max = { below: { ...topup.below, monthlyMaxMinor: 20_000 } };
  const recharge = (day: number) => ({ monthly: { amountMinor: 10_000, day } });

  test.each([
    ['auto topup below 20 add 50', topup],
    ['auto topup below £20 add £50.00 max £200 a month', max],
    ['auto top up below 20 GBP, add 50 GBP, at most 200 per month', max],
    ['Auto top-up 50 when it falls below 20', topup],
    ['auto add 50 when the balance is under £20 max 200', max],
    ['automatic topup by 50 below 20', topup],
    ['auto recharge 100 on day 5', recharge(5)],
    ['auto recharge £100 on the 5th of each month', recharge(5)],
    ['auto recharge 100 day 31', recharge(31)],
    ['auto recharge 100 monthly on the last day', recharge(31)],
    ['auto recharge on the 22nd 100', recharge(22)],
    ['auto recharge 100 on day 5 in:Marketing', recharge(5)],
    ['auto topup below 20 add 50 for Marketing', topup],
  ])('%s', async (typed, set) => {
    await turnOn(typed);
    expect(await rules()).toEqual(set);
  });

  test.each([
    ['auto topup', 'form: auto-topup'],
    ['auto topup below 20', 'form: auto-topup'],
    // Which of the two is meant is not guessed.
    ['auto topup 20 50', 'form: auto-topup'],
    ['auto recharge 100', 'form: auto-recharge'],
    ['auto topup below 20 add 1e9', "I can't read “1e9” as an amount."],
    ['auto topup below 20 add 0.50', '“0.50” is too little to pay for.'],
    ['auto topup below 20 add 50 max 30', "I can't take “30”. Please give at least the £50.00 of one top-up."],
    ['auto topup below $20 add 50', 'This workspace counts in GBP'],
    ['auto topup below soon add 50', "I can't read “soon” as an amount."],
    ['auto recharge 100 day 32', "I can't take “32”. Please give a day from 1 to 31, or last."],
    ['auto recharge 100 day 0', "I can't take “0”."],
    ['auto topup below 20 add 50 sometimes', "I don't understand “sometimes” here."],
  ])('%s: %s', async (typed, words) => {
    withCard();
    expect(firstLine(await office().type(OLIVIA, typed))).toContain(words);
    expect(await now()).toBeUndefined();
  });

  test('the form begins with what was typed, or stands, and shows a mistake at its field', async () => {
    await turnOn();
    const form = await office().type(OLIVIA, 'auto topup below 30');
    expect(form).toMatchObject({
      form: {
        fields: [
          { name: 'below', initial: '30' },
          { name: 'add', initial: '50.00' },
          { name: 'max', initial: '200.00' },
        ],
      },
    });
    const again = await office().submit(OLIVIA, form, { below: '30', add: 'lots', max: '200' });
    expect(again).toMatchObject({ form: { fields: [{ initial: '30' }, { name: 'add', initial: 'lots' }, {}] } });
    expect(again.kind === 'form' && again.form.fields.map(({ error }) => error !== undefined)).toEqual([
      false,
      true,
      false,
    ]);
    expect(said(await office().submit(OLIVIA, form, { below: '30', add: '60', max: '' }))).toContain(
      'falls below £30.00, £60.00 is added from Visa ···4242, however often that happens.',
    );
  });
});

describe('owners and admins', () => {
  test('ask the primary owner, whose yes turns it on', async () => {
    withCard();
    await office().type(ADAM, 'auto topup below 20 add 50 max 200');
    expect(await now()).toBeUndefined();
    const [request] = (await outbox()).filter(({ card }) => card.name === 'request-pending');
    expect(await toldTo({ person: office().acme.olivia.id })).toEqual([
      expect.stringContaining(
        'When the balance falls below £20.00, £50.00 is added from the saved card, at most £200.00',
      ),
    ]);
    await office().press(OLIVIA, callOf(request!.card, 'Turn on'));
    expect(await now()).toMatchObject({ by: office().acme.olivia.id, below: { addMinor: 5_000 } });
    expect((await toldTo({ person: office().acme.adam.id })).join('\n')).toContain('Olivia said yes.');
  });

  test('learn with the primary owner that a card is missing', async () => {
    await office().type(ADAM, 'auto topup below 20 add 50');
    const [request] = (await outbox()).filter(({ card }) => card.name === 'request-pending');
    expect(said(await office().press(OLIVIA, callOf(request!.card, 'Turn on')))).toContain(
      'Marketing has no saved card.',
    );
    expect((await toldTo({ person: office().acme.adam.id })).join('\n')).toContain(
      'Olivia said yes, but it did not work.',
    );
    expect(await now()).toBeUndefined();
  });

  test('pause and resume at once, which the channel and the audit trail tell of', async () => {
    await bind();
    await turnOn();
    expect(said(await office().type(ADAM, 'pause automatic payments'))).toContain('Paused by Adam.');
    expect((await now())?.paused).toMatchObject({ why: 'person' });
    const paused = await office().type(ADAM, 'auto');
    expect(said(await office().press(ADAM, callOf(paused, 'Resume')))).toContain(
      'Automatic payments of Marketing are on',
    );
    expect((await toldTo({ channel: 'C1' })).map((text) => text.split('\n')[0])).toEqual([
      'Olivia set automatic payments of Marketing.',
      'Adam paused automatic payments of Marketing. Nothing is charged until somebody resumes.',
      'Adam resumed automatic payments of Marketing.',
    ]);
    const trail = await auditTrail({
      account: office().acme.account.id,
      workspace: office().acme.marketing.id,
      limit: 3,
    });
    expect(trail.map(({ action, by }) => [action, by])).toEqual([
      ['billing.automatic_resumed', office().acme.adam.id],
      ['billing.automatic_paused', office().acme.adam.id],
      ['billing.automatic_set', office().acme.olivia.id],
    ]);
  });

  test('ask to turn it off', async () => {
    await turnOn();
    expect(said(await office().type(ADAM, 'auto off'))).toContain('so I asked them for you.');
    expect((await now())?.below).toBeDefined();
  });
});

describe('members', () => {
  test('see how it stands, without the card, and change nothing', async () => {
    await turnOn();
    const seen = said(await office().type(MIA, 'auto'));
    expect(seen).toContain('When the balance falls below £20.00, £50.00 is added, at most £200.00 a month.');
    expect(seen).not.toMatch(/4242|\[/);
    for (const typed of ['auto off', 'auto pause', 'auto resume', 'auto topup below 5 add 5', 'auto recharge 5 day 5'])
      expect(firstLine(await office().type(MIA, typed))).toMatch(/^You can't (set|pause) automatic payments\. /);
    expect(await now()).toMatchObject({ below: { belowMinor: 2_000 } });
  });

  test('of another workspace see and change nothing of it', async () => {
    await turnOn();
    const call = { command: 'auto', args: { what: 'pause' }, workspace: office().acme.marketing.id };
    expect(firstLine(await office().press(MAX, call))).toContain('belongs to a workspace that you are not in');
    expect((await now())?.paused).toBeUndefined();
  });
});

test('a large one is typed once more, as the policy says', async () => {
  withCard();
  const { account, marketing, olivia } = office().acme;
  const of = { account, workspace: marketing.id, by: olivia.id, at: office().at };
  await setPolicy({ ...of, key: 'retypeAboveMinor', value: 10_000 });
  const confirm = await office().type(OLIVIA, 'auto recharge 500 day 5');
  const retype = await office().press(OLIVIA, callOf(confirm, 'Turn on'));
  expect(retype.kind).toBe('form');
  expect(await now()).toBeUndefined();
  expect(said(await office().submit(OLIVIA, retype, { retyped: '£500' }))).toContain('are on');
  expect(await now()).toMatchObject({ monthly: { amountMinor: 50_000 } });
});

test('a small step below a large threshold is weighed by what it may take at once', async () => {
  withCard();
  const { account, marketing, olivia } = office().acme;
  const of = { account, workspace: marketing.id, by: olivia.id, at: office().at };
  await setPolicy({ ...of, key: 'retypeAboveMinor', value: 10_000 });
  const retype = await office().press(
    OLIVIA,
    callOf(await office().type(OLIVIA, 'auto topup below 9000 add 7'), 'Turn on'),
  );
  expect(retype).toMatchObject({
    kind: 'form',
    form: { intro: [expect.stringContaining('That may be £9,002.00 at once.')] },
  });
  expect(await now()).toBeUndefined();
  const wrong = await office().submit(OLIVIA, retype, { retyped: '7' });
  expect(wrong.kind).toBe('form');
  expect(said(await office().submit(OLIVIA, wrong, { retyped: '9002' }))).toContain('are on');
});

test('the balance says how automatic payments stand', async () => {
  await turnOn();
  expect(said(await office().type(MIA, 'balance'))).toContain('Automatic: adds £50.00 below £20.00.');
  await office().type(OLIVIA, 'auto pause');
  expect(said(await office().type(MIA, 'balance'))).toContain('adds £50.00 below £20.00, but is paused.');
});
