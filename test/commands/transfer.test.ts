import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '../../src/chat/invocation.js';
import { COMMANDS } from '../../src/commands/registry.js';
import { resumeApproved } from '../../src/commands/resume-approved.js';
import type { Policies, PolicyKey } from '../../src/workspace/entities.js';
import { changeRole, leaveWorkspace } from '../../src/workspace/memberships.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { requestsBy } from '../../src/workspace/requests.js';
import { suspendMember } from '../../src/workspace/suspension.js';
import { approvedButNotRun } from '../../src/workspace/sweeping.js';
import { createWorkspace, disableWorkspace } from '../../src/workspace/workspaces.js';
import { ADAM, addTo, MAX, MIA, OLIVIA, TEAM } from '../support/acme.js';
import { nora } from './colleagues.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();

beforeEach(async () => {
  await fund(office().acme.marketing.id, 12_000);
  await fund(office().acme.support.id, 4_000);
});

async function fund(wallet: string, amountMinor: number, at = office().at): Promise<void> {
  const key = `topup:${wallet}:${at.getTime()}`;
  await office().services.ledger.post({ wallet, key, kind: 'topup', amountMinor, contra: 'provider', at });
}

async function spend(wallet: string, amountMinor: number, at = office().at): Promise<void> {
  const key = `u:${wallet}:${at.getTime()}`;
  const posting = { wallet, key, kind: 'usage', amountMinor: -amountMinor, contra: 'revenue', at } as const;
  await office().services.ledger.post(posting);
}

async function balances(): Promise<[number, number]> {
  const { marketing, support } = office().acme;
  const heads = await office().services.ledger.heads([marketing.id, support.id]);
  return [heads.get(marketing.id)!.balanceMinor, heads.get(support.id)!.balanceMinor];
}

async function set<K extends PolicyKey>(key: K, value: Policies[K]): Promise<void> {
  const { account, marketing, olivia } = office().acme;
  await setPolicy({ account, workspace: marketing.id, key, value, by: olivia.id, at: office().at });
}

/** Nora owns Marketing and is a member of Support. */
const noraInBoth = () =>
  nora(office(), [
    [office().acme.marketing, 'owner'],
    [office().acme.support, 'member'],
  ]);

const adamInSupport = () => {
  const { account, support, olivia, adam } = office().acme;
  return addTo(account, support, olivia, adam, 'member', office().at);
};

const preview = () => office().type(OLIVIA, 'move 50 from Marketing to Support');
const move = async (from: Answer) => office().press(OLIVIA, callOf(from, 'Move £50.00'));
const theRequest = async () => (await outbox()).filter(({ subject }) => subject?.startsWith('request:')).at(-1)!;

