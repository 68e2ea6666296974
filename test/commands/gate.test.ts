import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '../../src/chat/invocation.js';
import { disableAccount } from '../../src/workspace/accounts.js';
import { suspendMember } from '../../src/workspace/suspension.js';
import { disableWorkspace } from '../../src/workspace/workspaces.js';
import { ADAM, MAX, MIA, OLIVIA, slackUser, TEAM } from '../support/acme.js';
import { callOf, firstLine, outbox, said, useOffice } from './harness.js';

const office = useOffice();

describe('before anything runs', () => {
  test('a company that is not enabled learns what to send to support', async () => {
    office().place = { platform: 'slack', tenant: 'T99', tenantName: 'Globex', kind: 'direct', channel: 'D1' };
    for (const typed of ['', 'help', 'me', 'invite nina@acme.com']) {
      const answer = await office().type(slackUser('U0HANK', 'T99'), typed);
      expect(said(answer)).toBe(
        "Workspaces aren't on for Globex yet. Send support this: slack:T99 U0HANK You reach support at help@workspaces.test.",
      );
    }
  });

  test('a disabled account is told so', async () => {
    await disableAccount({ tenant: `slack:${TEAM}`, at: office().at });
    expect(firstLine(await office().type(OLIVIA, 'balance'))).toMatch(/^Workspaces are switched off for Acme\./);
  });

  test.each(['guest', 'connect', 'bot'] as const)('a %s is sent to a person who can help', async (standing) => {
    const visitor = slackUser('U0VISIT');
    office().acme.chat.add(visitor, { name: 'Vic', emailVerified: false, standing });
    for (const typed of ['', 'balance', 'join', 'topup 5']) {
      expect(said(await office().type(visitor, typed))).toBe('This needs a full member of Acme; ask Olivia.');
    }
  });

  test('an outsider whom the payload betrays is refused before the platform is asked', async () => {
    const answer = await office().invoke(MIA, { typed: ['balance'] }, { outsider: 'connect' });
    expect(said(answer)).toBe('This needs a full member of Acme; ask Olivia.');
  });

  test("somebody of another team who presses a button in Acme's channel is an outsider", async () => {
    const stranger = slackUser('U0OLIVIA', 'T66');
    const answer = await office().press(stranger, {
      command: 'topup',
      args: { amount: '100' },
      workspace: office().acme.marketing.id,
    });
    expect(said(answer)).toBe('This needs a full member of Acme; ask Olivia.');
    expect(office().topUps).toEqual([]);
  });
});

describe('in a workspace', () => {
  beforeEach(async () => {
    const { account, adam, marketing, olivia } = office().acme;
    await suspendMember({
      account: account.id,
      workspace: marketing.id,
      person: adam.id,
      by: olivia.id,
      at: office().at,
    });
  });

  test('a suspended person can do nothing there, by word or by button', async () => {
    const { marketing } = office().acme;
    const typed = await office().type(ADAM, 'balance in:Marketing');
    expect(firstLine(typed)).toBe(
      'You are suspended in Marketing, so commands and buttons there do nothing for you. Your seat is kept. Ask Olivia.',
    );
    const pressed = await office().press(ADAM, {
      command: 'invite',
      args: { people: ['nina@acme.com'] },
      workspace: marketing.id,
    });
    expect(firstLine(pressed)).toMatch(/^You are suspended in Marketing/);
    expect((await outbox()).filter(({ to }) => 'email' in to)).toEqual([]);
  });

  test('a disabled workspace says who can enable it', async () => {
    const { account, marketing, olivia } = office().acme;
    await disableWorkspace({ account: account.id, workspace: marketing.id, by: olivia.id, at: office().at });
    expect(firstLine(await office().type(MIA, 'balance'))).toBe(
      'Marketing is disabled. Its people and balance are kept. Ask Olivia to enable it.',
    );
  });
});

