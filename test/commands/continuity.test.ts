import { beforeEach, describe, expect, test } from '@jest/globals';
import { slackManifest } from '../../manifests/slack-manifest.js';
import type { AccountChange } from '../../src/chat/account-change.js';
import { COMMANDS } from '../../src/commands/registry.js';
import { continuitySweep } from '../../src/jobs/continuity-sweep.js';
import { followAccountChange } from '../../src/notices/ownership/account-changes.js';
import { owner as ownerSubcommand, handover as handoverSubcommand } from '../../src/operator/handover.js';
import { enableAccount, getAccount } from '../../src/workspace/accounts.js';
import { openContinuities } from '../../src/workspace/continuities.js';
import type { Person, Workspace } from '../../src/workspace/entities.js';
import { type Identity, identityKey } from '../../src/workspace/identity.js';
import { membership, removeMember } from '../../src/workspace/memberships.js';
import { ensurePerson, getPerson } from '../../src/workspace/people.js';
import { primaryOwnerOf } from '../../src/workspace/primary-owner.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';
import { ADAM, addTo, MIA, OLIVIA, TEAM } from '../support/acme.js';
import { Bench as SlackBench } from '../chat/slack/harness.js';
import { Bench as TeamsBench, MIA as TEAMS_MIA } from '../chat/teams/harness.js';
import { colleague } from './colleagues.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();
const DAY_MS = 24 * 3_600_000;

let paul: { who: Identity; id: string; person: Person };
let design: Workspace;

/** Paul's own workspace: Adam owns it with him, Mia is a member, and Olivia, who owns the account, is not in it. */
beforeEach(async () => {
  const { account, adam, mia, olivia } = office().acme;
  const { who, id } = await colleague(office(), 'Paul', []);
  const person = await getPerson(account.id, id);
  if (!person) throw new Error('Paul is missing');
  paul = { who, id, person };
  const { ledger } = office().services;
  const at = office().at;
  design = await createWorkspace({ ledger, account, name: 'Design', primaryOwner: paul.id, by: olivia.id, at });
  await addTo(account, design, paul.person, adam, 'owner', at);
  await addTo(account, design, paul.person, mia, 'member', at);
});

const change = (identity: Identity, gone: boolean) =>
  followAccountChange({ identity, gone, support: 'help@workspaces.test', at: office().at });

async function primaryOwner(workspace = design): Promise<string> {
  return primaryOwnerOf({ account: workspace.account, workspace: workspace.id });
}

function sweep(days: number): Promise<void> {
  const at = new Date(office().at.getTime() + days * DAY_MS);
  const run = continuitySweep({
    desk: { services: office().services, commands: COMMANDS },
    dispatcher: { nudge: () => undefined },
    log: { error: (detail: unknown) => expect(detail).toBeUndefined() },
  }).run;
  return run({ at, timeIsUp: () => false });
}

async function cardTo(person: { id: string }, name: string) {
  const notices = await outbox();
  return notices.findLast(({ to, card }) => 'person' in to && to.person === person.id && card.name === name)!.card;
}