describe('a transfer', () => {
  test('is shown with both balances before, and moves when confirmed', async () => {
    const shown = await preview();
    expect(said(shown)).toBe(
      [
        'Move £50.00 from Marketing to Support?',
        'Workspace | Now | Afterwards',
        'Marketing | £120.00 | £70.00',
        'Support | £40.00 | £90.00',
        '[Move £50.00] [Change]',
        'Marketing · £120.00',
      ].join('\n'),
    );
    expect(await balances()).toEqual([12_000, 4_000]);
    const done = await move(shown);
    expect(said(done)).toBe(
      [
        '£50.00 moved from Marketing to Support.',
        'Marketing: £70.00',
        'Support: £90.00',
        '[Undo]',
        'It can be undone until 09:10, if it is not spent.',
        'Marketing · £70.00',
      ].join('\n'),
    );
    expect(await balances()).toEqual([7_000, 9_000]);
  });

  test('says how many days each side would last', async () => {
    const day = 86_400_000;
    const { marketing } = office().acme;
    const now = office().at.getTime();
    for (let ago = 0; ago < 6; ago++) await spend(marketing.id, 500, new Date(now + ago * day));
    office().at = new Date(now + 6 * day);
    expect(said(await preview())).toContain(
      'Marketing | £90.00, about 18 days | £40.00, about 8 days\nSupport | £40.00 |',
    );
  });

  test.each([
    'transfer 50 to Support',
    'move £50 to Support',
    'move 50 from Marketing to Support',
    'move 50 to Support from Marketing',
    'move 50.00 GBP into support',
    'transfer from Marketing to Support 50',
    'put 50 from Marketing in Support',
    'send 50 to Support',
    'move 50 to Support in:Marketing',
    'move 50 balance to “Support” please',
  ])('is understood as %s', async (typed) => {
    expect(firstLine(await office().type(OLIVIA, typed))).toBe('Move £50.00 from Marketing to Support?');
  });

  test.each([
    ['move 1e9 to Support', "I can't read “1e9” as an amount."],
    ['move -5 to Support', 'An amount is above zero.'],
    ['move 0 to Support', 'An amount is above zero.'],
    ['move lots to Support', "I can't read “lots” as an amount."],
    ['move $5 to Support', 'This workspace counts in GBP'],
    ['move 5 to Suport', 'You are in no workspace called “Suport”. Did you mean Support?'],
    ['move 5 to Marketing', 'Marketing is where the balance is already.'],
    ['move 500 to Support', 'Marketing has £120.00 and this needs £500.00.'],
  ])('%s is refused kindly', async (typed, words) => {
    const answer = await office().type(OLIVIA, typed);
    expect(firstLine(answer)).toContain(words);
    expect(await balances()).toEqual([12_000, 4_000]);
  });

  test('asks by a form for what is missing, and keeps what was typed wrong', async () => {
    const form = await office().type(OLIVIA, 'transfer');
    expect(form).toMatchObject({
      kind: 'form',
      form: { intro: ['From Marketing, which has £120.00. You see both balances before anything moves.'] },
    });
    const again = await office().submit(OLIVIA, form, { amount: 'fifty', to: office().acme.support.id });
    expect(again).toMatchObject({ kind: 'form', form: { fields: [{ initial: 'fifty' }, { name: 'to' }] } });
    expect(await office().type(OLIVIA, 'move 1.000 to Support')).toMatchObject({
      form: { fields: [{ initial: '1.000', error: expect.any(String) }, { initial: office().acme.support.id }] },
    });
    const shown = await office().submit(OLIVIA, again, { amount: '50', to: office().acme.support.id });
    expect(firstLine(shown)).toBe('Move £50.00 from Marketing to Support?');
    const changed = await office().press(OLIVIA, callOf(shown, 'Change'));
    expect(changed).toMatchObject({ kind: 'form', form: { fields: [{ initial: '50.00' }, {}] } });
  });

  test('counts what is held as gone, and offers to add balance there', async () => {
    const { marketing } = office().acme;
    const hold = { wallet: marketing.id, hold: 'h1', amountMinor: 10_000, at: office().at };
    await office().services.ledger.reserve(hold);
    const answer = await preview();
    expect(firstLine(answer)).toBe('Marketing has £20.00 available, as £100.00 is held, and this needs £50.00.');
    expect(callOf(answer, 'Add balance').workspace).toBe(marketing.id);
  });

  test('that the funds ran out for meanwhile moves nothing, and may be pressed again', async () => {
    const shown = await preview();
    await spend(office().acme.marketing.id, 10_000);
    expect(firstLine(await move(shown))).toBe('Marketing has £20.00 and this needs £50.00.');
    await fund(office().acme.marketing.id, 10_000, new Date(office().at.getTime() + 1));
    expect(firstLine(await move(shown))).toBe('£50.00 moved from Marketing to Support.');
    expect(await balances()).toEqual([7_000, 9_000]);
  });

  test('moves once, however often and by whom its button is pressed', async () => {
    const call = callOf(await preview(), 'Move £50.00');
    const answers = await Promise.all([1, 2, 3].map(() => office().press(OLIVIA, call)));
    expect(new Set(answers.map(firstLine))).toEqual(new Set(['£50.00 moved from Marketing to Support.']));
    expect(await office().press(OLIVIA, call)).toEqual(answers[0]);
    expect(await balances()).toEqual([7_000, 9_000]);
  });

  test('of two people at once moves for each, and never below what is there', async () => {
    const { who } = await noraInBoth();
    const [mine, theirs] = await Promise.all([preview(), office().type(who, 'move 100 to Support in:Marketing')]);
    const answers = await Promise.all([move(mine), office().press(who, callOf(theirs, 'Move £100.00'))]);
    const moved = answers.filter((answer) => said(answer).includes(' moved from '));
    expect(moved).toHaveLength(1);
    const [left] = await balances();
    expect([7_000, 2_000]).toContain(left);
  });
});

