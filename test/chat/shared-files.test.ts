import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { ChatPort } from '../../src/chat/port.js';
import { mayFetchFile } from '../../src/chat/teams/service-url.js';
import { createDispatch } from '../../src/commands/dispatch.js';
import type { Services } from '../../src/commands/services.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import type { Platform, TenantKey } from '../../src/workspace/identity.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';
import { words } from '../fakes/slack/words.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { Bench as SlackBench } from './slack/harness.js';
import { Bench as TeamsBench, MARKETING, OLIVIA, wordsOf } from './teams/harness.js';

useDatabase();
useLedger();

const CSV = 'phone,first_name\n+447400123456,Ann\n07400 123457,Ben\n';
const AT = new Date('2026-11-16T09:00:00.000Z');

/** The product's own commands, for a company whose owner is this user, behind that platform's port. */
async function office(tenant: TenantKey, ownerUser: string, port: Pick<ChatPort, 'platform' | 'readFile'>) {
  const ledger = createLedger(mongoose.connection.db!);
  const { account, owner } = await enableAccount({
    ...{ name: 'Acme', tenant, ownerUser, currency: 'GBP', plan: 'teams', timeZone: 'Europe/London', at: AT },
    ownerProfile: { name: 'Olivia', emailVerified: false, standing: 'full' },
  });
  await createWorkspace({ ledger, account, name: 'Marketing', primaryOwner: owner.id, by: owner.id, at: AT });
  const never = async (): Promise<never> => Promise.reject(new Error('no file needs it'));
  const profile = async () => ({ name: 'Olivia', emailVerified: false, standing: 'full' as const });
  const chat = { profile, findByEmail: async () => undefined, post: never, readFile: port.readFile };
  const services: Services = {
    ...{ ledger, apiKeyPepper: 'pepper', publicUrl: 'https://bot.test', nudge: () => undefined },
    ...{ keepSecret: never, createDownload: never, pictureOf: () => undefined },
    webhooks: { setEndpoint: never, replaceSecret: never, sendTest: never },
    payments: { startTopUp: never, savedCard: never, chargeCard: never, portal: never },
    chats: { [port.platform satisfies Platform]: chat },
  };
  return createDispatch(services);
}

/** The numbers of the list of that name. */
async function phonesIn(name: string): Promise<string[]> {
  const db = mongoose.connection.db!;
  const list = await db.collection('contact_lists').findOne({ name });
  const contacts = await db
    .collection('contacts')
    .find({ list: String(list?._id) })
    .sort({ position: 1 })
    .toArray();
  return contacts.map(({ phone }) => phone);
}

