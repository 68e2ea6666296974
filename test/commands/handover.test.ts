import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { setAutomatic } from '../../src/payments/automatic/settings.js';
import { automaticOf } from '../../src/payments/automatic/store.js';
import { handoverSweep } from '../../src/jobs/handover-sweep.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { changeRole, membersOf } from '../../src/workspace/memberships.js';
import { suspendMember } from '../../src/workspace/suspension.js';
import { ADAM, MIA, OLIVIA } from '../support/acme.js';
import { nora } from './colleagues.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';
import { usePaying } from './paying.js';
import { GOOD_CARD } from '../payments/harness.js';

const office = useOffice();
const paying = usePaying(office);
const DAY_MS = 24 * 3_600_000;

/** Who has which role in Marketing, but members. */
async function roles(): Promise<string[]> {
  const { account, marketing } = office().acme;
  const { members } = await membersOf({ account: account.id, workspace: marketing.id, offset: 0, limit: 50 });
  return members
    .filter(({ membership }) => membership.role !== 'member')
    .map(({ person, membership }) => `${person.name} ${membership.role}`);
}

/** Olivia offers Marketing to Nora; the card that Nora got. */
async function offered() {
  const { who, id } = await nora(office());
  const confirm = await office().type(OLIVIA, 'handover ', { person: who });
  const waits = await office().press(OLIVIA, callOf(confirm, 'Offer it to Nora'));
  const offer = (await outbox()).find(({ to }) => 'person' in to && to.person === id)!;
  return { who, id, confirm, waits, offer: offer.card };
}

function sweep(days: number): Promise<void> {
  const at = new Date(office().at.getTime() + days * DAY_MS);
  const run = handoverSweep({
    payments: { forgetFormerCards: async () => 0 },
    dispatcher: { nudge: () => undefined },
    log: { error: (detail: unknown) => expect(detail).toBeUndefined() },
  }).run;
  return run({ at, timeIsUp: () => false });
}

describe('primary ownership is offered', () => {
  test('after it was said what moves, and nothing moves before the owner accepts', async () => {
    const { confirm, waits, offer } = await offered();
    expect(said(confirm)).toBe(
      [
        'Hand Marketing over to Nora?',
        "Nora gets its cards, plan, invoices and the owners' cap, and you become an owner. Nothing moves before Nora accepts.",
        '[Offer it to Nora]',
        'Marketing · £0.00',
      ].join('\n'),
    );
    expect(firstLine(waits)).toBe('I asked Nora to take over Marketing. Until they accept, nothing changes.');
    expect(offer.heading?.text).toBe('Olivia asks you to take over Marketing');
    expect(await roles()).toEqual(['Adam admin', 'Nora owner', 'Olivia primaryOwner']);
  });

  test('with what stops paying, where a card is saved and balance is added by itself', async () => {
    const { who } = await nora(office());
    await paying.saveCard();
    await setAutomatic({
      workspace: office().acme.marketing,
      by: office().acme.olivia.id,
      at: office().at,
      below: { belowMinor: 2_000, addMinor: 5_000 },
    });
    expect(said(await office().type(OLIVIA, 'hand over to ', { person: who }))).toContain(
      'From then on: Your Visa ···4242 pays for nothing there any more. Automatic payments pause until Nora resumes them.',
    );
  });

  test.each(['handover nora', 'handoff to Nora', 'make Nora primary owner', 'hand Marketing over'])(
    'typed as %s',
    async (typed) => {
      await nora(office());
      const answer = await office().type(OLIVIA, typed.replace('Marketing', 'it'));
      const confirm =
        answer.kind === 'form' ? await office().submit(OLIVIA, answer, { person: (await idOf('Nora')) ?? '' }) : answer;
      expect(firstLine(confirm)).toBe('Hand Marketing over to Nora?');
    },
  );

  test('once: again it is the same offer, to another only when it was taken back', async () => {
    const { who } = await offered();
    const { account, adam, marketing, olivia } = office().acme;
    const change = { account: account.id, workspace: marketing.id, person: adam.id, by: olivia.id, at: office().at };
    await changeRole({ ...change, role: 'owner' });
    const again = await office().type(OLIVIA, 'handover ', { person: who });
    await office().press(OLIVIA, callOf(again, 'Offer it to Nora'));
    expect((await outbox()).filter(({ card }) => card.name === 'handover-offer')).toHaveLength(1);
    const other = await office().type(OLIVIA, 'handover ', { person: ADAM });
    const refused = await office().press(OLIVIA, callOf(other, 'Offer it to Adam'));
    expect(firstLine(refused)).toContain('Marketing is offered to Nora already, who has not answered yet.');
    await office().press(OLIVIA, callOf(refused, 'Take it back'));
    const now = await office().press(OLIVIA, callOf(other, 'Offer it to Adam'));
    expect(firstLine(now)).toContain('I asked Adam to take over Marketing.');
  });

  test('to nobody but an owner who is there', async () => {
    const { account, marketing, adam, olivia } = office().acme;
    expect(firstLine(await office().type(OLIVIA, 'handover'))).toContain('Marketing has no other owner yet');
    const refused = await office().type(OLIVIA, 'handover ', { person: ADAM });
    expect(firstLine(refused)).toContain('Adam is no owner of Marketing who could take it over.');
    const { id, who } = await nora(office());
    const confirm = await office().type(OLIVIA, 'handover ', { person: who });
    await suspendMember({ account: account.id, workspace: marketing.id, person: id, by: olivia.id, at: office().at });
    const late = await office().press(OLIVIA, callOf(confirm, 'Offer it to Nora'));
    expect(firstLine(late)).toContain('Nora is no owner of Marketing who could take it over.');
    expect(await toldTo({ person: adam.id })).toEqual([]);
  });

  test('by the primary owner alone', async () => {
    const { who } = await nora(office());
    for (const one of [who, ADAM, MIA]) {
      expect(firstLine(await office().type(one, 'handover ', { person: who }))).toBe(
        "You can't hand over primary ownership. Olivia can.",
      );
    }
  });
});

