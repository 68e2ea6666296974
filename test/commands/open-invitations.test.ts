import { describe, expect, test } from '@jest/globals';
import type { Button, Card } from '../../src/cards/card.js';
import { invitationByToken } from '../../src/workspace/invitation-links.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { ADAM, MAX, MIA, NOW, OLIVIA } from '../support/acme.js';
import { callOf, firstLine, outbox, said, useOffice } from './harness.js';

const office = useOffice();
const max = { person: MAX, name: 'max' };
const DAY_MS = 86_400_000;

const invitations = async () => (await outbox()).filter(({ id }) => id.startsWith('invitation:'));

function tokenIn(card: Card): string {
  const all = card.parts.flatMap((part): readonly Button[] => (part.part === 'buttons' ? part.buttons : []));
  const link = all.flatMap((button) => ('open' in button ? [button.open] : []))[0];
  return link!.split('/invite/')[1]!;
}

describe('who is invited already', () => {
  test('is named with what can be done: the card comes again, and lasts another week', async () => {
    await office().type(OLIVIA, 'invite ', max);
    office().at = new Date(NOW.getTime() + 5 * DAY_MS);
    const refused = await office().type(ADAM, 'invite ', max);
    expect(firstLine(refused)).toBe('Max is already invited to Marketing, and has not answered yet.');
    const again = await office().press(ADAM, callOf(refused, 'Send again'));
    expect(firstLine(again)).toBe('Max is invited again, for another week.');
    const sent = await invitations();
    expect(sent.map(({ to }) => to)).toEqual([{ person: office().acme.max.id }, { person: office().acme.max.id }]);
    office().at = new Date(NOW.getTime() + 11 * DAY_MS);
    expect(firstLine(await office().press(MAX, callOf(sent[0]!.card, 'Join')))).toMatch(/^Welcome!/);
  });

  test('by mail: a new link, and the old one is void', async () => {
    await office().type(OLIVIA, 'invite nina@partner.com');
    const refused = await office().type(OLIVIA, 'invite nina@partner.com');
    await office().press(OLIVIA, callOf(refused, 'Send again'));
    const [first, second] = (await invitations()).map(({ card }) => tokenIn(card));
    expect(await invitationByToken(first!)).toBeUndefined();
    expect(await invitationByToken(second!)).toMatchObject({ invitation: { email: 'nina@partner.com' } });
  });

  test('is not sent again to whom a policy keeps out by now', async () => {
    await office().type(OLIVIA, 'invite nina@partner.com');
    const call = callOf(await office().type(OLIVIA, 'invite nina@partner.com'), 'Send again');
    const { account, marketing, olivia } = office().acme;
    const change = { account, workspace: marketing.id, by: olivia.id, at: office().at };
    await setPolicy({ ...change, key: 'emailDomains', value: ['acme.com'] });
    expect(firstLine(await office().press(OLIVIA, call))).toMatch(
      /^nina@partner\.com can't come in: Marketing's policy/,
    );
    expect(await invitations()).toHaveLength(1);
  });

  test('pressed twice, it is sent once', async () => {
    await office().type(OLIVIA, 'invite ', max);
    const call = callOf(await office().type(OLIVIA, 'invite ', max), 'Send again');
    await office().invoke(OLIVIA, { clicked: call }, { delivery: 'same' });
    await office().invoke(OLIVIA, { clicked: call }, { delivery: 'same' });
    expect(await invitations()).toHaveLength(2);
  });

  test('is listed among the members, and can be taken back', async () => {
    await office().type(OLIVIA, 'invite ', max, ' as admin');
    const listed = await office().type(ADAM, 'members');
    expect(said(listed)).toContain('- Max · admin · until 23 Nov 2026 [Send again] [Take back]');
    const ended = await office().press(ADAM, callOf(listed, 'Take back'));
    expect(firstLine(ended)).toBe('The invitation of Max is taken back.');
    const [notice] = await invitations();
    expect(firstLine(await office().press(MAX, callOf(notice!.card, 'Join')))).toMatch(
      /^This invitation was taken back/,
    );
    expect(firstLine(await office().type(OLIVIA, 'invite ', max))).toMatch(/^Max is invited/);
  });

  test('is not for a member to send or end, nor for an admin above their rank, nor from another workspace', async () => {
    await office().type(OLIVIA, 'invite ', max, ' as owner');
    const refused = await office().type(OLIVIA, 'invite ', max);
    const [again, ended] = [callOf(refused, 'Send again'), callOf(refused, 'Take back')];
    for (const call of [again, ended]) {
      expect(firstLine(await office().press(MIA, call))).toMatch(/^You can't manage invitations\. Olivia or Adam can/);
      expect(firstLine(await office().press(ADAM, call))).toMatch(/^Max ranks above/);
      const elsewhere = { ...call, workspace: office().acme.support.id };
      expect(firstLine(await office().press(OLIVIA, elsewhere))).toMatch(/^There is no open invitation/);
    }
    expect(await invitations()).toHaveLength(1);
  });
});
