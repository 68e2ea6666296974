import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../src/chat/invocation.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { ADAM, MIA, OLIVIA } from '../support/acme.js';
import { colleague, nora } from './colleagues.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

const office = useOffice();
const max = { person: { platform: 'slack', tenant: 'T02', user: 'U0MAX' }, name: 'max' } as const;
const mia = { person: MIA, name: 'mia' };

const fieldOf = (answer: Answer, name: string) =>
  answer.kind === 'form' ? answer.form.fields.find((field) => field.name === name) : said(answer);

describe('a form that was refused keeps what was typed, and says so beside the field', () => {
  test('an amount that the balance does not have', async () => {
    const { marketing, support } = office().acme;
    const entry = { kind: 'topup', amountMinor: 1_000, contra: 'provider', at: office().at } as const;
    await office().services.ledger.post({ wallet: marketing.id, key: 'topup:1', ...entry });
    const form = await office().type(OLIVIA, 'transfer');
    const again = await office().submit(OLIVIA, form, { amount: '500', to: support.id });
    expect(fieldOf(again, 'amount')).toMatchObject({
      initial: '500',
      error: 'Marketing has £10.00 and this needs £500.00.',
    });
    expect(fieldOf(again, 'to')).toMatchObject({ initial: support.id });
    expect(firstLine(await office().submit(OLIVIA, again, { amount: '5', to: support.id }))).toContain('£5.00');
  });

  test('somebody who is not there', async () => {
    const form = await office().type(OLIVIA, 'role');
    const again = await office().submit(OLIVIA, form, { person: 'slack:T02:U0MAX', role: 'admin' });
    expect(fieldOf(again, 'person')).toMatchObject({ error: 'Max is not in Marketing.' });
    expect(fieldOf(again, 'role')).toMatchObject({ initial: 'admin' });
  });
});

describe('a no has its way on', () => {
  const pressed = async (who: Parameters<ReturnType<typeof office>['type']>[0], refused: Answer, label: string) =>
    said(await office().press(who, callOf(refused, label)));

  test('somebody who is not in it can be invited, somebody who is can be looked at', async () => {
    const refused = await office().type(ADAM, 'members ', max);
    expect(await pressed(ADAM, refused, 'Invite Max')).toContain('Max is invited to Marketing');
    expect(await pressed(ADAM, await office().type(ADAM, 'invite ', mia), 'Show Mia')).toMatch(/^Mia/);
  });

  test('no seat: the members, and the plans, where the reader may', async () => {
    await colleague(office(), 'Omar', [[office().acme.marketing, 'member']]);
    const nina = { person: { platform: 'slack', tenant: 'T02', user: 'U0NINA' }, name: 'nina' } as const;
    office().acme.chat.add(nina.person, { name: 'Nina', emailVerified: true, standing: 'full' });
    const refused = await office().type(ADAM, 'invite ', nina);
    expect(said(refused)).toContain('the primary owner can change to it.');
    expect(await pressed(ADAM, refused, 'Members')).toContain('Marketing: 4 people');
    expect(await pressed(ADAM, refused, 'Plans')).toBe("You can't manage billing. Olivia can.\nMarketing");
  });

  test('a policy: the policies', async () => {
    const { account, marketing, olivia } = office().acme;
    const change = { account, workspace: marketing.id, by: olivia.id, at: office().at };
    await setPolicy({ ...change, key: 'emailDomains', value: ['acme.com'] });
    const refused = await office().type(ADAM, 'invite nina@else.com');
    expect(await pressed(ADAM, refused, 'Policies')).toMatch(/^Marketing's policies/);
  });

  test('a role that ranks too high: the owners', async () => {
    const { who } = await nora(office());
    const guarded = await office().type(ADAM, 'demote ', { person: who, name: 'nora' });
    expect(await pressed(ADAM, guarded, 'Owners')).toContain('Nora');
  });

  test('an archived channel can be brought back where it was met', async () => {
    await office().type(ADAM, 'channel create Sales');
    await office().type(ADAM, 'channel archive Sales');
    const refused = await office().type(ADAM, 'channel add ', mia, ' to Sales');
    expect(firstLine(refused)).toMatch(/^Sales is archived/);
    await pressed(ADAM, refused, 'Bring it back');
    expect(said(await office().type(ADAM, 'channel add ', mia, ' to Sales'))).toContain('Mia');
  });

  test('a private channel: those that can be read', async () => {
    await office().type(ADAM, 'channel create private Deal room');
    const refused = await office().type(OLIVIA, 'channel open Deal room');
    expect(firstLine(refused)).toBe('That channel is private. Adam can add you.');
    expect(await pressed(OLIVIA, refused, 'All channels')).toContain('Deal room');
  });

  test('an invitation or an offer that is gone: where one stands, and who owns it', async () => {
    const { marketing } = office().acme;
    const invitation = { command: 'join', args: { invitation: 'inv_gone' } };
    expect(await pressed(MIA, await office().press(MIA, invitation), 'Where I stand')).toContain('Marketing is active');
    const offer = { command: 'handover', args: { answer: 'accept', handover: 'ho_gone' }, workspace: marketing.id };
    const gone = await office().press(ADAM, offer);
    expect(firstLine(gone)).toBe('There is no such offer.');
    expect(await pressed(ADAM, gone, 'Owners')).toContain('Marketing');
  });
});
