import { describe, expect, test } from '@jest/globals';
import { ensurePerson } from '../../src/workspace/people.js';
import { addTo, MAX, MIA, OLIVIA, slackUser } from '../support/acme.js';
import { said, toldTo, useOffice } from './harness.js';

const office = useOffice();

/** What a person of Globex, another customer, is called there: nobody at Acme may learn it. */
const FOREIGN = slackUser('U0HANK', 'T99');
const foreignKey = 'slack:T99:U0HANK';
const secretName = 'Hank Scorpio';

function addForeigner(): void {
  office().acme.chat.add(FOREIGN, { name: secretName, emailVerified: false, standing: 'full' });
}

describe("another customer's people", () => {
  test.each([
    ['invite', { people: [foreignKey] }],
    ['role', { person: foreignKey, role: 'admin' }],
    ['remove', { person: foreignKey }],
  ])('are not named to whoever puts their ids into a button of %s', async (command, args) => {
    addForeigner();
    const answer = await office().press(OLIVIA, { command, args, workspace: office().acme.marketing.id });
    expect(said(answer)).not.toContain(secretName);
    expect(answer.kind).toBe('private');
  });

  test('are not named on a request card either', async () => {
    addForeigner();
    const { marketing, olivia } = office().acme;
    await office().press(MIA, { command: 'invite', args: { people: [foreignKey] }, workspace: marketing.id });
    const told = await toldTo({ person: olivia.id });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^Mia asks to invite a colleague\./);
  });
});

describe('of several people invited', () => {
  test('whoever is unknown shows no id', async () => {
    const people = ['slack:T02:U0MAX', 'slack:T02:U0NOBODY'];
    const answer = await office().press(OLIVIA, {
      command: 'invite',
      args: { people },
      workspace: office().acme.marketing.id,
    });
    expect(said(answer)).not.toContain('U0');
  });

  test('whoever finds no seat is named', async () => {
    const { account, marketing, olivia } = office().acme;
    const nora = { name: 'Nora', emailVerified: false, standing: 'full' as const };
    const last = await ensurePerson(account, slackUser('U0NORA'), nora, office().at);
    await addTo(account, marketing, olivia, last, 'member');
    const answer = await office().type(OLIVIA, 'invite ', { person: MAX }, ' nina@acme.com');
    expect(said(answer)).toContain('Max is invited to Marketing');
    expect(said(answer)).toContain('nina@acme.com: No standard seat is free');
  });
});
