import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { Policies, PolicyKey } from '../../src/workspace/entities.js';
import { changeRole } from '../../src/workspace/memberships.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { ADAM, MIA, OLIVIA } from '../support/acme.js';
import { nora } from './colleagues.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';
import { usePaying } from './paying.js';

const office = useOffice();
const payer = usePaying(office);
const paying = () => payer;

const balance = async () => (await office().services.ledger.head(office().acme.marketing.id))!.balanceMinor;
const theRequest = async () => (await outbox()).filter(({ subject }) => subject?.startsWith('request:')).at(-1)!;

async function set<K extends PolicyKey>(key: K, value: Policies[K]): Promise<void> {
  const { account, marketing, olivia } = office().acme;
  await setPolicy({ account, workspace: marketing.id, key, value, by: olivia.id, at: office().at });
}

const CHARGE = 'Charge Visa ···4242';

describe('without a saved card', () => {
  test('all is as it was: the link, at once', async () => {
    expect(said(await office().type(OLIVIA, 'topup 100'))).toContain('[Pay £100.00]');
    expect(said(await office().type(OLIVIA, 'topup 100'))).not.toContain('card');
  });

  test('asking for the card says how one comes to be saved', async () => {
    const { who } = await nora(office());
    for (const person of [OLIVIA, who]) {
      expect(firstLine(await office().type(person, 'topup 100 by card'))).toBe(
        'Marketing has no saved card. Pay once by link, and the card is kept for the next time.',
      );
    }
  });
});

describe('with a saved card', () => {
  beforeEach(() => paying().saveCard());

  test.each(['topup 100', 'topup 100 by card', 'top up £100 with the saved card', 'add 100 from our card'])(
    'the primary owner is asked which card after %s, and charges it',
    async (typed) => {
      const choice = await office().type(OLIVIA, typed);
      expect(said(choice)).toBe(
        [
          '£100.00 for Marketing. You pay on the payment page, or charge the saved card; the balance grows when the payment is through.',
          `[${CHARGE}] [Pay £100.00]`,
          'Marketing · £0.00',
        ].join('\n'),
      );
      expect(paying().charged()).toBe(0);
      const paid = await office().press(OLIVIA, callOf(choice, CHARGE));
      expect(firstLine(paid)).toBe('£100.00 added. Balance £100.00.');
      expect(await balance()).toBe(10_000);
      expect(paying().charged()).toBe(1);
    },
  );

  test('pressed often, also at once, it charges once', async () => {
    const call = callOf(await office().type(OLIVIA, 'topup 100'), CHARGE);
    await Promise.all(
      [1, 2, 3].map(() =>
        office()
          .press(OLIVIA, call)
          .catch(() => undefined),
      ),
    );
    expect(firstLine(await office().press(OLIVIA, call))).toBe('£100.00 added. Balance £100.00.');
    expect(paying().charged()).toBe(1);
    expect(await balance()).toBe(10_000);
  });

  test('the link and the card are one top-up', async () => {
    const choice = await office().type(OLIVIA, 'topup 100');
    await office().press(OLIVIA, callOf(choice, CHARGE));
    const topUps = await mongoose.connection.db!.collection('top_ups').find().toArray();
    expect(topUps).toMatchObject([{ state: 'credited', method: 'card' }]);
    expect(await balance()).toBe(10_000);
  });

  test('the top-up names where in chat it was asked for', async () => {
    await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'topup 100'), CHARGE));
    const topUp = await mongoose.connection.db!.collection('top_ups').findOne();
    expect(topUp).toMatchObject({ origin: { platform: 'slack', channel: 'D1', reference: 'R-TEST' } });
  });

  test('a button that shows another card than is saved charges nothing, and shows the saved one', async () => {
    const { call } = { call: callOf(await office().type(OLIVIA, 'topup 100'), CHARGE) };
    const answer = await office().press(OLIVIA, { ...call, args: { ...call.args, card: '0005' } });
    expect(firstLine(answer)).toBe('The saved card has changed');
    expect(paying().charged()).toBe(0);
    expect(firstLine(await office().press(OLIVIA, callOf(answer, CHARGE)))).toContain('£100.00 added.');
  });

  test.each([
    ['topup 1e9 by card', "I can't read “1e9” as an amount."],
    ['topup 0.50 by card', 'too little to pay for'],
    ['topup $5 by card', 'This workspace counts in GBP'],
  ])('%s charges nothing', async (typed, words) => {
    expect(firstLine(await office().type(OLIVIA, typed))).toContain(words);
    expect(paying().charged()).toBe(0);
  });

  test('a form keeps that it is to be by card', async () => {
    const form = await office().type(OLIVIA, 'topup by card');
    const choice = await office().submit(OLIVIA, form, { amount: '100' });
    expect(said(choice)).toContain(`[${CHARGE}]`);
  });
});

