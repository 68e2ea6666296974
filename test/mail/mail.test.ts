import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card } from '../../src/cards/card.js';
import { cardMail } from '../../src/mail/card-mail.js';
import { createMailFolder } from '../../src/mail/mail-folder.js';
import { createMailer } from '../../src/mail/mailer.js';

const MAIL = {
  id: 'invited:inv_1',
  to: 'nina@acme.com',
  subject: 'Olivia invites you',
  text: 'Join',
  html: '<p>Join</p>',
};

/** Says what the script says to each command; `undefined` cuts the line. */
class SmtpFake {
  received = '';
  #server: Server;

  constructor(script: (command: string) => string | undefined) {
    this.#server = createServer((socket) => this.#talk(socket, script));
  }

  #talk(socket: Socket, script: (command: string) => string | undefined): void {
    let inData = false;
    socket.on('error', () => socket.destroy());
    socket.write('220 fake\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      if (inData) this.received += text;
      if (inData && !this.received.endsWith('\r\n.\r\n')) return;
      const answer = script(inData ? 'END' : text.trim().toUpperCase());
      inData = answer?.startsWith('354') ?? false;
      if (answer === undefined) socket.destroy();
      else socket.write(`${answer}\r\n`);
    });
  }

  async url(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
  }
}

describe('a mailer', () => {
  const willing = (command: string) => (command === 'DATA' ? '354 go on' : '250 ok');
  const send = async (script: (command: string) => string | undefined) => {
    const smtp = new SmtpFake(script);
    const mailer = createMailer({ smtpUrl: await smtp.url(), from: 'Workspaces <bot@acme.com>' });
    try {
      await mailer.send(MAIL);
      return smtp.received;
    } finally {
      mailer.close();
      smtp.close();
    }
  };

  it('sends both forms, with a Message-ID made of the notice', async () => {
    const received = await send(willing);
    expect(received).toContain('Message-ID: <invited-inv_1@acme.com>');
    expect(received).toContain('To: nina@acme.com');
    expect(received).toContain('<p>Join</p>');
  });

  it.each([
    [
      'the address is refused',
      (command: string) => (command.startsWith('RCPT') ? '550 no such user' : willing(command)),
      { kind: 'rejected', why: 'userGone' },
    ],
    [
      'the server is busy',
      (command: string) => (command.startsWith('RCPT') ? '451 later' : willing(command)),
      { kind: 'unreachable' },
    ],
    [
      'the line is cut on the way',
      (command: string) => (command.startsWith('MAIL') ? undefined : willing(command)),
      { kind: 'unknown' },
    ],
    [
      'the text is refused',
      (command: string) => (command === 'END' ? '554 spam' : willing(command)),
      { kind: 'rejected', why: 'other' },
    ],
    [
      'the line is cut after the text',
      (command: string) => (command === 'END' ? undefined : willing(command)),
      { kind: 'unknown' },
    ],
  ])('tells what became of it when %s', async (_when, script, outcome) => {
    await expect(send(script)).rejects.toMatchObject({ name: 'DeliveryFailure', outcome });
  });

  it('tells of nobody there', async () => {
    const mailer = createMailer({ smtpUrl: 'smtp://127.0.0.1:9', from: 'bot@acme.com' });
    await expect(mailer.send(MAIL)).rejects.toMatchObject({ outcome: { kind: 'unreachable' } });
  });
});

describe('a mail folder', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'mails-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('keeps each notice’s mail once', async () => {
    const folder = createMailFolder(join(dir, 'mails'));
    expect(await folder.list()).toEqual([]);
    await folder.send(MAIL);
    await folder.send({ ...MAIL, id: 'other', subject: 'Another' });
    await folder.send(MAIL);
    expect((await folder.list()).map(({ subject }) => subject).sort()).toEqual(['Another', 'Olivia invites you']);
  });
});

describe('a card as a mail', () => {
  const card: Card = {
    name: 'invitation',
    heading: { text: 'Olivia invites you to\r\nBcc: all@acme.com' },
    parts: [
      { part: 'text', text: ['Join ', { strong: '<b>Marketing</b>' }, { link: 'javascript:alert(1)', label: 'here' }] },
      {
        part: 'buttons',
        buttons: [
          { label: 'Open', open: 'https://acme.com/invite/1' },
          { label: 'Join', call: { command: 'join', args: {} } },
        ],
      },
    ],
  };

  it('has its links in both forms, without the buttons that need the chat', () => {
    const { text, html } = cardMail(card);
    expect(text).toContain('Open: https://acme.com/invite/1');
    expect(html).toContain('href="https://acme.com/invite/1"');
    expect(`${text}${html}`).not.toMatch(/\[Join\]|>Join</);
  });

  it('is no way to smuggle markup, scripts or headers in', () => {
    const { subject, html } = cardMail(card);
    expect(subject).toBe('Olivia invites you to Bcc: all@acme.com');
    expect(html).toContain('&lt;b&gt;Marketing&lt;/b&gt;');
    expect(html).not.toContain('javascript:');
  });
});
