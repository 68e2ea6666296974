import { describe, expect, test } from '@jest/globals';
import { DeliveryFailure } from '../../src/chat/port.js';
import { ADAM, MIA, NOW, OLIVIA, TEAM } from '../support/acme.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

const office = useOffice();

async function post(key: string, kind: 'topup' | 'usage', amountMinor: number, resource?: string, person?: string) {
  const { ledger } = office().services;
  const contra = kind === 'topup' ? 'provider' : 'revenue';
  const labels = { ...(resource && { resource }), ...(person && { person }) };
  await ledger.post({ wallet: office().acme.marketing.id, key, kind, amountMinor, contra, at: office().at, ...labels });
}

describe('balance', () => {
  test('is for everybody in the workspace, and can be shared openly', async () => {
    await post('topup:1', 'topup', 10_000);
    const alone = await office().type(MIA, 'balance');
    expect(said(alone)).toBe('Marketing has £100.00.\n[Add balance] [Why?] [History]\nMarketing · £100.00');
    office().place = { platform: 'slack', tenant: TEAM, kind: 'channel', channel: 'C0MARK' };
    const mine = await office().type(MIA, 'how much is left?');
    expect(mine.kind).toBe('private');
    expect(said(mine)).toBe('Marketing has £100.00.\n[Add balance] [Why?] [History] [Share]\nMarketing · £100.00');
    const shared = await office().press(MIA, callOf(mine, 'Share'));
    expect(shared).toMatchObject({ kind: 'open', where: 'C0MARK' });
    expect(said(shared)).toContain('Shared by Mia.');
    expect(said(shared)).not.toContain('[Share]');
  });

  test('all of mine, and none of the others', async () => {
    const { services, acme } = office();
    const usage = { kind: 'usage', contra: 'revenue', wallet: acme.support.id } as const;
    await post('topup:1', 'topup', 10_000);
    await services.ledger.post({
      ...usage,
      key: 'topup:2',
      kind: 'topup',
      contra: 'provider',
      amountMinor: 5_000,
      at: NOW,
    });
    for (const days of [0, 1, 2, 3, 4]) {
      const at = new Date(NOW.getTime() + days * 86_400_000);
      await services.ledger.post({ ...usage, key: `u:${days}`, amountMinor: -840, at });
    }
    office().at = new Date(NOW.getTime() + 4.1 * 86_400_000);
    office().place = { platform: 'slack', tenant: TEAM, kind: 'channel', channel: 'C0MARK' };
    const mine = await office().type(OLIVIA, 'balance all');
    expect(said(mine)).toBe(
      [
        '£108.00 in 2 workspaces',
        'Low: Support.',
        'Workspace | Balance | Days left',
        'Support | £8.00 | 0',
        'Marketing | £100.00 | ',
        '[Workspaces]',
        'Marketing · £100.00',
      ].join('\n'),
    );
    const altered = {
      command: 'balance',
      args: { all: true, share: true, where: 'C0MARK' },
      workspace: office().acme.marketing.id,
    };
    expect(await office().press(OLIVIA, altered)).toMatchObject({ kind: 'private' });
    expect(said(await office().type(MIA, 'balance all'))).not.toContain('Support');
  });
});

describe('topup', () => {
  test.each([
    ['topup 1e9', "I can't read “1e9” as an amount."],
    ['topup -5', 'An amount is above zero.'],
    ['topup ٣', "I can't read “٣” as an amount."],
    ['topup 0.50', '“0.50” is too little to pay for. The least is £1.00.'],
    ['topup $5', 'This workspace counts in GBP'],
    ['topup lots', "I can't read “lots” as an amount."],
  ])('%s is refused, to owners and members alike, and nothing is started', async (typed, words) => {
    for (const who of [OLIVIA, MIA]) expect(firstLine(await office().type(who, typed))).toContain(words);
    expect(office().topUps).toEqual([]);
  });

  test.each(['1 000,50', '10,50', '1.000', '£0.001'])(
    '%s is not guessed: the form asks again, and says why',
    async (typed) => {
      const form = await office().type(OLIVIA, `topup ${typed}`);
      const [field] = form.kind === 'form' ? form.form.fields : [];
      expect(field).toMatchObject({ name: 'amount', initial: typed, error: expect.stringContaining(`“${typed}”`) });
      expect(said(await office().submit(OLIVIA, form, { amount: '10.50' }))).toContain('[Pay £10.50]');
      expect(await office().type(MIA, `topup ${typed}`)).toMatchObject({ kind: 'form' });
    },
  );

  test('a form asks how much, and suggests what was added last', async () => {
    await post('topup:1', 'topup', 2_500);
    const form = await office().type(OLIVIA, 'topup');
    expect(form).toMatchObject({ kind: 'form', form: { fields: [{ name: 'amount', initial: '25.00' }] } });
    expect(said(await office().submit(OLIVIA, form, { amount: '£1,000.50' }))).toContain('[Pay £1,000.50]');
  });

  test("the alert's button offers a member to ask for what was added last", async () => {
    await post('topup:1', 'topup', 10_000);
    const offered = await office().press(MIA, { command: 'topup', args: {}, workspace: office().acme.marketing.id });
    expect(said(offered)).toContain('Owners top up. Ask Olivia?\n[Ask for £100.00]');
    const asked = await office().press(MIA, callOf(offered, 'Ask for £100.00'));
    expect(asked).toMatchObject({ kind: 'private', replace: true });
  });

  test('the same button twice is one top-up', async () => {
    const call = { command: 'topup', args: { amount: '100' }, workspace: office().acme.marketing.id, key: 'button-1' };
    const first = await office().press(OLIVIA, call);
    expect(await office().press(OLIVIA, call)).toEqual(first);
    expect(office().topUps).toHaveLength(1);
  });

  test('an admin asks too: money stays with owners', async () => {
    expect(said(await office().type(ADAM, 'put 100 in Marketing'))).toContain('Owners top up. Ask Olivia?');
  });
});