describe('a charge that comes to nothing', () => {
  test('is told with its reason, and what to do', async () => {
    await paying().saveCard('4000000000009995');
    const declined = await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'topup 100'), CHARGE));
    expect(firstLine(declined)).toBe('£100.00 for Marketing was not paid');
    expect(said(declined)).toContain('Nothing was taken, and the balance is as it was.');
    expect(callOf(declined, 'Try again').args).toEqual({ amount: '100.00' });
    expect(await balance()).toBe(0);
  });

  test('as its bank wants the cardholder, leads to the page', async () => {
    await paying().saveCard('4000002760003184');
    const asked = await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'topup 100'), CHARGE));
    expect(firstLine(asked)).toBe('Your bank asks you to confirm £100.00 for Marketing');
    expect(said(asked)).toContain('[Pay £100.00]');
    expect(await balance()).toBe(0);
  });
});

describe("the owners' cap", () => {
  beforeEach(() => paying().saveCard());

  test('without one the card is the primary owner’s: an owner pays by link, or asks', async () => {
    const { who } = await nora(office());
    const answer = await office().type(who, 'topup 100');
    expect(said(answer)).toContain('[Pay £100.00] [Ask to charge Visa ···4242]');
    const asked = await office().press(who, callOf(answer, 'Ask to charge Visa ···4242'));
    expect(firstLine(asked)).toBe('Owners top up, so I asked them for you.');
    expect((await toldTo({ person: office().acme.olivia.id }))[0]).toMatch(
      /^Nora asks to charge £100\.00 to the saved card for Marketing\.\nMarketing has £0\.00 now, and would have £100\.00\.\n\[Charge £100\.00\] \[Deny\]/,
    );
  });

  test('within it an owner charges; above it they ask the primary owner, who charges by saying yes', async () => {
    const { who, id } = await nora(office());
    await set('ownersCapMinor', 10_000);
    const within = await office().type(who, 'topup 100');
    expect(firstLine(await office().press(who, callOf(within, CHARGE)))).toBe('£100.00 added. Balance £100.00.');

    const above = await office().type(who, 'topup 100.01 by card');
    expect(said(above)).toContain(
      "Owners charge Visa ···4242 with up to £100.00 at a time. Ask Olivia, or pay by link?\nMarketing's policy “Owners' cap on the saved card” says so.\n[Ask for £100.01] [Pay by link]",
    );
    expect(said(await office().press(who, callOf(above, 'Pay by link')))).toContain('[Pay £100.01]');
    await office().press(who, callOf(above, 'Ask for £100.01'));
    expect(paying().charged()).toBe(1);
    const { card } = await theRequest();
    expect(firstLine(await office().press(who, callOf(card, 'Charge £100.01')))).toBe(
      'This is your own request, so somebody else decides it.',
    );
    const paid = await office().press(OLIVIA, callOf(card, 'Charge £100.01'));
    expect(firstLine(paid)).toBe('£100.01 added. Balance £200.01.');
    expect(await balance()).toBe(20_001);
    expect((await toldTo({ person: id })).join()).toContain('Olivia said yes.');
  });

  test('another owner does not decide what is above it', async () => {
    const { who } = await nora(office());
    const { account, marketing, olivia, adam } = office().acme;
    const where = { account: account.id, workspace: marketing.id, by: olivia.id, at: office().at };
    await changeRole({ ...where, person: adam.id, role: 'owner' });
    await set('ownersCapMinor', 10_000);
    const above = await office().type(who, 'topup 200 by card');
    await office().press(who, callOf(above, 'Ask for £200.00'));
    expect(await toldTo({ person: adam.id })).toEqual([]);
    const { card } = await theRequest();
    expect(firstLine(await office().press(ADAM, callOf(card, 'Charge £200.00')))).toBe(
      "You can't decide this. Olivia can.",
    );
    expect(paying().charged()).toBe(0);
  });

  test('is looked at again when the button is pressed, whatever the button says', async () => {
    const { who } = await nora(office());
    await set('ownersCapMinor', 10_000);
    const call = callOf(await office().type(who, 'topup 100'), CHARGE);
    const raised = await office().press(who, { ...call, args: { ...call.args, amount: '5000' }, key: 'other' });
    expect(said(raised)).toContain('Ask Olivia');
    await set('ownersCapMinor', 5_000);
    expect(said(await office().press(who, call))).toContain('Ask Olivia');
    expect(paying().charged()).toBe(0);
  });

  test('does not bind on the free plan: there the card is the primary owner’s alone', async () => {
    const { who } = await nora(office());
    await set('ownersCapMinor', 10_000);
    await mongoose.connection.db!.collection('accounts').updateOne({}, { $set: { plan: 'free' } });
    expect(said(await office().type(who, 'topup 50'))).not.toContain(CHARGE);
    expect(said(await office().type(OLIVIA, 'topup 50'))).toContain(CHARGE);
  });
});