describe('a file sent to the bot in Slack', () => {
  let bench: SlackBench;
  beforeAll(async () => {
    bench = await SlackBench.start();
    bench.answer = await office('slack:T02', 'U0OLIVIA', bench.edge.poster);
  });
  afterAll(() => bench.stop());

  test('is fetched with the token, shown, mended in a form and imported', async () => {
    const { slack } = bench;
    await slack.sendFile('U0OLIVIA', { name: 'spring.csv', content: CSV });
    const preview = await slack.privateTo('U0OLIVIA');
    expect(words(preview)).toContain('1 line cannot be imported:');
    expect(words(preview)).toContain('Line 3: “07400 123457” has no country code, like +44.');
    await slack.click('U0OLIVIA', preview, 'Set the country');
    await slack.privateTo('U0OLIVIA');
    await slack.submit('U0OLIVIA', { name: 'Spring', country: 'GB' });
    const modal = await slack.privateTo('U0OLIVIA');
    await slack.click('U0OLIVIA', modal, 'Import 2 contacts');
    expect(words(await slack.privateTo('U0OLIVIA'))).toContain('Spring is ready with 2 contacts.');
    expect(await phonesIn('Spring')).toEqual(['+447400123456', '+447400123457']);
    const fetched = slack.world.calls.filter(({ method }) => ['files.info', 'download'].includes(method));
    expect(fetched.map(({ method, token }) => [method, token])).toEqual([
      ['files.info', slack.botToken],
      ['download', slack.botToken],
    ]);
  });

  test('with words beside it means what they say; one in a channel is left alone', async () => {
    const { slack } = bench;
    const before = bench.invocations.length;
    await slack.sendFile('U0OLIVIA', { name: 'spring.csv', content: CSV }, 'contacts import Autumn');
    expect(words(await slack.privateTo('U0OLIVIA'))).toContain('It becomes the list Autumn.');
    await slack.sendFile('U0OLIVIA', { name: 'spring.csv', content: CSV }, 'balance');
    expect(words(await slack.privateTo('U0OLIVIA'))).toContain('£0.00');
    const message = { user: 'U0OLIVIA', channel: 'C0MARK', text: '', ts: '1.1', files: [{ id: 'F1', name: 'x.csv' }] };
    await slack.event({ ...message, type: 'message', subtype: 'file_share', channel_type: 'channel' });
    expect(bench.invocations).toHaveLength(before + 2);
  });

  test.each([
    [{ name: 'huge.csv', content: 'x'.repeat(2 * 1024 * 1024 + 1) }, 'huge.csv is too large for me.'],
    [{ name: 'shy.csv', content: 'x'.repeat(2 * 1024 * 1024 + 1), size: 10 }, 'shy.csv is too large for me.'],
  ])('%#: is refused by what it is, not by what is said of it', async (file, said) => {
    await bench.slack.sendFile('U0OLIVIA', file);
    expect(words(await bench.slack.privateTo('U0OLIVIA'))).toContain(said);
  });

  test('that is kept anywhere else is not fetched: the token goes to Slack alone', async () => {
    const { slack } = bench;
    const elsewhere = `${slack.apiUrl.replace('127.0.0.1', 'localhost')}steal`;
    await slack.sendFile('U0OLIVIA', { name: 'x.csv', content: CSV, elsewhere });
    expect(words(await slack.privateTo('U0OLIVIA'))).toContain('R-');
    expect(slack.world.calls.map(({ method }) => method)).not.toContain('steal');
  });

  test('that was deleted meanwhile is told; an outage of Slack is an apology', async () => {
    const { slack } = bench;
    slack.fail('files.info', { kind: 'error', error: 'file_deleted' });
    await slack.sendFile('U0OLIVIA', { name: 'old.csv', content: CSV });
    expect(words(await slack.privateTo('U0OLIVIA'))).toContain("I can't open old.csv any more.");
    slack.fail('files.info', { kind: 'error', error: 'internal_error' });
    await slack.sendFile('U0OLIVIA', { name: 'old.csv', content: CSV });
    expect(words(await slack.privateTo('U0OLIVIA'))).toContain('R-');
  });
});

describe('a file sent to the bot in Teams', () => {
  let bench: TeamsBench;
  beforeAll(async () => {
    bench = await TeamsBench.start();
    bench.answer = await office(`teams:${bench.teams.world.tenant}`, OLIVIA, bench.edge.poster);
  });
  afterAll(() => bench.stop());

  test('in the personal chat is fetched, shown and imported', async () => {
    const { teams } = bench;
    await teams.sendFile(OLIVIA, { name: 'spring.csv', content: CSV });
    expect(wordsOf(teams.seen(OLIVIA).at(-1))).toContain('1 line cannot be imported:');
    await teams.click(OLIVIA, 'Set the country');
    await teams.submit(OLIVIA, 'Look at it', { name: 'Summer', country: 'GB' });
    await teams.click(OLIVIA, 'Import 2 contacts');
    expect(teams.seen(OLIVIA).map(wordsOf).join('\n')).toContain('Summer is ready with 2 contacts.');
    expect(await phonesIn('Summer')).toEqual(['+447400123456', '+447400123457']);
  });

  test('is left alone in a channel, and not fetched from anywhere else', async () => {
    const { teams } = bench;
    await teams.sendFile(OLIVIA, { name: 'x.csv', content: CSV }, { conversation: MARKETING, text: 'help' });
    expect(bench.invocations.at(-1)?.ask).toEqual({ typed: ['help'] });
    await teams.sendFile(OLIVIA, { name: 'x.csv', content: CSV, address: 'http://169.254.169.254/latest' });
    expect(wordsOf(teams.seen(OLIVIA).at(-1))).toContain('R-');
    expect(bench.logged.join('\n')).toContain('169.254.169.254 is no place where Teams keeps files');
  });

  test.each([
    ['https://acme-my.sharepoint.com/personal/x/download.aspx?tempauth=1', true],
    ['http://acme-my.sharepoint.com/x', false],
    ['https://acme-my.sharepoint.com:8443/x', false],
    ['https://user@acme-my.sharepoint.com/x', false],
    ['https://evil.example/sharepoint.com', false],
    ['https://a.b.sharepoint.com/x', false],
    ['https://acme.sharepoint.com.evil.example/x', false],
  ])('%s may be fetched: %s', (address, may) => {
    const settings = { kind: 'app', appId: 'a', appType: 'SingleTenant', appTenantId: 't', appPassword: 'p' } as const;
    expect(mayFetchFile(address, settings)).toBe(may);
  });
});