describe("a primary owner's chat account is deactivated", () => {
  test('and the owners are asked, and the owner of the account told; telling it again asks nobody twice', async () => {
    const { adam, mia, olivia } = office().acme;
    expect(await change(paul.who, true)).toBe(true);
    expect(await change(paul.who, true)).toBe(false);
    expect(await toldTo({ person: adam.id })).toEqual([
      [
        'Design needs a primary owner',
        "Paul is gone from the chat: the account is deactivated, or I can't see it any more. People, balance and requests of Design stay as they are.",
        'Somebody is to take over its cards, plan and invoices. Olivia says yes to it.',
        '[Take it over]',
        'Design',
      ].join('\n'),
    ]);
    expect((await toldTo({ person: olivia.id })).join()).toContain(
      'I asked Adam whether they take over; you say yes to whoever does.',
    );
    expect(await toldTo({ person: mia.id })).toEqual([]);
    expect(await primaryOwner()).toBe(paul.id);
  });

  test('and an owner takes over once the owner of the account says yes, from outside the workspace', async () => {
    const { account, adam, olivia } = office().acme;
    await change(paul.who, true);
    const asked = await office().press(ADAM, callOf(await cardTo(adam, 'continuity-asked'), 'Take it over'));
    expect(firstLine(asked)).toBe('The account owner settles who takes over, so I asked them for you.');
    const request = await cardTo(olivia, 'request-pending');
    expect(said({ kind: 'private', card: request })).toContain('Adam asks to take over as primary owner of Design.');
    expect(await primaryOwner()).toBe(paul.id);
    expect(await office().press(OLIVIA, callOf(request, 'Approve'))).toEqual({ kind: 'done' });
    expect(await primaryOwner()).toBe(adam.id);
    expect(await membership(account.id, design.id, paul.id)).toMatchObject({ role: 'owner' });
    expect((await toldTo({ person: adam.id })).join('\n')).toContain('Adam is the primary owner of Design now.');
    expect((await toldTo({ person: olivia.id })).at(-1)).toContain('Adam is the primary owner of Design now.');
    expect(await openContinuities(9)).toEqual([]);
  });

  test('and nobody below the owners takes over while there is one', async () => {
    await change(paul.who, true);
    const tried = await office().press(MIA, { command: 'handover', args: { takeOver: true }, workspace: design.id });
    expect(firstLine(tried)).toContain('Mia is no owner of Design who could take it over.');
  });

  test('and where no owner is left, those of the next role are asked', async () => {
    const { mia, adam } = office().acme;
    await change(ADAM, true);
    await change(paul.who, true);
    expect(await toldTo({ person: adam.id })).toEqual([]);
    await office().press(MIA, callOf(await cardTo(mia, 'continuity-asked'), 'Take it over'));
    await office().press(OLIVIA, callOf(await cardTo(office().acme.olivia, 'request-pending'), 'Approve'));
    expect(await primaryOwner()).toBe(mia.id);
  });

  test('by mistake: they are back, nobody takes over, and the cards say so', async () => {
    const { adam } = office().acme;
    await change(paul.who, true);
    const card = await cardTo(adam, 'continuity-asked');
    expect(await change(paul.who, false)).toBe(true);
    expect((await toldTo({ person: adam.id })).at(-1)).toContain(
      'Paul is back, and stays the primary owner of Design.',
    );
    const late = await office().press(ADAM, callOf(card, 'Take it over'));
    expect(firstLine(late)).toContain('The primary owner is there, so nobody takes over.');
    expect(firstLine(await office().type(paul.who, 'balance'))).toContain('Design');
  });

  test('while an offer of theirs waits, and it is accepted after all', async () => {
    const { adam } = office().acme;
    const confirm = await office().type(paul.who, 'handover ', { person: ADAM });
    await office().press(paul.who, callOf(confirm, 'Offer it to Adam'));
    await change(paul.who, true);
    await office().press(ADAM, callOf(await cardTo(adam, 'handover-offer'), 'Accept'));
    expect(await primaryOwner()).toBe(adam.id);
    expect(await openContinuities(9)).toEqual([]);
  });

  test('of a stranger, or of somebody who owns nothing, asks nobody', async () => {
    expect(await change({ ...paul.who, user: 'U0NOBODY' }, true)).toBe(false);
    expect(await change({ ...paul.who, tenant: 'T99' }, true)).toBe(false);
    expect(await change(MIA, true)).toBe(false);
    expect(await outbox()).toEqual([]);
  });
});

describe('where the owner of the account is gone too', () => {
  const operator = (line: string) => {
    const [name, ...args] = line.split(' ');
    const subcommand = [handoverSubcommand, ownerSubcommand].find((one) => one.name === name)!;
    return subcommand.read(args)(office().at);
  };

  test('owners learn what to send to support, who settles it', async () => {
    const { account, marketing, olivia } = office().acme;
    await addTo(account, marketing, olivia, paul.person, 'owner', office().at);
    const { who, id } = paul;
    await change(OLIVIA, true);
    const sent = await office().press(who, callOf(await cardTo({ id }, 'continuity-asked'), 'Take it over'));
    const code = `handover Marketing --to ${identityKey(who)}`;
    expect(firstLine(sent)).toBe(
      `Olivia owned the account too, so support settles who takes over Marketing. Send them this: ${code}`,
    );
    expect((await operator('handover list')).lines.join('\n')).toContain(`${marketing.id}  Marketing`);
    expect(await operator(code)).toEqual({
      done: true,
      lines: ['Paul is the primary owner of Marketing now; Olivia is an owner.'],
    });
    expect(await primaryOwner(marketing)).toBe(id);
    expect((await operator(code)).lines).toEqual(['Paul is the primary owner of Marketing already.']);
    expect(await toldTo({ person: id })).toContainEqual(
      expect.stringContaining('Support settled it. Olivia is an owner. No card of yours is saved yet.'),
    );
    expect((await operator(`owner ${account.id} --to ${identityKey(who)}`)).done).toBe(true);
    expect((await getAccount(account.id))?.owner).toBe(id);
  });

  test('the operator names nobody who is not known, and no foreign workspace', async () => {
    expect(await operator(`handover ${design.id} --to slack:T02:U0NOBODY`)).toEqual({
      done: false,
      lines: ['slack:T02:U0NOBODY is nobody known there.'],
    });
    expect((await operator(`handover Nowhere --to ${identityKey(paul.who)}`)).done).toBe(false);
    expect(() => operator('handover')).toThrow('handover list');
    expect(() => operator(`owner ${design.account}`)).toThrow('--to is typed');
  });
});