describe('what members and admins ask for', () => {
  beforeEach(() => paying().saveCard());

  test('the owner who says yes pays by the saved card or by link', async () => {
    const offered = await office().type(MIA, 'topup 100 by card');
    expect(said(offered)).toContain('Owners top up. Ask Olivia?\n[Ask for £100.00]');
    await office().press(MIA, callOf(offered, 'Ask for £100.00'));
    const { card } = await theRequest();
    const choice = await office().press(OLIVIA, callOf(card, 'Pay £100.00'));
    expect(said(choice)).toContain(`[${CHARGE}] [Pay £100.00]`);
    expect(paying().charged()).toBe(0);
    expect(firstLine(await office().press(OLIVIA, callOf(choice, CHARGE)))).toBe('£100.00 added. Balance £100.00.');
  });

  test.each([
    ['a member', MIA],
    ['an admin', ADAM],
  ])('%s never charges the card by a button of one’s own making', async (_role, who) => {
    const args = { amount: '100', by: 'card', card: '4242', sure: true };
    const call = { command: 'topup', args, workspace: office().acme.marketing.id, key: 'k' };
    expect(said(await office().press(who, call))).toContain('Ask Olivia?');
    await office().press(who, { ...call, args: { ...args, ask: true } });
    expect(paying().charged()).toBe(0);
    expect(await balance()).toBe(0);
  });
});

describe('step-up', () => {
  beforeEach(() => paying().saveCard());

  test('a large charge is typed once more; the page is a step of its own', async () => {
    await set('retypeAboveMinor', 5_000);
    const choice = await office().type(OLIVIA, 'topup 100');
    expect(said(choice)).toContain('[Pay £100.00]');
    const form = await office().press(OLIVIA, callOf(choice, CHARGE));
    expect(form).toMatchObject({
      kind: 'form',
      form: {
        intro: [
          '£100.00 is charged to the saved card for Marketing. Above £50.00 the amount is typed once more: the policy “Amounts typed twice” says so.',
        ],
      },
    });
    expect(paying().charged()).toBe(0);
    expect(firstLine(await office().submit(OLIVIA, form, { retyped: '100' }))).toBe('£100.00 added. Balance £100.00.');
  });

  test('a larger one takes two: an owner says yes to what the primary owner charges, who is told how it went', async () => {
    const second = await nora(office());
    await set('twoPeopleAboveMinor', 5_000);
    const asked = await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'topup 100'), CHARGE));
    expect(firstLine(asked)).toBe('Above £50.00 two people are needed, so I asked Nora for you.');
    expect(paying().charged()).toBe(0);
    const { card } = await theRequest();
    await Promise.all([1, 2].map(() => office().press(second.who, callOf(card, 'Charge £100.00'))));
    expect(await balance()).toBe(10_000);
    expect(paying().charged()).toBe(1);
    const told = (await toldTo({ person: office().acme.olivia.id })).find((words) => words.startsWith('Nora said yes'));
    expect(told).toContain('£100.00 added. Balance £100.00.');
    const topUp = await mongoose.connection.db!.collection('top_ups').findOne();
    expect(topUp).toMatchObject({ by: office().acme.olivia.id });
  });
});

test('automatic payments of a large amount are turned on by two as well', async () => {
  await paying().saveCard();
  const second = await nora(office());
  await set('twoPeopleAboveMinor', 5_000);
  const confirm = await office().type(OLIVIA, 'auto recharge 100 day 5');
  const asked = await office().press(OLIVIA, callOf(confirm, 'Turn on'));
  expect(firstLine(asked)).toBe('Above £50.00 two people are needed, so I asked Nora for you.');
  expect(said(await office().type(OLIVIA, 'auto'))).not.toContain('£100.00 is added');
  const { card } = await theRequest();
  await office().press(second.who, callOf(card, 'Turn on'));
  expect(said(await office().type(OLIVIA, 'auto'))).toContain('£100.00 is added');
});

describe('billing', () => {
  test('shows the primary owner what pays, and opens a fresh private page', async () => {
    await paying().saveCard();
    await set('ownersCapMinor', 10_000);
    const shown = await office().type(OLIVIA, 'billing');
    expect(shown.kind).toBe('private');
    expect(said(shown)).toContain(
      [
        "Marketing's billing",
        'Saved card: Visa ···4242, good until 12/2034',
        "Owners' cap: £100.00 at a time",
        'Automatic payments: off',
      ].join('\n'),
    );
    const pages = await Promise.all([1, 2].map(() => office().press(OLIVIA, callOf(shown, 'Cards and billing'))));
    const urls = pages.map((page) => /"open":"([^"]+)"/.exec(JSON.stringify(page))?.[1]);
    expect(pages.map(({ kind }) => kind)).toEqual(['private', 'private']);
    expect(new Set(urls).size).toBe(2);
    expect(await outbox()).toEqual([]);
  });

  test('names who can to everybody else, and opens nothing for them', async () => {
    const { who } = await nora(office());
    const call = { command: 'billing', args: { open: true }, workspace: office().acme.marketing.id };
    for (const person of [who, ADAM, MIA]) {
      expect(firstLine(await office().type(person, 'billing'))).toBe("You can't manage billing. Olivia can.");
      expect(firstLine(await office().press(person, call))).toBe("You can't manage billing. Olivia can.");
    }
  });
});