describe('which workspace is meant', () => {
  const channel = {
    platform: 'slack',
    tenant: TEAM,
    kind: 'channel',
    channel: 'C0SUPPORT',
    channelName: 'support',
  } as const;

  test('the active one, where nothing says otherwise', async () => {
    expect(firstLine(await office().type(OLIVIA, 'balance'))).toBe('Marketing has £0.00.');
  });

  test('the named one, whatever its case, without switching', async () => {
    expect(firstLine(await office().type(OLIVIA, 'balance in:support'))).toBe('Support has £0.00.');
    expect(firstLine(await office().type(OLIVIA, 'balance'))).toBe('Marketing has £0.00.');
  });

  test("the channel's, where it is bound to exactly one; a name beats it", async () => {
    office().place = channel;
    await office().type(OLIVIA, 'channel bind in:Support');
    expect(firstLine(await office().type(OLIVIA, 'balance'))).toBe('Support has £0.00.');
    expect(firstLine(await office().type(OLIVIA, 'balance in:Marketing'))).toBe('Marketing has £0.00.');
    await office().type(OLIVIA, 'channel bind in:Marketing');
    expect(firstLine(await office().type(OLIVIA, 'balance'))).toBe('Marketing has £0.00.');
  });

  test("a button's own card, wherever it is pressed", async () => {
    office().place = channel;
    await office().type(OLIVIA, 'channel bind in:Marketing');
    const answer = await office().press(OLIVIA, { command: 'balance', args: {}, workspace: office().acme.support.id });
    expect(firstLine(answer)).toBe('Support has £0.00.');
  });

  test('never one that the person is not in', async () => {
    expect(firstLine(await office().type(MAX, 'balance in:Marketing'))).toBe(
      'You are in no workspace called “Marketing”. These are yours.',
    );
    const pressed = await office().press(MAX, { command: 'balance', args: {}, workspace: office().acme.marketing.id });
    expect(said(pressed)).not.toContain('Marketing');
  });

  test('a near miss is asked back', async () => {
    expect(firstLine(await office().type(OLIVIA, 'balance in:Suport'))).toBe(
      'You are in no workspace called “Suport”. Did you mean Support?',
    );
  });

  describe('a button keeps it', () => {
    const workspaces = (answer: Answer): (string | undefined)[] => {
      const card = 'card' in answer ? answer.card : undefined;
      const buttons = (card?.parts ?? []).flatMap((part) => (part.part === 'buttons' ? part.buttons : []));
      return buttons.flatMap((button) => ('call' in button ? [button.call.workspace] : []));
    };

    test.each([
      ['tpoup 100 in:Support', 'topup', { amount: '100' }],
      ['alertz at 5% in:Support', 'alerts', { at: '5%' }],
      ['tpoup in:Support', 'topup', {}],
    ])('of the command that was probably meant by %s', async (typed, meant, args) => {
      const { support } = office().acme;
      const call = callOf(await office().type(OLIVIA, typed), meant);
      expect(call).toEqual({ command: meant, args, workspace: support.id });
    });

    test('from which balance was to go', async () => {
      const call = callOf(await office().type(OLIVIA, 'transfr 50 from Support to Marketing'), 'transfer');
      expect(call).toMatchObject({ args: { amount: '50', to: 'Marketing' }, workspace: office().acme.support.id });
    });

    test('that the channel is bound to, wherever the button is pressed', async () => {
      office().place = channel;
      await office().type(OLIVIA, 'channel bind in:Support');
      const answer = await office().type(OLIVIA, 'tpoup 100');
      expect(workspaces(answer)).toEqual([office().acme.support.id]);
    });

    test('which has to be one of theirs', async () => {
      expect(firstLine(await office().type(OLIVIA, 'tpoup 100 in:Suport'))).toBe(
        'You are in no workspace called “Suport”. Did you mean Support?',
      );
    });

    test.each([
      'channel Nowhere in:Support',
      'meeting Nothing in:Support',
      'template Nothing in:Support',
      'invite revoke Nina in:Support',
      'auto topup below 20 add 50 max 200 in:Support',
      'alerts at nothing in:Support',
    ])('under the refusal of %s', async (typed) => {
      const answer = await office().type(OLIVIA, typed);
      expect(said(answer)).toContain('Support');
      for (const workspace of workspaces(answer)) expect(workspace).toBe(office().acme.support.id);
    });
  });

  test('somebody in no workspace learns how to get into one', async () => {
    const nora = slackUser('U0NORA');
    office().acme.chat.add(nora, { name: 'Nora', emailVerified: false, standing: 'full' });
    expect(firstLine(await office().type(nora, 'balance'))).toMatch(/^You are in no workspace yet\./);
    expect(said(await office().type(nora, ''))).toContain('Ask a colleague to invite you');
  });
});