describe('both channels are told', () => {
  beforeEach(async () => {
    office().place = { platform: 'slack', tenant: TEAM, kind: 'channel', channel: 'CMARK', channelName: 'mark' };
    await office().type(OLIVIA, 'channel bind in:Marketing');
    office().place = { ...office().place, channel: 'CSUPP', channelName: 'supp' };
    await office().type(OLIVIA, 'channel bind in:Support');
    office().place = { platform: 'slack', tenant: TEAM, kind: 'direct', channel: 'D1' };
  });

  test('names and amounts, but never the other workspace', async () => {
    const done = await move(await preview());
    const channels = async () => [await toldTo({ channel: 'CMARK' }), await toldTo({ channel: 'CSUPP' })] as const;
    expect((await channels()).map((told) => told.length)).toEqual([1, 1]);
    const [[from], [to]] = await channels();
    expect(from).toMatch(/^£50\.00 moved to another workspace of Acme\. Balance £70\.00\.\nMoved by Olivia\.\n/);
    expect(to).toMatch(/^£50\.00 came from another workspace of Acme\. Balance £90\.00\.\nMoved by Olivia\.\n/);
    expect(from).not.toContain('Support');
    expect(to).not.toContain('Marketing');
    await office().press(OLIVIA, callOf(done, 'Undo'));
    expect((await toldTo({ channel: 'CMARK' })).at(-1)).toMatch(
      /^£50\.00 came back from another workspace of Acme, as the transfer was undone\. Balance £120\.00\.\nUndone by Olivia\./,
    );
    expect((await toldTo({ channel: 'CSUPP' })).at(-1)).toContain('£50.00 went back to another workspace of Acme');
  });
});

test('without channels it is told privately, and the other side is named only to people who are in it', async () => {
  await move(await preview());
  const { adam, olivia } = office().acme;
  expect((await toldTo({ person: adam.id })).join()).toContain('moved to another workspace of Acme');
  expect((await toldTo({ person: adam.id })).join()).not.toContain('Support');
  expect((await toldTo({ person: olivia.id })).join()).toContain('£50.00 moved to Support.');
});

