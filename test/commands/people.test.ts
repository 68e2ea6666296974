import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { membershipsOf } from '../../src/workspace/memberships.js';
import type { Person } from '../../src/workspace/entities.js';
import { ensurePerson } from '../../src/workspace/people.js';
import { ADAM, addTo, MAX, MIA, OLIVIA, slackUser } from '../support/acme.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();
const mia = { person: MIA, name: 'mia' };
const max = { person: MAX, name: 'max' };
const roleOf = async (person: { id: string }) => {
  const seats = await membershipsOf(office().acme.account.id, person.id);
  return seats.find((seat) => seat.workspace.name === 'Marketing')?.membership.role;
};

describe('invite and join', () => {
  test('the story: the card, the click, the welcome', async () => {
    expect(firstLine(await office().type(OLIVIA, 'invite ', max, ' as admin'))).toBe(
      'Max is invited to Marketing as admin, in chat.',
    );
    const [notice] = (await outbox()).filter(({ id }) => id.startsWith('invitation:'));
    expect(firstLine({ kind: 'private', card: notice!.card })).toBe('Olivia invites you to Marketing as admin.');
    const joined = await office().press(MAX, callOf(notice!.card, 'Join'));
    expect(firstLine(joined)).toBe('Welcome! Here you can invite people and approve requests.');
    expect(await roleOf(office().acme.max)).toBe('admin');
    expect(firstLine(await office().press(MAX, callOf(notice!.card, 'Join')))).toMatch(
      /^This invitation was already used/,
    );
  });

  test('several at once: a line each, and one refusal stops nobody', async () => {
    const answer = said(await office().type(OLIVIA, 'invite ', max, ' ', mia, ' nina@acme.com'));
    expect(answer.split('\n').slice(0, 4)).toEqual([
      '2 invited, 1 not',
      'Max is invited to Marketing as member, in chat.',
      'Mia is already in Marketing.',
      'nina@acme.com is invited to Marketing as member, by e-mail.',
    ]);
  });

  test("a colleague's address is the colleague", async () => {
    expect(firstLine(await office().type(OLIVIA, 'invite MAX@acme.com'))).toBe(
      'Max is invited to Marketing as member, in chat.',
    );
  });

  test.each(['guest', 'bot', 'deactivated'] as const)('a %s cannot be invited', async (standing) => {
    const vic = slackUser('U0VIC');
    office().acme.chat.add(vic, { name: 'Vic', emailVerified: false, standing });
    expect(firstLine(await office().type(OLIVIA, 'invite ', { person: vic }))).toMatch(
      /^Vic (is a guest|is a bot|has a deactivated)/,
    );
  });

  test('somebody of another company, or nobody at all, cannot be invited', async () => {
    const far = slackUser('U1', 'T66');
    office().acme.chat.add(far, { name: 'Far', emailVerified: false, standing: 'full' });
    expect(firstLine(await office().type(OLIVIA, 'invite ', { person: far }))).toMatch(
      /^This person is from another company/,
    );
    expect(firstLine(await office().type(OLIVIA, 'invite ', { person: slackUser('U0GHOST') }))).toMatch(
      /^I can't find/,
    );
    expect(firstLine(await office().type(OLIVIA, 'invite @nobody'))).toMatch(/^I can't find “@nobody”/);
  });

  test('an admin cannot make an owner by inviting', async () => {
    expect(firstLine(await office().type(ADAM, 'invite ', max, ' as owner'))).not.toContain('is invited');
    expect((await outbox()).filter(({ id }) => id.startsWith('invitation:'))).toEqual([]);
  });

  test('a doubled delivery invites once and says the same', async () => {
    const ask = { typed: ['invite nina@acme.com'] };
    const first = await office().invoke(OLIVIA, ask, { delivery: 'same' });
    const second = await office().invoke(OLIVIA, ask, { delivery: 'same' });
    expect(second).toEqual(first);
    expect((await outbox()).filter(({ id }) => id.startsWith('invitation:'))).toHaveLength(1);
  });

  test('without a name a form asks', async () => {
    const form = await office().type(OLIVIA, 'invite');
    const answer = await office().submit(OLIVIA, form, {
      colleagues: '',
      addresses: 'nina@acme.com, otto@acme.com',
      role: 'member',
    });
    expect(said(answer)).toContain('otto@acme.com is invited');
  });

  test('no seat left: who could free one', async () => {
    const five = slackUser('U0FIVE');
    office().acme.chat.add(five, { name: 'Fay', emailVerified: false, standing: 'full' });
    await office().type(OLIVIA, 'invite ', { person: five });
    const [notice] = (await outbox()).filter(({ id }) => id.startsWith('invitation:'));
    await office().press(five, callOf(notice!.card, 'Join'));
    expect(firstLine(await office().type(OLIVIA, 'invite nina@acme.com'))).toMatch(
      /^No standard seat is free: 5 of 5 are taken on the Teams plan\. Olivia/,
    );
  });
});

describe('roles', () => {
  test('promote asks once more, then tells the person', async () => {
    const asked = await office().type(OLIVIA, 'promote ', mia);
    expect(firstLine(asked)).toBe('Mia is a member of Marketing. Make them an admin?');
    expect(await roleOf(office().acme.mia)).toBe('member');
    const done = await office().press(OLIVIA, callOf(asked, 'Make admin'));
    expect(firstLine(done)).toBe('Mia is an admin now, and was a member.');
    expect((await toldTo({ person: office().acme.mia.id })).at(-1)).toMatch(
      /^Olivia changed your role: you are in Marketing as admin now\./,
    );
  });

  test('a member may not, and learns who may; an admin makes no owner', async () => {
    expect(firstLine(await office().type(MIA, 'promote ', mia))).toBe("You can't change roles. Olivia or Adam can.");
    expect(firstLine(await office().type(ADAM, 'role ', mia, ' owner'))).toBe(
      "You can't make or remove owners. Olivia can.",
    );
    expect(await roleOf(office().acme.mia)).toBe('member');
  });

  test('nobody touches the primary owner', async () => {
    const answer = await office().type(ADAM, 'demote ', { person: OLIVIA });
    expect(firstLine(answer)).toMatch(/^Olivia is the primary owner of Marketing/);
  });

  test('a plain name works where it is one person', async () => {
    expect(firstLine(await office().type(OLIVIA, 'role Mia admin'))).toBe(
      'Mia is a member of Marketing. Make them an admin?',
    );
  });
});

describe('members, remove, leave', () => {
  test('the list is for owners and admins', async () => {
    expect(said(await office().type(ADAM, 'members'))).toContain('Marketing: 3 people in all');
    expect(said(await office().type(ADAM, 'members admins'))).toContain('Marketing: 1 person found\n- Adam · admin');
    expect(firstLine(await office().type(MIA, 'members'))).toBe("You can't see the members. Olivia or Adam can.");
  });

  test('removing shows what it means, takes a reason, tells the person and frees the seat', async () => {
    const form = await office().type(OLIVIA, 'remove ', mia);
    expect(await roleOf(office().acme.mia)).toBe('member');
    const done = await office().submit(OLIVIA, form, { reason: 'Project over' });
    expect(firstLine(done)).toBe('Mia is no longer in Marketing. The seat is free.');
    expect((await toldTo({ person: office().acme.mia.id })).at(-1)).toMatch(
      /^Olivia took you out of Marketing\. “Project over”/,
    );
    expect(await roleOf(office().acme.mia)).toBeUndefined();
  });

  test('a member removes nobody', async () => {
    expect(firstLine(await office().type(MIA, 'remove ', { person: ADAM }))).toMatch(/^You can't remove people\./);
  });

  test('leaving asks once more; the primary owner stays', async () => {
    const asked = await office().type(MIA, 'leave');
    const left = await office().press(MIA, callOf(asked, 'Leave'));
    expect(firstLine(left)).toBe('You left Marketing.');
    expect(firstLine(await office().type(OLIVIA, 'leave'))).toMatch(
      /^You are the primary owner of Marketing, and a workspace always has one\. Hand it over/,
    );
  });
});

describe('list, switch, create, rename, me', () => {
  test('switching moves what plain commands mean', async () => {
    const list = await office().type(OLIVIA, 'list');
    expect(said(list)).toContain('- Marketing (active) · £0.00 · primary owner');
    expect(firstLine(await office().press(OLIVIA, callOf(list, 'Switch')))).toBe(
      'Support is active now. What you type goes there.',
    );
    expect(firstLine(await office().type(OLIVIA, 'balance'))).toBe('Support has £0.00.');
  });

  test('joining a second workspace leaves the active one', async () => {
    const { account, support, olivia, mia: person } = office().acme;
    await addTo(account, support, olivia, person, 'member');
    expect(firstLine(await office().type(MIA, 'balance'))).toBe('Marketing has £0.00.');
    expect(firstLine(await office().type(MIA, 'switch support'))).toMatch(/^Support is active now/);
  });

  test('a name that exists in another case is taken', async () => {
    expect(firstLine(await office().type(OLIVIA, 'create mARKETING'))).toMatch(/^There is already a workspace called/);
  });

  test('renaming asks once more; an admin may not', async () => {
    const asked = await office().type(OLIVIA, 'rename Campaigns');
    expect(firstLine(await office().press(OLIVIA, callOf(asked, 'Rename')))).toBe('Marketing is now called Campaigns.');
    expect(firstLine(await office().type(ADAM, 'rename Mine'))).toBe("You can't rename the workspace. Olivia can.");
  });

  test('me says who the product takes you for', async () => {
    const answer = said(await office().type(OLIVIA, 'me'));
    expect(answer).toContain('Company: Acme (you are the account owner)');
    expect(answer).not.toMatch(/p_|acc_|U0OLIVIA/);
  });
});

describe('a name that several have', () => {
  beforeEach(async () => {
    const accounts = mongoose.connection.db!.collection<{ _id: string }>('accounts');
    await accounts.updateOne({ _id: office().acme.account.id }, { $set: { 'seats.standard': 99 } });
  });

  const join = async (user: string, name: string, email?: string): Promise<Person> => {
    const { account, marketing, olivia } = office().acme;
    const profile = { name, emailVerified: email !== undefined, standing: 'full' as const, ...(email && { email }) };
    const person = await ensurePerson(account, slackUser(user), profile, office().at);
    await addTo(account, marketing, olivia, person, 'member');
    return person;
  };

  test('is asked back, with a button that does for each of them what was typed', async () => {
    await join('U0MIA1', 'Mia Smith');
    const jones = await join('U0MIA2', 'Mia Jones');
    const both = await office().type(ADAM, 'licence @mi pro');
    expect(firstLine(both)).toBe(
      '“@mi” could be Mia, Mia Jones or Mia Smith. Pick the person with @, or type their e-mail address.',
    );
    const call = callOf(both, 'Mia Jones');
    expect(call).toMatchObject({ args: { person: jones.id, licence: 'pro' }, workspace: office().acme.marketing.id });
    expect(firstLine(await office().press(ADAM, call))).toContain('Mia Jones');
  });

  test('is told apart by address or role where it is the very same', async () => {
    await join('U0MIA1', 'Mia', 'mia.smith@acme.com');
    const answer = await office().type(OLIVIA, 'suspend @mia');
    expect(firstLine(answer)).toMatch(/^“@mia” could be Mia \(.+\) or Mia \(.+\)\./);
    expect(firstLine(answer)).toContain('Mia (mia.smith@acme.com)');
  });

  test('names four at most, and stands beside the field of a form', async () => {
    for (const [index, name] of ['Ann', 'Bob', 'Cid', 'Dan', 'Eve'].entries())
      await join(`U0MIA${index}`, `Mia ${name}`);
    const form = await office().type(OLIVIA, 'suspend');
    expect(await office().submit(OLIVIA, form, { person: 'mia ' })).toMatchObject({ kind: 'form' });
    const again = await office().submit(OLIVIA, form, { person: '@mi' });
    expect(JSON.stringify(again)).toContain('could be Mia, Mia Ann, Mia Bob, Mia Cid or somebody else.');
  });
});
