import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { createMailer } from '../../src/mail/mailer.js';
import { createDispatcher } from '../../src/notices/outbox/dispatcher.js';
import { invitePages } from '../../src/pages/invite-pages.js';
import { membership } from '../../src/workspace/memberships.js';
import { MAX, NOW, OLIVIA, slackUser } from '../support/acme.js';
import { useProduct } from '../payments/harness.js';
import { firstLine, said, toldTo, useOffice } from '../commands/harness.js';

const office = useOffice();
const product = useProduct((app) => void app.use(invitePages()));
const log = { warn: () => undefined, error: () => undefined };

/** A mail server that asks for a password, and what it took. */
const received: { to: string[]; text: string }[] = [];
/** What it answers to the recipients of the next mails. */
let refusal: Error | undefined;
const server = new SMTPServer({
  hideSTARTTLS: true,
  allowInsecureAuth: true,
  onAuth: ({ username, password }, _session, done) =>
    username === 'bot' && password === 'secret' ? done(null, { user: username }) : done(new Error('wrong password')),
  onRcptTo: (_address, _session, done) => done(refusal),
  onData(stream, session, done) {
    let text = '';
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    stream.on('end', () => {
      received.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
      done();
    });
  },
});
const smtpUrl = (password = 'secret') => {
  const { port } = server.server.address() as AddressInfo;
  return `smtp://bot:${password}@127.0.0.1:${port}`;
};

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));
beforeEach(() => {
  received.length = 0;
  refusal = undefined;
  office().services.publicUrl = product();
});

async function mailOut(url = smtpUrl()): Promise<void> {
  const mailer = createMailer({ smtpUrl: url, from: 'Workspaces <bot@acme.com>' });
  const dispatcher = createDispatcher({ posters: [], mailer, log });
  for (const seconds of [0, 3, 6]) await dispatcher.runOnce(new Date(NOW.getTime() + seconds * 1_000));
  mailer.close();
}

/** The words of a mail, its soft line breaks undone. */
const words = (mail: { text: string } | undefined) => (mail?.text ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=');

test('from the command by a real mail server to the page, and its code joins, for one person', async () => {
  await office().type(OLIVIA, 'invite Nina <nina@partner.com> as admin');
  await mailOut();
  expect(received).toMatchObject([{ to: ['nina@partner.com'] }]);
  expect(words(received[0])).toContain('Olivia invites you to Marketing as admin.');
  const [link] = /http:\/\/127\.0\.0\.1:\d+\/invite\/[\w.-]+/.exec(words(received[0])) ?? [];
  office().at = new Date();
  const page = await (await fetch(link!)).text();
  const [, code] = /\/workspace join ([\w-]+)</.exec(page) ?? [];

  const nina = slackUser('U0NINA');
  office().acme.chat.add(nina, { name: 'Nina', email: 'other@elsewhere.com', emailVerified: true, standing: 'full' });
  expect(firstLine(await office().type(nina, `join ${code!.toLowerCase()}`))).toMatch(/^Welcome!/);
  expect(firstLine(await office().type(MAX, `join ${code}`))).toMatch(/^This invitation was already used/);
  const { account, marketing, max } = office().acme;
  expect(await membership(account.id, marketing.id, max.id)).toBeUndefined();
});

test('the address alone joins nobody', async () => {
  await office().type(OLIVIA, 'invite nina@partner.com');
  await mailOut();
  const nina = slackUser('U0NINA');
  office().acme.chat.add(nina, { name: 'Nina', email: 'nina@partner.com', emailVerified: true, standing: 'full' });
  expect(said(await office().type(nina, ''))).not.toContain('[Join]');
  expect(firstLine(await office().type(nina, 'join'))).toMatch(/^There is no open invitation for you/);
});

test('an address that the server refuses is told to whoever invited', async () => {
  refusal = Object.assign(new Error('no such user'), { responseCode: 550 });
  await office().type(OLIVIA, 'invite nina@partner.com');
  await mailOut();
  expect(received).toEqual([]);
  expect((await toldTo({ person: office().acme.olivia.id })).at(-1)).toMatch(
    /The mail to nina@partner\.com was refused\. Please check the address\./,
  );
});

test('a wrong password of ours loses no mail: it goes when it is mended', async () => {
  await office().type(OLIVIA, 'invite nina@partner.com');
  await mailOut(smtpUrl('wrong'));
  expect(received).toEqual([]);
  const mailer = createMailer({ smtpUrl: smtpUrl(), from: 'bot@acme.com' });
  await createDispatcher({ posters: [], mailer, log }).runOnce(new Date(NOW.getTime() + 60_000));
  mailer.close();
  expect(received).toMatchObject([{ to: ['nina@partner.com'] }]);
});
