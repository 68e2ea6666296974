import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { POLICY_WORDS } from '../../src/cards/policies/policy-words.js';
import { getAccount } from '../../src/workspace/accounts.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { removeMember } from '../../src/workspace/memberships.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';
import { ADAM, MIA, OLIVIA } from '../support/acme.js';
import { colleague, nora } from './colleagues.js';
import { callOf, firstLine, said, toldTo, useOffice } from './harness.js';

const office = useOffice();

const planNow = async () => (await getAccount(office().acme.account.id))?.plan;

async function startOn(plan: 'free' | 'teams' | 'enterprise'): Promise<void> {
  const seats = { free: { standard: 3, pro: 0 }, teams: { standard: 5, pro: 2 }, enterprise: { standard: 99, pro: 9 } };
  await mongoose.connection.db!.collection('accounts').updateOne({}, { $set: { plan, seats: seats[plan] } });
}

/** Acme with three people, as many as the free plan has seats. */
async function withThree(): Promise<void> {
  const { account, max, olivia, support } = office().acme;
  await removeMember({ account: account.id, workspace: support.id, person: max.id, by: olivia.id, at: office().at });
}

async function retypeIn(workspace: { id: string }): Promise<void> {
  const { account, olivia } = office().acme;
  const change = { account, workspace: workspace.id, by: olivia.id, at: office().at };
  await setPolicy({ ...change, key: 'retypeAboveMinor', value: 50_000 });
}

describe('the plan', () => {
  test('stands beside the others, with seats and price', async () => {
    const card = await office().type(OLIVIA, 'plan');
    expect(said(card).split('\n')).toEqual(
      expect.arrayContaining([
        'Acme is on the plan Teams',
        expect.stringMatching(/Free.*3.*0.*no.*free/),
        expect.stringMatching(/Teams \(now\).*5.*2.*yes.*£49\.00/),
        expect.stringMatching(/Enterprise.*10,000.*1,000.*yes.*£490\.00/),
        'Taken: 4 standard seats and 0 pro seats.',
        '[Change to Free] [Change to Enterprise]',
      ]),
    );
  });

  test('is the primary owner’s to see and to change', async () => {
    const { who } = await nora(office());
    for (const one of [who, ADAM, MIA]) {
      expect(firstLine(await office().type(one, 'plan enterprise'))).toBe("You can't manage billing. Olivia can.");
    }
    expect(await planNow()).toBe('teams');
  });

  test.each(['plan enterprise', 'upgrade to enterprise', 'plans Enterprise'])(
    'is changed by %s, once it is confirmed: seats and policies at once',
    async (typed) => {
      await startOn('free');
      await office().type(OLIVIA, 'balance');
      const confirm = await office().type(OLIVIA, typed);
      expect(said(confirm)).toContain('Policies can be set from then on, and those set before bind again.');
      expect(await planNow()).toBe('free');
      const done = await office().press(OLIVIA, callOf(confirm, 'Change to Enterprise'));
      expect(firstLine(done)).toBe('Acme is on the plan Enterprise now');
      expect(await getAccount(office().acme.account.id)).toMatchObject({ seats: { standard: 10_000, pro: 1_000 } });
      expect(firstLine(await office().type(OLIVIA, 'policy retype above 500'))).not.toContain(
        'can be set on the plans',
      );
      const [line] = await auditTrail({ account: office().acme.account.id, limit: 1 });
      expect(line).toMatchObject({ action: 'billing.planChanged', detail: { from: 'free', to: 'enterprise' } });
    },
  );

  test('that is the plan already, or was changed since the card was drawn, changes nothing', async () => {
    expect(firstLine(await office().type(OLIVIA, 'plan teams'))).toBe('That is the plan already');
    const confirm = await office().type(OLIVIA, 'plan enterprise');
    await startOn('free');
    const stale = await office().press(OLIVIA, callOf(confirm, 'Change to Enterprise'));
    expect(firstLine(stale)).toBe('The plan was changed meanwhile');
    expect(await planNow()).toBe('free');
  });
});

describe('a smaller plan', () => {
  test('says which policies stop binding, by name where the reader is in, and tells whom it touches', async () => {
    await withThree();
    const { account, marketing, mia, olivia } = office().acme;
    const { ledger } = office().services;
    const design = await createWorkspace({
      ledger,
      account,
      name: 'Design',
      primaryOwner: mia.id,
      by: olivia.id,
      at: office().at,
    });
    await retypeIn(marketing);
    await retypeIn(design);
    const confirm = await office().type(OLIVIA, 'plan free');
    expect(said(confirm)).toContain(
      'These policies stop binding at once; they are kept, for when the plan is larger again.',
    );
    expect(said(confirm)).toContain(`In Marketing: ${POLICY_WORDS.retypeAboveMinor.label}`);
    expect(said(confirm)).toContain('And those of 1 other workspace.');
    expect(said(confirm)).not.toContain('Design');
    expect(firstLine(await office().press(OLIVIA, callOf(confirm, 'Change to Free')))).toBe(
      'Acme is on the plan Free now',
    );
    expect(await toldTo({ person: mia.id })).toEqual([
      "Olivia changed Acme's plan from Teams to Free.\nPolicies of Design are kept, and bind no longer.",
    ]);
    expect(await toldTo({ person: olivia.id })).toEqual([]);
  });

  test('is refused while more seats are taken than it has, also between the look and the click', async () => {
    expect(said(await office().type(OLIVIA, 'plan free'))).toContain(
      'The Free plan has 3 standard seats, and 4 people have one. Remove people or change their licences first.',
    );
    await withThree();
    const confirm = await office().type(OLIVIA, 'plan free');
    await colleague(office(), 'Paul', [[office().acme.support, 'member']]);
    const late = await office().press(OLIVIA, callOf(confirm, 'Change to Free'));
    expect(firstLine(late)).toContain('The Free plan has 3 standard seats, and 4 people have one.');
    expect(await planNow()).toBe('teams');
  });

  test('and a seat taken at the same moment: never more people than seats', async () => {
    await withThree();
    const confirm = await office().type(OLIVIA, 'plan free');
    const change = callOf(confirm, 'Change to Free');
    const joining = colleague(office(), 'Paul', [[office().acme.support, 'member']]).catch((error: Error) => error);
    await Promise.all([office().press(OLIVIA, change), joining]);
    const people = (await mongoose.connection.db!.collection('memberships').distinct('person')).length;
    const account = await getAccount(office().acme.account.id);
    expect(people).toBeLessThanOrEqual(account!.seats.standard);
  });
});
