import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { DeliveryFailure, type DeliveryOutcome } from '../chat/port.js';

export interface Mail {
  /** The notice's id: makes the Message-ID, so that a mail sent twice can be recognised. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html?: string;
}

export interface Mailer {
  /** Rejects with a DeliveryFailure. */
  send(mail: Mail): Promise<void>;
}

const TIMEOUT_MS = 20_000;

/** Sends by SMTP. `from` is an address, or `Name <address>`. */
export function createMailer(settings: { smtpUrl: string; from: string }): Mailer & { close(): void } {
  const transport = createTransport({
    url: settings.smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail({
          from: settings.from,
          to: { name: '', address: mail.to },
          subject: mail.subject,
          text: mail.text,
          messageId: messageId(mail.id, settings.from),
          ...(mail.html ? { html: mail.html } : {}),
        });
      } catch (error) {
        throw new DeliveryFailure(outcomeOf(error), {
          cause: error,
          detail: error instanceof Error ? error.message : 'mail',
        });
      }
    },
    close: () => transport.close(),
  };
}

export function messageId(id: string, from: string): string {
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
  return `<${id.replace(/[^\w.-]/g, '-')}@${domain}>`;
}

/** Commands that come before the mail's text: where one fails, nothing was delivered. */
const BEFORE_TEXT = /^(EHLO|HELO|LHLO|STARTTLS|AUTH|MAIL FROM|RCPT TO)/;

/** A line that is cut says nodemailer alike before and after the text: that is unknown. */
function outcomeOf(error: unknown): DeliveryOutcome {
  const { code, command, syscall, responseCode } = smtpFault(error);
  if (code === 'EAUTH' || code === 'EDNS' || syscall === 'connect') return { kind: 'unreachable' };
  if (responseCode !== undefined && responseCode >= 500) {
    return { kind: 'rejected', why: command.startsWith('RCPT TO') ? 'userGone' : 'other' };
  }
  if (responseCode !== undefined && responseCode >= 400) return { kind: 'unreachable' };
  if (code === 'EENVELOPE') return { kind: 'rejected', why: 'userGone' };
  return BEFORE_TEXT.test(command) ? { kind: 'unreachable' } : { kind: 'unknown' };
}

const fault = z.object({
  code: z.string().catch(''),
  command: z.string().catch(''),
  syscall: z.string().catch(''),
  responseCode: z.number().optional().catch(undefined),
});

function smtpFault(error: unknown): z.infer<typeof fault> {
  const { success, data } = fault.safeParse(error);
  return success ? data : { code: '', command: '', syscall: '' };
}