describe('history and usage', () => {
  test('entries newest first, in pages', async () => {
    for (let i = 1; i <= 12; i++) await post(`topup:${i}`, 'topup', 100 * i);
    const page = await office().type(OLIVIA, 'history topup');
    expect(said(page)).toContain('16 Nov 2026, 09:00 | Balance added | £12.00 | £78.00');
    expect(said(page)).not.toContain('| £2.00 |');
    const older = await office().press(OLIVIA, callOf(page, 'Older'));
    expect(said(older)).toContain('| £1.00 | £1.00');
  });

  test('members see totals by resource, never single entries or people', async () => {
    await post('topup:1', 'topup', 20_000);
    await post('u:1', 'usage', -8_160, 'Spring sale', office().acme.adam.id);
    const answer = said(await office().type(MIA, 'history'));
    expect(answer).toContain('Marketing in November so far: £0.00 + £200.00 - £81.60 = £118.40.');
    expect(answer).toContain('Spring sale: £81.60');
    expect(answer).not.toContain('Adam');
  });

  test('owners and admins see who spent it, by name', async () => {
    await post('topup:1', 'topup', 20_000);
    await post('u:1', 'usage', -8_160, 'Spring sale', office().acme.adam.id);
    expect(said(await office().type(ADAM, 'usage'))).toContain(
      'Most was spent by Adam: £81.60, 100 % of what was spent.',
    );
  });

  test('last month is another month', async () => {
    await post('topup:1', 'topup', 20_000);
    expect(said(await office().type(OLIVIA, 'last month'))).toContain(
      'Marketing in October: £0.00 + £0.00 - £0.00 = £0.00.',
    );
    expect(firstLine(await office().type(OLIVIA, 'usage 2027-01'))).toBe(
      "I can't take “2027-01”. Please give a month, like October or 2026-10.",
    );
  });
});

describe('alerts, keys, channels', () => {
  test('a threshold is set by owners and admins, seen by all', async () => {
    expect(said(await office().type(ADAM, 'alerts at 30%'))).toContain(
      'Marketing warns under 30 % of the balance after the last credit',
    );
    expect(said(await office().type(MIA, 'alerts'))).toContain('under 30 %');
    expect(firstLine(await office().type(MIA, 'alerts at 5%'))).toMatch(/^You can't change the alerts\./);
    expect(firstLine(await office().type(ADAM, 'alerts at 100%'))).toMatch(/^I can't take “100%”/);
    expect(said(await office().type(ADAM, 'alerts at £50'))).toContain('or £50.00');
    const trail = said(await office().type(OLIVIA, 'audit rules'));
    expect(trail).toContain('- Adam set alerts to come under 30 % instead of under 20 %');
    expect(trail).toContain('- Adam set alerts to come under 30 % or £50.00 instead of under 30 %');
  });

  test('a key is shown on a page of its own, never in the chat', async () => {
    const made = await office().type(ADAM, 'dev create Engine');
    const [secret] = office().secrets;
    expect(secret?.secret).toMatch(/^wsk_/);
    expect(JSON.stringify(made)).not.toContain(secret!.secret);
    expect(said(made)).toContain('[Open the page]');
    const list = await office().type(ADAM, 'dev');
    const sure = await office().press(ADAM, callOf(list, 'Revoke'));
    expect(said(await office().press(ADAM, callOf(sure, 'Revoke')))).toContain('Engine is revoked.');
    expect(said(await office().type(ADAM, 'dev'))).toContain('No keys yet.');
  });

  test('members manage no keys', async () => {
    expect(firstLine(await office().type(MIA, 'dev create Mine'))).toMatch(/^You can't manage API keys\./);
    expect(office().secrets).toEqual([]);
  });

  test('a channel that the bot is not in stays unbound, and the person learns how to invite it', async () => {
    office().place = { platform: 'slack', tenant: TEAM, kind: 'channel', channel: 'C1', channelName: 'one' };
    office().acme.chat.failure = new DeliveryFailure({ kind: 'rejected', why: 'botNotInChannel' });
    expect(firstLine(await office().type(OLIVIA, 'channel bind'))).toBe(
      "I am not in #one, so I can't post there. Type /invite @Workspace in that channel, then try again.",
    );
    expect(said(await office().type(OLIVIA, 'channel'))).toContain("No channel gets Marketing's notices yet");
  });

  test('a direct message cannot be bound', async () => {
    expect(firstLine(await office().type(OLIVIA, 'channel bind'))).toMatch(
      /does not work here\. Please do it in the channel/,
    );
  });

  test('a member binds nothing', async () => {
    office().place = { platform: 'slack', tenant: TEAM, kind: 'channel', channel: 'C1', channelName: 'one' };
    expect(firstLine(await office().type(MIA, 'channel bind'))).toMatch(/^You can't choose where notices go\./);
    expect(office().acme.chat.posts).toEqual([]);
  });
});
