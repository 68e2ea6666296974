import { afterAll, beforeEach, expect } from '@jest/globals';
import mongoose from 'mongoose';
import type { Button, Call, Card, FieldValues } from '../../src/cards/card.js';
import { plainText } from '../../src/cards/plain-text.js';
import type { Answer, Dispatch, Invocation, Piece, Place } from '../../src/chat/invocation.js';
import { createDispatch } from '../../src/commands/dispatch.js';
import type { OneTimeSecret, Services } from '../../src/commands/services.js';
import { createEncryption } from '../../src/encryption.js';
import { createLedger } from '../../src/ledger/ledger.js';
import type { Notice } from '../../src/notices/outbox/notice.js';
import { tellWebhookOff } from '../../src/notices/dev/webhook-notices.js';
import { writtenFor } from '../../src/readers-money.js';
import { createDownload } from '../../src/usage/downloads.js';
import { createWebhooks, type Webhooks } from '../../src/webhooks/webhooks.js';
import type { Identity } from '../../src/workspace/identity.js';
import { type Acme, acmeChat, NOW, setUpAcme, TEAM } from '../support/acme.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { restored } from '../support/empty-database.js';

type Ask = Invocation['ask'];

/** One Acme per test, and its people at their keyboards. */
export class Office {
  dispatch: Dispatch;
  readonly services: Services;
  readonly secrets: OneTimeSecret[] = [];
  readonly topUps: { amountMinor: number; by: string; key: string }[] = [];
  /** The workspace's card at the provider. */
  savedCard: Awaited<ReturnType<Services['payments']['savedCard']>>;
  /** The place where people type, until it is changed. */
  place: Place = { platform: 'slack', tenant: TEAM, kind: 'direct', channel: 'D1' };
  at = NOW;
  readonly acme: Acme;
  /** Sends to this machine too, where receivers of tests listen. */
  readonly webhooks: Webhooks = createWebhooks({
    allowPrivate: true,
    sealing: createEncryption([{ id: 'office', key: Buffer.alloc(32, 7) }]),
    log: { error: (fault: unknown) => expect(fault).toBeUndefined() },
    onTurnedOff: tellWebhookOff,
  });
  #deliveries = 0;

  constructor(
    acme: Acme,
    services: Omit<Services, 'chats' | 'payments' | 'webhooks' | 'keepSecret' | 'createDownload' | 'pictureOf'>,
  ) {
    this.acme = acme;
    this.services = {
      ...services,
      webhooks: this.webhooks,
      chats: { slack: acme.chat, teams: acme.chat },
      payments: {
        startTopUp: async (order) => this.#startTopUp(order),
        savedCard: async () => this.savedCard,
        chargeCard: async () => this.#noProvider(),
        portal: async () => this.#noProvider(),
      },
      keepSecret: async (secret) => {
        this.secrets.push(secret);
        return `https://bot.test/secret/${this.secrets.length}`;
      },
      createDownload: async (of) => `https://bot.test/download/${await createDownload(of)}`,
      pictureOf: () => 'https://bot.test/picture/drawn.png',
    };
    this.dispatch = createDispatch(this.services);
  }

  type(who: Identity, ...pieces: readonly Piece[]): Promise<Answer> {
    return this.invoke(who, { typed: pieces });
  }

  press(who: Identity, call: Call): Promise<Answer> {
    return this.invoke(who, { clicked: call });
  }

  submit(who: Identity, answer: Answer, fields: FieldValues): Promise<Answer> {
    if (answer.kind !== 'form') throw new Error(`no form but ${said(answer)}`);
    return this.invoke(who, { submitted: answer.form.call, fields });
  }

  invoke(who: Identity, ask: Ask, more: Partial<Invocation> = {}): Promise<Answer> {
    this.#deliveries += 1;
    return this.dispatch({
      reference: 'R-TEST',
      delivery: `d${this.#deliveries}`,
      at: this.at,
      sender: who,
      place: this.place,
      ask,
      ...more,
    });
  }

  /** Files that charge or open the portal bring payments on a sandbox: see paying.ts. */
  #noProvider(): never {
    throw new Error('this office has no payment provider');
  }

  async #startTopUp(order: Parameters<Services['payments']['startTopUp']>[0]) {
    const { amountMinor, by, key, account, workspace, currency, at } = order;
    if (!this.topUps.some((topUp) => topUp.key === key)) this.topUps.push({ amountMinor, by, key });
    const topUp = { id: key, account, workspace, amountMinor, currency, by, state: 'open' as const, createdAt: at };
    return {
      topUp: topUp as Awaited<ReturnType<Services['payments']['startTopUp']>>['topUp'],
      url: `https://pay.test/${key}`,
    };
  }
}

/** A fresh Acme before each test of the file, with what `more` adds to it. */
export function useOffice(more: (acme: Acme) => Promise<Acme> = async (acme) => acme): () => Office {
  const spy = useDatabase();
  const ledger = useLedger();
  const freshAcme = restored(async () => more(await setUpAcme(ledger())));
  let office: Office | undefined;
  beforeEach(async () => {
    const acme = { ...(await freshAcme()), chat: acmeChat() };
    office = new Office(acme, {
      ledger: createLedger(mongoose.connection.db!),
      apiKeyPepper: 'pepper',
      publicUrl: 'https://bot.test',
      supportContact: 'help@workspaces.test',
      nudge: () => undefined,
    });
    const { dispatch } = office;
    office.dispatch = (invocation) => spy.during(() => dispatch(invocation));
  });
  afterAll(() => {
    expect(spy.seen).toBeGreaterThan(0);
    expect(spy.strays()).toEqual([]);
  });
  return () => office!;
}

/** An answer as its reader sees it. */
export function said(answer: Answer): string {
  switch (answer.kind) {
    case 'private':
    case 'open':
      return plainText(answer.card);
    case 'form':
      return `form: ${answer.form.name}`;
    case 'found':
      return answer.found.map(({ title, detail }) => `${title}: ${detail}`).join('\n');
    case 'choices':
      return answer.choices.map(({ label }) => label).join('\n');
    case 'done':
      return 'done';
  }
}

export function firstLine(answer: Answer): string {
  return said(answer).split('\n')[0] ?? '';
}

/** The call of the button with that label. */
export function callOf(from: Answer | Card, label: string): Call {
  const card = 'parts' in from ? from : 'card' in from ? from.card : undefined;
  const all: Button[] = (card?.parts ?? []).flatMap((part) => {
    if (part.part === 'buttons') return part.buttons;
    return part.part === 'list' ? part.items.flatMap((item) => item.buttons ?? []) : [];
  });
  const button = all.find((one) => one.label === label);
  if (!button || !('call' in button))
    throw new Error(`no button ${label} among ${all.map((one) => one.label).join(', ')}`);
  return button.call;
}

/** What waits in the outbox, oldest first. */
export async function outbox(): Promise<Notice[]> {
  const rows = await mongoose.connection
    .db!.collection('outbox')
    .find()
    .sort({ queuedAt: 1, revision: 1, _id: 1 })
    .toArray();
  return rows.map((row) => ({ ...writtenFor(row as unknown as Notice), id: String(row._id) }));
}

/** The words of the notices to one recipient, oldest first. */
export async function toldTo(recipient: { person: string } | { channel: string }): Promise<string[]> {
  const notices = await outbox();
  return notices
    .filter(({ to }) =>
      'person' in recipient
        ? 'person' in to && to.person === recipient.person
        : 'channel' in to && to.channel.channel === recipient.channel,
    )
    .map(({ card }) => plainText(card));
}
