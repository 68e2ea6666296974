import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { newId } from '../../id.js';
import type {
  ApiObject,
  Charge,
  CheckoutSession,
  Customer,
  Event,
  Order,
  PaymentIntent,
  PaymentMethod,
} from './objects.js';

export interface Delivery {
  event: string;
  tries: number;
  /** Milliseconds since 1970. */
  dueAt: number;
}

/** The first answer under an idempotency key, with a hash of what was asked. */
export interface Remembered {
  request: string;
  status: number;
  body: unknown;
}

/** Everything the sandbox knows, as plain JSON, newest last. */
export interface SandboxState {
  customers: Record<string, Customer>;
  paymentMethods: Record<string, PaymentMethod>;
  paymentIntents: Record<string, PaymentIntent>;
  charges: Record<string, Charge>;
  sessions: Record<string, CheckoutSession>;
  orders: Record<string, Order>;
  /** Card numbers by payment method: what a test card does hangs on its number, which Stripe's objects do not show. */
  cardNumbers: Record<string, string>;
  events: Record<string, Event>;
  deliveries: Delivery[];
  idempotency: Record<string, Remembered>;
}

export type Collection = 'customers' | 'paymentMethods' | 'paymentIntents' | 'charges' | 'sessions' | 'events';

const API_VERSION = '2026-10-28.endive';
const EMPTY: SandboxState = {
  customers: {},
  paymentMethods: {},
  paymentIntents: {},
  charges: {},
  sessions: {},
  orders: {},
  cardNumbers: {},
  events: {},
  deliveries: [],
  idempotency: {},
};

/** The sandbox's memory, written to `file` after each change where there is one. */
export class Store {
  readonly state: SandboxState;
  readonly #file: string | undefined;
  readonly #now: () => Date;

  constructor(options: { file?: string; now: () => Date }) {
    this.#file = options.file;
    this.#now = options.now;
    this.state = { ...structuredClone(EMPTY), ...(this.#file && existsSync(this.#file) ? parse(this.#file) : {}) };
  }

  get now(): Date {
    return this.#now();
  }

  get seconds(): number {
    return Math.floor(this.now.getTime() / 1000);
  }

  id(prefix: string): string {
    return newId(prefix, this.now);
  }

  /** Records that something happened, and that the webhook endpoint is to hear of it. */
  emit(type: string, object: ApiObject, idempotencyKey: string | null = null): void {
    const event: Event = {
      id: this.id('evt'),
      object: 'event',
      type,
      api_version: API_VERSION,
      created: this.seconds,
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: idempotencyKey },
      data: { object: structuredClone(object) },
    };
    this.state.events[event.id] = event;
    this.state.deliveries.push({ event: event.id, tries: 0, dueAt: this.now.getTime() });
  }

  save(): void {
    if (!this.#file) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.new`;
    writeFileSync(draft, JSON.stringify(this.state), { mode: 0o600 });
    renameSync(draft, this.#file);
  }
}

function parse(file: string): Partial<SandboxState> {
  return JSON.parse(readFileSync(file, 'utf8')) as Partial<SandboxState>;
}