describe('undo', () => {
  test('brings it back, once, by lines that name the first ones', async () => {
    const done = await move(await preview());
    const undo = callOf(done, 'Undo');
    const answers = await Promise.all([office().press(OLIVIA, undo), office().press(OLIVIA, undo)]);
    for (const answer of answers) {
      expect(firstLine(answer)).toBe('Undone: £50.00 went back from Support to Marketing.');
    }
    expect(await balances()).toEqual([12_000, 4_000]);
    const { entries } = await office().services.ledger.history(office().acme.marketing.id, { limit: 1 });
    expect(entries[0]!.reverses).toMatch(/^x:tr_/);
  });

  test('is open to another owner who is in both, and to nobody else', async () => {
    const { who, id } = await noraInBoth();
    const done = await move(await preview());
    const undo = callOf(done, 'Undo');
    for (const person of [ADAM, MIA]) {
      expect(firstLine(await office().press(person, undo))).toMatch(/^You can't undo a transfer\./);
    }
    expect(firstLine(await office().press(MAX, undo))).toMatch(
      /^This card belongs to a workspace that you are not in\./,
    );
    const { account, support } = office().acme;
    await leaveWorkspace({ account: account.id, workspace: support.id, person: id, at: office().at });
    expect(firstLine(await office().press(who, undo))).toMatch(/^You can't undo a transfer\./);
    expect(await balances()).toEqual([7_000, 9_000]);
  });

  test('is refused once its time is over', async () => {
    const done = await move(await preview());
    office().at = new Date(office().at.getTime() + 10 * 60_000 + 1);
    expect(firstLine(await office().press(OLIVIA, callOf(done, 'Undo')))).toBe(
      'The time to undo this is over. Move the balance back instead; both channels see that too.',
    );
    expect(await balances()).toEqual([7_000, 9_000]);
  });

  test('is refused where the other side has spent it, and open again once it has enough', async () => {
    const done = await move(await preview());
    await spend(office().acme.support.id, 7_000);
    expect(firstLine(await office().press(OLIVIA, callOf(done, 'Undo')))).toBe(
      "Support has £20.00 left, less than the £50.00 that would go back, so this can't be undone. Move back what is left, or add balance.",
    );
    await fund(office().acme.support.id, 5_000, new Date(office().at.getTime() + 1));
    expect(firstLine(await office().press(OLIVIA, callOf(done, 'Undo')))).toContain('Undone');
  });

  test.each(['tr_nothing', 'x', '$where'])('of an id that is none (%s) changes nothing', async (undo) => {
    await move(await preview());
    const call = { command: 'transfer', args: { undo }, workspace: office().acme.marketing.id };
    expect(firstLine(await office().press(OLIVIA, call))).toBe('I find no such transfer here.');
    expect(await balances()).toEqual([7_000, 9_000]);
  });

  test('does not go by way of the workspace that got it', async () => {
    const { undo } = callOf(await move(await preview()), 'Undo').args as { undo: string };
    const call = { command: 'transfer', args: { undo }, workspace: office().acme.support.id };
    expect(firstLine(await office().press(OLIVIA, call))).toBe('I find no such transfer here.');
  });
});

describe('who may', () => {
  const confirm = (who: typeof MIA, more: object = {}) =>
    office().press(who, {
      command: 'transfer',
      args: { amount: '50', to: office().acme.support.id, sure: true, ...more },
      workspace: office().acme.marketing.id,
      key: 'k',
    });

  test('members may not, and learn of no workspace they are not in', async () => {
    for (const typed of ['move 50 to Support', 'move 50 to Nowhere']) {
      expect(firstLine(await office().type(MIA, typed))).toMatch(/^You are in no workspace called/);
    }
    expect(said(await confirm(MIA))).not.toContain('Support');
    expect(firstLine(await office().type(MIA, 'move 50'))).toBe("You can't move balance. Olivia can.");
    expect(await balances()).toEqual([12_000, 4_000]);
  });

  test('an owner who is not in the target neither moves there nor learns its name', async () => {
    const { who } = await nora(office());
    expect(said(await confirm(who))).not.toContain('Support');
    expect(firstLine(await office().type(who, 'transfer in:Marketing'))).toBe(
      "You are in no other workspace that Marketing's balance could go to.",
    );
    expect(await balances()).toEqual([12_000, 4_000]);
  });

  test("a button with another company's workspace, or one's own as target, moves nothing", async () => {
    for (const to of ['ws_elsewhere', office().acme.marketing.id, '']) {
      expect((await confirm(OLIVIA, { to })).kind).toBe('private');
    }
    expect(await balances()).toEqual([12_000, 4_000]);
  });

  test('a confirmed button goes by the id alone, never by a name', async () => {
    expect(firstLine(await confirm(OLIVIA, { to: 'Support' }))).toMatch(/^You are in no workspace called “Support”\./);
  });

  test("one's key is nobody else's", async () => {
    await confirm(OLIVIA);
    const { who } = await noraInBoth();
    expect(firstLine(await confirm(who, { amount: '10' }))).toContain('£10.00 moved');
    expect(await balances()).toEqual([6_000, 10_000]);
  });

  test('nothing goes to a disabled workspace, or where one is suspended', async () => {
    const { account, olivia, support, marketing } = office().acme;
    const { who, id } = await noraInBoth();
    await suspendMember({ account: account.id, workspace: support.id, person: id, by: olivia.id, at: office().at });
    expect(firstLine(await office().type(who, 'move 50 to Support in:Marketing'))).toBe(
      'You are suspended in Support, so nothing can be moved there by you.',
    );
    await disableWorkspace({ account: account.id, workspace: support.id, by: olivia.id, at: office().at });
    expect(firstLine(await preview())).toBe('Support is disabled, so nothing can be moved there.');
    expect(marketing.status).toBe('active');
  });
});

describe('an admin asks', () => {
  async function adamAsks() {
    await adamInSupport();
    const offer = await office().type(ADAM, 'move 50 to Support in:Marketing because they ran out');
    expect(said(offer)).toMatch(/Owners move balance\. Ask Olivia( or Nora)?\?\n\[Ask for £50\.00\] \[Change\]/);
    return office().press(ADAM, callOf(offer, 'Ask for £50.00'));
  }

  test('an owner who is in both, who says yes; it runs as the admin, who is told', async () => {
    await nora(office());
    expect(firstLine(await adamAsks())).toBe('Owners move balance, so I asked them for you.');
    const told = await toldTo({ person: office().acme.olivia.id });
    expect(told.at(-1)).toMatch(
      /^Adam asks to move £50\.00 from Marketing to Support\. Marketing would have £70\.00 left\.\nSupport would have £90\.00\.\n“they ran out”\n\[Move £50\.00\] \[Deny\]/,
    );
    const { card } = await theRequest();
    expect(await office().press(OLIVIA, callOf(card, 'Move £50.00'))).toEqual({ kind: 'done' });
    expect(await balances()).toEqual([7_000, 9_000]);
    const answer = (await toldTo({ person: office().acme.adam.id })).find((words) =>
      words.startsWith('Olivia said yes'),
    );
    expect(answer).toContain('Marketing: £70.00');
    expect(answer).not.toContain('[Undo]');
  });

  test('and an owner who is not in the target neither sees nor decides it', async () => {
    const { who, id } = await nora(office());
    await adamAsks();
    expect(await toldTo({ person: id })).toEqual([]);
    expect(said(await office().type(who, 'requests'))).not.toContain('Support');
    const { card } = await theRequest();
    expect(firstLine(await office().press(who, callOf(card, 'Move £50.00')))).toBe(
      "You can't decide this. Olivia can.",
    );
    expect(await balances()).toEqual([12_000, 4_000]);
  });

  test('and what was cut off after it moved is told as done, though the decider lost the right since', async () => {
    const second = await noraInBoth();
    await adamAsks();
    const { card } = await theRequest();
    const { ledger } = office().services;
    office().services.ledger = {
      ...ledger,
      transfer: async (asked) => {
        await ledger.transfer(asked);
        throw new Error('cut off');
      },
    };
    await expect(office().press(second.who, callOf(card, 'Move £50.00'))).rejects.toThrow('cut off');
    office().services.ledger = ledger;
    const { account, adam, marketing, olivia } = office().acme;
    const where = { account: account.id, workspace: marketing.id, by: olivia.id, at: office().at };
    await changeRole({ ...where, person: second.id, role: 'member' });
    for (const cutOff of await approvedButNotRun(office().at, 10)) {
      await resumeApproved({ services: office().services, commands: COMMANDS }, cutOff, office().at);
    }
    expect(await balances()).toEqual([7_000, 9_000]);
    expect((await toldTo({ person: adam.id })).join()).not.toContain('did not work');
  });

  test('and funds are looked at again when it runs', async () => {
    await adamAsks();
    await spend(office().acme.marketing.id, 10_000);
    const { card } = await theRequest();
    expect(firstLine(await office().press(OLIVIA, callOf(card, 'Move £50.00')))).toBe(
      'Marketing has £20.00 and this needs £50.00.',
    );
    expect((await toldTo({ person: office().acme.adam.id })).at(-1)).toMatch(/^Olivia said yes, but it did not work\./);
    expect(await balances()).toEqual([2_000, 4_000]);
  });

  test('a large amount needs a second owner beside the one who says yes, as the admin is none', async () => {
    const second = await noraInBoth();
    await adamAsks();
    await set('twoPeopleAboveMinor', 4_000);
    const { card } = await theRequest();
    await office().press(OLIVIA, callOf(card, 'Move £50.00'));
    expect(await balances()).toEqual([12_000, 4_000]);
    expect((await toldTo({ person: office().acme.adam.id })).at(-1)).toContain(
      'Above £40.00 two people are needed, so I asked Nora for you.',
    );
    const next = await theRequest();
    expect(await toldTo({ person: second.id })).toContainEqual(
      expect.stringMatching(/^Olivia asks to move £50\.00 from Marketing to Support\./),
    );
    expect(await office().press(second.who, callOf(next.card, 'Move £50.00'))).toEqual({ kind: 'done' });
    expect(await balances()).toEqual([7_000, 9_000]);
  });
});

describe('above the amount that is retyped', () => {
  beforeEach(() => set('retypeAboveMinor', 4_000));

  test('the amount is typed once more, and what was typed wrong is kept beside its field', async () => {
    const form = await move(await preview());
    expect(form).toMatchObject({
      kind: 'form',
      form: {
        name: 'retype-amount',
        intro: [
          '£50.00 goes from Marketing to Support. Above £40.00 the amount is typed once more: the policy “Amounts typed twice” says so.',
        ],
      },
    });
    expect(await balances()).toEqual([12_000, 4_000]);
    const wrong = await office().submit(OLIVIA, form, { retyped: '500' });
    expect(wrong).toMatchObject({
      kind: 'form',
      form: { fields: [{ initial: '500', error: 'That is not £50.00. Nothing was done yet.' }] },
    });
    const unreadable = await office().submit(OLIVIA, wrong, { retyped: 'fifty' });
    expect(unreadable).toMatchObject({ kind: 'form', form: { fields: [{ initial: 'fifty' }] } });
    expect(firstLine(await office().submit(OLIVIA, unreadable, { retyped: '£50' }))).toBe(
      '£50.00 moved from Marketing to Support.',
    );
    expect(await balances()).toEqual([7_000, 9_000]);
  });

  test('sent twice it moves once', async () => {
    const form = await move(await preview());
    await Promise.all([1, 2].map(() => office().submit(OLIVIA, form, { retyped: '50' })));
    expect(await balances()).toEqual([7_000, 9_000]);
  });

  test('the amount itself is not above it', async () => {
    await set('retypeAboveMinor', 5_000);
    expect(firstLine(await move(await preview()))).toBe('£50.00 moved from Marketing to Support.');
  });

  test('a button cannot bring the retyping along', async () => {
    const call = callOf(await preview(), 'Move £50.00');
    const answer = await office().press(OLIVIA, { ...call, args: { ...call.args, retyped: '50' } });
    expect(answer.kind).toBe('private');
    expect(await balances()).toEqual([12_000, 4_000]);
  });

  test('whoever says yes to a request types it too', async () => {
    await adamInSupport();
    const offer = await office().type(ADAM, 'move 50 to Support in:Marketing');
    await office().press(ADAM, callOf(offer, 'Ask for £50.00'));
    const { card } = await theRequest();
    const form = await office().press(OLIVIA, callOf(card, 'Move £50.00'));
    expect(form).toMatchObject({ kind: 'form', form: { name: 'retype-amount' } });
    expect((await requestsBy(office().acme.account.id, office().acme.adam.id))[0]!.state).toBe('pending');
    await office().submit(OLIVIA, form, { retyped: '50' });
    expect(await balances()).toEqual([7_000, 9_000]);
  });
});

describe('above the amount for two people', () => {
  async function askNora() {
    const second = await noraInBoth();
    await set('twoPeopleAboveMinor', 4_000);
    const asked = await move(await preview());
    return { second, asked };
  }

  test('a second owner says yes, and it runs as the first', async () => {
    const { second, asked } = await askNora();
    expect(firstLine(asked)).toBe('Above £40.00 two people are needed, so I asked Nora for you.');
    expect(await balances()).toEqual([12_000, 4_000]);
    const { card } = await theRequest();
    expect(firstLine(await office().press(OLIVIA, callOf(card, 'Move £50.00')))).toBe(
      'This is your own request, so somebody else decides it.',
    );
    for (const person of [ADAM, MIA]) {
      expect(firstLine(await office().press(person, callOf(card, 'Move £50.00')))).toBe(
        "You can't decide this. Nora can.",
      );
    }
    await Promise.all([1, 2].map(() => office().press(second.who, callOf(card, 'Move £50.00'))));
    expect(await balances()).toEqual([7_000, 9_000]);
    const told = (await toldTo({ person: office().acme.olivia.id })).find((words) => words.startsWith('Nora said yes'));
    expect(told).toContain('[Undo]');
    const { entries } = await office().services.ledger.history(office().acme.marketing.id, { limit: 1 });
    expect(entries[0]!.person).toBe(office().acme.olivia.id);
  });

  test('pressing again asks once', async () => {
    await askNora();
    await move(await preview());
    expect(await requestsBy(office().acme.account.id, office().acme.olivia.id)).toHaveLength(1);
  });

  test('whoever lost the right meanwhile does not move it, though the second says yes', async () => {
    const second = await noraInBoth();
    await set('twoPeopleAboveMinor', 4_000);
    const shown = await office().type(second.who, 'move 50 to Support in:Marketing');
    await office().press(second.who, callOf(shown, 'Move £50.00'));
    const { account, marketing, olivia } = office().acme;
    const where = { account: account.id, workspace: marketing.id, by: olivia.id, at: office().at };
    await changeRole({ ...where, person: second.id, role: 'member' });
    const { card } = await theRequest();
    const answer = firstLine(await office().press(OLIVIA, callOf(card, 'Move £50.00')));
    expect(answer).toMatch(/^You can't move balance\./);
    expect(await balances()).toEqual([12_000, 4_000]);
  });

  test('an owner who is not in the target is no second, and nobody left is said kindly', async () => {
    await nora(office());
    await set('twoPeopleAboveMinor', 4_000);
    expect(firstLine(await move(await preview()))).toBe(
      'Above £40.00 two people are needed in Marketing, and nobody else could be the second. Make somebody an owner, or change the policy.',
    );
  });

  test('a policy lowered while a request waits still holds when it runs', async () => {
    await adamInSupport();
    const offer = await office().type(ADAM, 'move 50 to Support in:Marketing');
    await office().press(ADAM, callOf(offer, 'Ask for £50.00'));
    await nora(office());
    await set('twoPeopleAboveMinor', 100);
    const { card } = await theRequest();
    expect(firstLine(await office().press(OLIVIA, callOf(card, 'Move £50.00')))).toContain(
      'nobody else could be the second',
    );
    expect(await balances()).toEqual([12_000, 4_000]);
  });
});

test('the history names the other side to a reader who is in it, and to nobody else', async () => {
  const done = await move(await preview());
  await office().press(OLIVIA, callOf(done, 'Undo'));
  const hold = {
    wallet: office().acme.marketing.id,
    hold: 'h1',
    amountMinor: 500,
    resource: 'Spring sale',
    at: office().at,
  };
  await office().services.ledger.reserve(hold);
  const mine = said(await office().type(OLIVIA, 'history'));
  expect(mine).toContain('Transfer: to Support | -£50.00 | £70.00');
  expect(mine).toContain('Transfer: undone, back from Support | £50.00 | £120.00');
  expect(mine).toContain('Set aside: £5.00 for Spring sale');
  const theirs = said(await office().type(ADAM, 'history'));
  expect(theirs).toContain('Transfer: to another workspace of Acme | -£50.00');
  expect(theirs).not.toContain('Support');
});

test('a workspace in another currency is refused', async () => {
  const { account, olivia } = office().acme;
  const { ledger } = office().services;
  const dollars = { ...account, currency: 'USD' };
  await createWorkspace({
    ledger,
    account: dollars,
    name: 'Boston',
    primaryOwner: olivia.id,
    by: olivia.id,
    at: office().at,
  });
  expect(firstLine(await office().type(OLIVIA, 'move 5 to Boston'))).toBe(
    'Marketing and Boston count in different currencies, so nothing can be moved between them.',
  );
});
