import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { newId } from '../../id.js';
import type { Event, EventObject } from './objects.js';
import { emptyState, type SandboxState, upgraded } from './state.js';

/** The API request that is being answered: events name it. */
export interface CurrentRequest {
  id: string;
  idempotencyKey: string | null;
}

const API_VERSION = '2026-10-28.endive';

/** The sandbox's memory, written to `file` after each change where there is one. */
export class Store {
  readonly state: SandboxState;
  /** Where people open the sandbox's pages, without a slash at the end. */
  readonly pagesUrl: string;
  readonly #file: string | undefined;
  readonly #now: () => Date;
  #request: CurrentRequest | undefined;

  constructor(options: { file?: string; pagesUrl: string; now: () => Date }) {
    this.pagesUrl = options.pagesUrl;
    this.#file = options.file;
    this.#now = options.now;
    this.state = this.#file && existsSync(this.#file) ? upgraded(parse(this.#file)) : emptyState();
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

  /** Runs `work` (which must not wait for anything) as the answer to a request. */
  during<T>(request: CurrentRequest, work: () => T): T {
    this.#request = request;
    try {
      return work();
    } finally {
      this.#request = undefined;
    }
  }

  /** Records that something happened, and that the webhook endpoint is to hear of it. */
  emit(type: string, object: EventObject): void {
    const event: Event = {
      id: this.id('evt'),
      object: 'event',
      type,
      api_version: API_VERSION,
      created: this.seconds,
      livemode: false,
      pending_webhooks: 1,
      request: { id: this.#request?.id ?? null, idempotency_key: this.#request?.idempotencyKey ?? null },
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
