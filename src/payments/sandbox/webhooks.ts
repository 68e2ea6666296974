import { createHmac } from 'node:crypto';
import type { Event } from './objects.js';
import type { Delivery } from './state.js';
import type { Store } from './store.js';

export interface WebhookTarget {
  url: string;
  secret: string;
}

const BACKOFF_MS = [1_000, 5_000, 15_000, 60_000, 300_000, 900_000];
const ANSWER_WITHIN_MS = 10_000;

/** `Stripe-Signature` of a body signed now. */
export function signatureOf(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** Events on their way to the product's webhook endpoint: signed, and sent again until it answers 2xx. */
export class Webhooks {
  readonly #store: Store;
  readonly #target: WebhookTarget;
  #ticking: NodeJS.Timeout | undefined;
  #busy = false;

  constructor(store: Store, target: WebhookTarget) {
    this.#store = store;
    this.#target = target;
  }

  /** Sends what is due by itself from now on, until `stop`. */
  start(): void {
    this.#ticking = setInterval(() => void this.deliverDue(), 250);
    this.#ticking.unref();
  }

  stop(): void {
    clearInterval(this.#ticking);
  }

  /** Events that wait, in the order in which they happened. */
  get waiting(): readonly Event[] {
    return this.#store.state.deliveries.map((delivery) => this.#store.state.events[delivery.event]!);
  }

  /** Those of the waiting that `which` says are never sent. */
  lose(which: (event: Event, index: number) => boolean = () => true): void {
    const lost = new Set(this.waiting.filter(which).map(({ id }) => id));
    this.#store.state.deliveries = this.#store.state.deliveries.filter(({ event }) => !lost.has(event));
    this.#store.save();
  }

  /** Sends what waits now, late or not; the answers' statuses in the order of sending. What fails waits again. */
  async deliver(how: { reversed?: boolean; copies?: number } = {}): Promise<number[]> {
    const deliveries = [...this.#store.state.deliveries];
    if (how.reversed) deliveries.reverse();
    const statuses: number[] = [];
    for (const delivery of deliveries) {
      for (let copy = 0; copy < (how.copies ?? 1); copy++) statuses.push(await this.#send(delivery));
    }
    return statuses;
  }

  async deliverDue(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const now = this.#store.now.getTime();
      for (const delivery of this.#store.state.deliveries.filter(({ dueAt }) => dueAt <= now))
        await this.#send(delivery);
    } finally {
      this.#busy = false;
    }
  }

  /** The status, or 0 where nobody answered. */
  async #send(delivery: Delivery): Promise<number> {
    const event = this.#store.state.events[delivery.event]!;
    const body = JSON.stringify(event);
    const status = await this.#post(body);
    if (status >= 200 && status < 300) this.#drop(delivery);
    else this.#postpone(delivery);
    this.#store.save();
    return status;
  }

  async #post(body: string): Promise<number> {
    try {
      const response = await fetch(this.#target.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': signatureOf(body, this.#target.secret, this.#store.now),
        },
        body,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      await response.arrayBuffer();
      return response.status;
    } catch (error) {
      if (error instanceof TypeError || error instanceof DOMException) return 0;
      throw error;
    }
  }

  #drop(delivery: Delivery): void {
    const { state } = this.#store;
    state.deliveries = state.deliveries.filter(({ event }) => event !== delivery.event);
    const event = state.events[delivery.event];
    if (event) event.pending_webhooks = 0;
  }

  #postpone(delivery: Delivery): void {
    const wait = BACKOFF_MS[delivery.tries++];
    if (wait === undefined) this.#drop(delivery);
    else delivery.dueAt = this.#store.now.getTime() + wait;
  }
}
