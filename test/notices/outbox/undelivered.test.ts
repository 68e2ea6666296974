import { beforeEach, describe, expect, test } from '@jest/globals';
import { plainText } from '../../../src/cards/plain-text.js';
import { DeliveryFailure, type DeliveryOutcome } from '../../../src/chat/port.js';
import type { Mailer } from '../../../src/mail/mailer.js';
import { createDispatcher } from '../../../src/notices/outbox/dispatcher.js';
import { enqueue } from '../../../src/notices/outbox/outbox.js';
import type { Account, Person } from '../../../src/workspace/entities.js';
import type { Identity } from '../../../src/workspace/identity.js';
import { ensurePerson } from '../../../src/workspace/people.js';
import { emptyDatabase } from '../../support/empty-database.js';
import { useDatabase } from '../../support/database.js';
import { useLedger } from '../../support/ledger.js';
import { openMarketing } from '../company.js';
import { scriptedPoster, type ScriptedPoster } from '../scripted-poster.js';

useDatabase();
const ledger = useLedger();

const START = new Date('2026-11-22T12:00:00Z').getTime();
const at = (seconds: number) => new Date(START + seconds * 1000);
const log = { warn: () => undefined, error: () => undefined };
const card = { name: 'invitation', parts: [{ part: 'text' as const, text: ['Olivia invites you to Marketing.'] }] };
const refused = (why: Extract<DeliveryOutcome, { kind: 'rejected' }>['why']) => ({ kind: 'rejected' as const, why });

let poster: ScriptedPoster;
let account: Account;
let olivia: Person;
let adam: Person;

beforeEach(async () => {
  await emptyDatabase();
  poster = scriptedPoster();
  const company = await openMarketing(ledger(), at(0));
  ({ account, olivia } = company);
  const identity: Identity = { platform: 'slack', tenant: company.tenant, user: 'U0ADAM' };
  adam = await ensurePerson(account, identity, { name: 'Adam', emailVerified: false, standing: 'full' }, at(0));
});

async function run(mailer?: Mailer, from = 0): Promise<string[]> {
  const dispatcher = createDispatcher({ posters: [poster], log, ...(mailer && { mailer }) });
  for (const seconds of [0, 2, 4, 6]) await dispatcher.runOnce(at(from + seconds));
  return poster.sent.map((sent) => plainText(sent.card));
}

describe('a card that reaches nobody is told to whoever sent it', () => {
  test.each([
    ['botRemoved', "I can't reach Adam in Slack: the app is not there for them."],
    ['userGone', "Adam's chat account is gone or deactivated."],
    ['other', 'My message to Adam could not be delivered.'],
  ] as const)('%s', async (why, said) => {
    await enqueue([{ id: 'invitation:1', account: account.id, to: { person: adam.id }, sender: olivia.id, card }]);
    poster.script.push(refused(why));
    const [told, ...more] = await run();
    expect(more).toEqual([]);
    expect(poster.sent[0]).toMatchObject({ did: 'post', to: { identity: { user: 'U0OLIVIA' } } });
    expect(told).toContain(said);
    expect(told).toContain('“Olivia invites you to Marketing.”');
  });

  test('a mail where none is set up, and one that is refused', async () => {
    const to = { email: 'nina@partner.com' };
    await enqueue([{ id: 'invitation:1', account: account.id, to, sender: olivia.id, card }]);
    expect((await run())[0]).toContain("I can't send mail here, so nina@partner.com got none.");
    await enqueue([{ id: 'invitation:2', account: account.id, to, sender: olivia.id, card }]);
    poster.sent.length = 0;
    const mailer = { send: () => Promise.reject(new DeliveryFailure(refused('userGone'))) };
    expect((await run(mailer))[0]).toContain('The mail to nina@partner.com was refused.');
  });

  test('a mail server that is away is waited for; after a day it is told', async () => {
    const to = { email: 'nina@partner.com' };
    await enqueue([{ id: 'invitation:1', account: account.id, to, sender: olivia.id, card }]);
    const mailer = { send: () => Promise.reject(new DeliveryFailure({ kind: 'unreachable' })) };
    expect(await run(mailer)).toEqual([]);
    expect((await run(mailer, 25 * 3_600))[0]).toContain('My message to nina@partner.com could not be delivered.');
  });

  test('not to themselves, and not about the telling', async () => {
    await enqueue([{ id: 'a', account: account.id, to: { person: olivia.id }, sender: olivia.id, card }]);
    await enqueue([{ id: 'b', account: account.id, to: { person: adam.id }, sender: olivia.id, card }]);
    poster.script.push(refused('botRemoved'), refused('botRemoved'), refused('botRemoved'));
    expect(await run()).toEqual([]);
  });
});