describe('an offer is accepted', () => {
  test('and role, cards and automatic payments move together; both are told', async () => {
    const { account, marketing, olivia } = office().acme;
    await paying.saveCard();
    const of = { account: account.id, workspace: marketing.id };
    await setAutomatic({
      workspace: marketing,
      by: olivia.id,
      at: office().at,
      below: { belowMinor: 2_000, addMinor: 5_000 },
    });
    const { who, id, offer } = await offered();
    expect(await office().press(who, callOf(offer, 'Accept'))).toEqual({ kind: 'done' });
    expect(await roles()).toEqual(['Adam admin', 'Nora primaryOwner', 'Olivia owner']);
    expect(await paying.payments().savedCard(of)).toBeUndefined();
    expect(await paying.payments().forgetFormerCards()).toBe(1);
    expect(await automaticOf(of)).toMatchObject({ by: id, paused: { why: 'handedOver' } });
    expect((await toldTo({ person: id })).at(-1)).toBe(
      [
        'You are the primary owner of Marketing now',
        'Olivia is an owner. No card of yours is saved yet. Automatic payments are paused until you resume them.',
        '[Cards and billing] [Automatic payments] [Requests]',
        'Marketing',
      ].join('\n'),
    );
    expect((await toldTo({ person: olivia.id })).at(-1)).toContain('Nora is the primary owner of Marketing now');
    expect(firstLine(await office().type(OLIVIA, 'billing'))).toBe("You can't manage billing. Nora can.");
    const trail = await auditTrail({ ...of, limit: 5 });
    expect(trail.map(({ action, by }) => `${action} ${by === id ? 'nora' : by === olivia.id ? 'olivia' : by}`)).toEqual(
      expect.arrayContaining(['handover.accepted nora', 'billing.cardsReleased system', 'handover.offered olivia']),
    );
  });

  test.each([
    ['as they were', 'auto'],
    ['paused by the former one', 'auto pause'],
  ])('and automatic payments, %s, are turned on with the new card by whose it is alone', async (_how, before) => {
    const { account, marketing, olivia } = office().acme;
    const of = { account: account.id, workspace: marketing.id };
    await paying.saveCard();
    const rule = { belowMinor: 2_000, addMinor: 5_000 };
    await setAutomatic({ workspace: marketing, by: olivia.id, at: office().at, below: rule });
    await office().type(OLIVIA, before);
    const { who, offer } = await offered();
    await office().press(who, callOf(offer, 'Accept'));
    await paying.payments().portal({ ...of, at: office().at });
    const [, theirs] = Object.keys(paying.sandbox().store.state.customers);
    paying.sandbox().saveCard(theirs!, GOOD_CARD);
    for (const one of [ADAM, OLIVIA]) {
      expect(said(await office().type(one, 'auto'))).not.toContain('[Resume]');
      await office().type(one, 'auto pause');
      expect(firstLine(await office().type(one, 'auto resume'))).toBe("You can't set automatic payments. Nora can.");
    }
    expect(await automaticOf(of)).toMatchObject({ paused: { why: 'handedOver' } });
    const resumed = await office().press(who, callOf(await office().type(who, 'auto'), 'Resume'));
    expect(firstLine(resumed)).toBe('Automatic payments of Marketing are on');
  });

  test('and the new primary owner pays with a card of their own, as another customer', async () => {
    const { account, marketing } = office().acme;
    await paying.saveCard();
    const { who, offer } = await offered();
    await office().press(who, callOf(offer, 'Accept'));
    await paying.payments().portal({ account: account.id, workspace: marketing.id, at: office().at });
    const customers = Object.keys(paying.sandbox().store.state.customers);
    expect(customers).toHaveLength(2);
    const of = { account: account.id, workspace: marketing.id };
    expect(await paying.payments().savedCard(of)).toBeUndefined();
    paying.sandbox().saveCard(customers[1]!, { ...GOOD_CARD, number: '5555555555554444' });
    expect(await paying.payments().savedCard(of)).toMatchObject({ brand: 'mastercard' });
    expect(await paying.payments().forgetFormerCards()).toBe(1);
    expect(await paying.payments().savedCard(of)).toMatchObject({ brand: 'mastercard' });
  });

  test('twice at once, or while it is taken back, and at every moment there is one primary owner', async () => {
    const { who, offer, waits } = await offered();
    const accept = callOf(offer, 'Accept');
    const owners = mongoose.connection.db!.collection('memberships');
    const workspace = office().acme.marketing.id;
    const over = new AbortController();
    const watching = (async () => {
      const seen = new Set<number>();
      while (!over.signal.aborted) seen.add(await owners.countDocuments({ workspace, role: 'primaryOwner' }));
      return seen;
    })();
    await Promise.all([
      office().press(who, accept),
      office().press(who, accept),
      office().press(OLIVIA, callOf(waits, 'Take it back')),
    ]).finally(() => over.abort());
    expect([...(await watching)]).toEqual([1]);
    const ended = (await outbox()).filter(({ card }) => /^handover-(yours|cancelled)$/.test(card.name));
    expect(ended).toHaveLength(1);
  });

  test('by nobody else, and not by somebody who is no owner any more', async () => {
    const { account, marketing, olivia } = office().acme;
    const { who, id, offer } = await offered();
    const accept = callOf(offer, 'Accept');
    expect(firstLine(await office().press(ADAM, accept))).toBe('This offer is not yours to answer.');
    const change = { account: account.id, workspace: marketing.id, person: id, by: olivia.id, at: office().at };
    await changeRole({ ...change, role: 'admin' });
    expect(firstLine(await office().press(who, accept))).toContain('Nora is no owner of Marketing');
    expect(await roles()).toEqual(['Adam admin', 'Nora admin', 'Olivia primaryOwner']);
  });

  test('by typing it too', async () => {
    const { who } = await offered();
    const answer = await office().type(who, 'handover accept');
    expect(firstLine(answer)).toBe('You are the primary owner of Marketing now');
    expect(firstLine(await office().type(who, 'handover accept'))).toBe('There is no such offer.');
  });
});

