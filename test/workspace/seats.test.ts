import { describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/mongo.js';
import { invite, joinByInvitation } from '../../src/workspace/invitations.js';
import { addMember } from '../../src/workspace/joining.js';
import { membersOf, removeMember } from '../../src/workspace/memberships.js';
import { seatsUsed } from '../../src/workspace/seats.js';
import { suspendMember } from '../../src/workspace/suspension.js';
import { type WorkspaceDoc, WorkspaceModel } from '../../src/workspace/workspace-model.js';
import { useDatabase } from '../support/database.js';
import { AT, openCompany, race, refusalOf } from './company.js';

useDatabase();

/** The free plan has three standard seats: Olivia has one. */
const freeCompany = () => openCompany('free');

describe('seats', () => {
  test('are counted once per person, however many workspaces they are in', async () => {
    const { account, workspace, person, join } = await openCompany();
    const [marketing, support] = [await workspace('Marketing'), await workspace('Support')];
    const mia = await person('Mia');
    await join(marketing, mia);
    await join(support, mia, 'member', 'pro');
    expect(await seatsUsed(account.id)).toEqual({ standard: 2, pro: 1 });
  });

  test('that are all taken refuse the next invitation, and say who could free one', async () => {
    const { account, olivia, workspace, member, person } = await freeCompany();
    const marketing = await workspace('Marketing');
    await member(marketing, 'Adam', 'admin');
    await member(marketing, 'Mia');
    const max = await person('Max');
    const inviting = { account, workspace: marketing.id, role: 'member', by: olivia.id, at: AT } as const;
    const full = {
      kind: 'noSeat',
      licence: 'standard',
      used: 3,
      seats: 3,
      plan: 'free',
      couldFree: ['Olivia', 'Adam'],
      next: { plan: 'teams', seats: 5, priceMinor: 4_900, currency: 'GBP' },
    };
    expect(await refusalOf(invite({ ...inviting, to: { person: max.id }, licence: 'standard' }))).toEqual(full);
    const byMail = invite({ ...inviting, to: { email: 'x@acme.com' }, licence: 'pro' });
    expect(await refusalOf(byMail)).toMatchObject({ kind: 'noSeat', licence: 'pro', used: 0, seats: 0 });
  });

  test('need not be free for who has one already', async () => {
    const { account, workspace, member, join } = await freeCompany();
    const [marketing, support] = [await workspace('Marketing'), await workspace('Support')];
    const mia = await member(marketing, 'Mia');
    await member(marketing, 'Max');
    await join(support, mia);
    expect(await seatsUsed(account.id)).toMatchObject({ standard: 3 });
  });

  test('are kept by the suspended and freed by the unlinked', async () => {
    const { account, olivia, workspace, member } = await freeCompany();
    const marketing = await workspace('Marketing');
    const mia = await member(marketing, 'Mia');
    const change = { account: account.id, workspace: marketing.id, person: mia.id, by: olivia.id, at: AT };
    await suspendMember(change);
    expect(await seatsUsed(account.id)).toMatchObject({ standard: 2 });
    await removeMember(change);
    expect(await seatsUsed(account.id)).toMatchObject({ standard: 1 });
  });

  test('never exceed the plan: of eight invited who join two seats at once, two do', async () => {
    const { account, olivia, workspace, person } = await freeCompany();
    const [marketing, support] = [await workspace('Marketing'), await workspace('Support')];
    const people = await Promise.all(Array.from({ length: 8 }, (_, i) => person(`P${i}`)));
    for (const [i, { id }] of people.entries()) {
      const to = i % 2 ? marketing.id : support.id;
      const inviting = { account, workspace: to, to: { person: id }, by: olivia.id, at: AT };
      await invite({ ...inviting, role: 'member', licence: 'standard' });
    }
    const joins = people.map(({ id }) => joinByInvitation({ account: account.id, person: id, at: AT }));
    const { won, refused } = await race(joins);
    expect(won).toBe(2);
    expect(new Set(refused.map(({ kind }) => kind))).toEqual(new Set(['noSeat']));
    expect(await seatsUsed(account.id)).toMatchObject({ standard: 3 });
    const { total } = await membersOf({ account: account.id, workspace: marketing.id, offset: 0, limit: 10 });
    expect(total).toBeLessThanOrEqual(3);
  });

  test('are guarded by themselves, not by what else a join writes', async () => {
    const { account, workspace, person } = await freeCompany();
    const { id } = await workspace('Marketing');
    const doc = await WorkspaceModel.findOne({ account: account.id, _id: id }).lean<WorkspaceDoc>().orFail();
    const people = await Promise.all(Array.from({ length: 6 }, (_, i) => person(`P${i}`)));
    const joins = people.map((joining) =>
      inTransaction(() => addMember(doc, { person: joining.id, role: 'member', licence: 'standard', at: AT })),
    );
    expect((await race(joins)).won).toBe(2);
  });
});