describe('on each platform', () => {
  test('Slack tells it by a signed event, and so that the account works again', async () => {
    const { adam } = office().acme;
    const onAccountChange = async (news: AccountChange) => void (await followAccountChange(news));
    const bench = await SlackBench.start({}, () => ({ onAccountChange }));
    const { bot_events: asked } = slackManifest('https://workspaces.test', COMMANDS).settings.event_subscriptions;
    expect(asked).toContain('user_change');
    try {
      for (const deleted of [false, true, true, false]) {
        const user = { id: paul.who.user, team_id: TEAM, deleted, name: 'paul' };
        expect((await bench.slack.event({ type: 'user_change', user })).status).toBe(200);
        await bench.edge.stop();
      }
    } finally {
      await bench.stop();
    }
    const told = await toldTo({ person: adam.id });
    expect(told.map((words) => words.split('\n')[0])).toEqual([
      'Design needs a primary owner',
      'Paul is back, and stays the primary owner of Design.',
    ]);
  });

  test('of Teams the roster is asked', async () => {
    const { account, adam, olivia } = office().acme;
    const { ledger } = office().services;
    const bench = await TeamsBench.start();
    try {
      const { tenant, users } = bench.teams.world;
      const identity = { platform: 'teams', tenant, user: TEAMS_MIA } as const;
      const at = office().at;
      const joined = { name: 'Acme', tenant: `teams:${tenant}`, ownerUser: 'none', account: account.id };
      const terms = { currency: 'GBP', plan: 'teams' as const, timeZone: 'Europe/London', at };
      const { account: both } = await enableAccount({ ...joined, ...terms });
      const profile = { name: 'Tina', emailVerified: true, standing: 'full' as const };
      const tina = await ensurePerson(both, identity, profile, at);
      await removeMember({
        account: account.id,
        workspace: office().acme.support.id,
        person: office().acme.max.id,
        by: olivia.id,
        at,
      });
      const lab = await createWorkspace({
        ledger,
        account: both,
        name: 'Lab',
        primaryOwner: tina.id,
        by: olivia.id,
        at,
      });
      await addTo(both, lab, tina, adam, 'owner', at);
      office().services.chats = { ...office().services.chats, teams: bench.edge.poster };
      await bench.teams.say(TEAMS_MIA, 'hello');
      await sweep(1.1);
      expect(await outbox()).toEqual([]);
      users.delete(TEAMS_MIA);
      await sweep(2.2);
      expect((await toldTo({ person: adam.id })).join()).toContain('Lab needs a primary owner');
    } finally {
      await bench.stop();
    }
  });
});

describe('a platform that tells nothing', () => {
  test('is asked once a day for each primary owner; those asked are asked again each week', async () => {
    const { adam, chat } = office().acme;
    chat.profiles.delete(identityKey(paul.who));
    await sweep(0.5);
    expect(await outbox()).toEqual([]);
    await sweep(1.1);
    await sweep(1.2);
    expect((await toldTo({ person: adam.id })).length).toBe(1);
    await sweep(8.5);
    await sweep(8.6);
    expect((await toldTo({ person: adam.id })).length).toBe(2);
  });

  test('and somebody who was only thought gone is there again as soon as they speak', async () => {
    const { adam, chat } = office().acme;
    const profile = chat.profiles.get(identityKey(paul.who))!;
    chat.profiles.delete(identityKey(paul.who));
    await sweep(1.1);
    await office().press(ADAM, callOf(await cardTo(adam, 'continuity-asked'), 'Take it over'));
    chat.profiles.set(identityKey(paul.who), profile);
    expect(firstLine(await office().type(paul.who, 'balance'))).toContain('Design');
    await office().press(OLIVIA, callOf(await cardTo(office().acme.olivia, 'request-pending'), 'Approve'));
    expect(await primaryOwner()).toBe(paul.id);
    expect((await toldTo({ person: adam.id })).join()).toContain('Olivia said yes, but it did not work.');
    await sweep(1.2);
    expect((await toldTo({ person: adam.id })).at(-1)).toContain('Paul is back');
    expect(await primaryOwner()).toBe(paul.id);
  });
});