describe('an offer that comes to nothing', () => {
  test('is declined: both cards say so', async () => {
    const { who, id, offer } = await offered();
    await office().press(who, callOf(offer, 'No, thanks'));
    expect((await toldTo({ person: id })).at(-1)).toContain('You said no. Olivia stays its primary owner.');
    expect((await toldTo({ person: office().acme.olivia.id })).at(-1)).toContain(
      'Nora does not want to take over Marketing. You stay its primary owner.',
    );
    expect(firstLine(await office().press(who, callOf(offer, 'Accept')))).toBe(
      'Too late: this was declined. The primary owner can offer it once more.',
    );
  });

  test('is shown to the primary owner while it waits, and taken back', async () => {
    const { who, id, offer } = await offered();
    const open = await office().type(OLIVIA, 'handover');
    const back = await office().press(OLIVIA, callOf(open, 'Take it back'));
    expect(firstLine(back)).toBe('Taken back. You stay the primary owner of Marketing.');
    expect((await toldTo({ person: id })).at(-1)).toContain('Olivia took back the offer of Marketing.');
    expect(firstLine(await office().press(who, callOf(offer, 'Accept')))).toBe(
      'Too late: this offer was taken back. The primary owner can offer it once more.',
    );
  });

  test('runs out after seven days: both are told, once', async () => {
    const { who, id, offer } = await offered();
    await sweep(6);
    expect((await toldTo({ person: id })).length).toBe(1);
    office().at = new Date(office().at.getTime() + 8 * DAY_MS);
    expect(firstLine(await office().press(who, callOf(offer, 'Accept')))).toBe(
      'Too late: this offer has run out. The primary owner can offer it once more.',
    );
    await sweep(0);
    await sweep(0);
    expect((await toldTo({ person: id })).slice(1)).toEqual([
      expect.stringContaining('The offer of Marketing has run out. Olivia stays its primary owner.'),
    ]);
    expect((await toldTo({ person: office().acme.olivia.id })).at(-1)).toContain('Nora did not answer');
    expect(await roles()).toContain('Olivia primaryOwner');
  });
});

async function idOf(name: string): Promise<string | undefined> {
  const { account, marketing } = office().acme;
  const { members } = await membersOf({
    account: account.id,
    workspace: marketing.id,
    search: name,
    offset: 0,
    limit: 1,
  });
  return members[0]?.person.id;
}
