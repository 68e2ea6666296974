import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';

export interface FakeUser {
  id: string;
  name: string;
  email?: string;
  team?: string;
  guest?: boolean;
  bot?: boolean;
  deleted?: boolean;
  stranger?: boolean;
  timeZone?: string;
}

export interface FakeChannel {
  id: string;
  name: string;
  private?: boolean;
  archived?: boolean;
  /** Whether the bot is a member; people are taken to be in every channel they act in. */
  bot?: boolean;
}

/** A user group: `@design`. */
export interface FakeGroup {
  id: string;
  handle: string;
  users: readonly string[];
}

/** A file that somebody shared; its content is behind an address that takes the bot's token. */
export interface FakeFile {
  id: string;
  name: string;
  content: Uint8Array;
  /** As Slack tells it, where that is not what there is. */
  size?: number;
  /** Where it is kept, if not with Slack. */
  elsewhere?: string;
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export interface Block {
  type: string;
  [key: string]: Json;
}

/** Something that a person can see: a message, a modal, or their Home tab. */
export interface Shown {
  kind: 'message' | 'ephemeral' | 'direct' | 'modal' | 'home';
  /** The conversation that holds it; of a modal or Home tab, its person. */
  channel: string;
  ts: string;
  /** The one person who sees it; absent for what a channel sees. */
  to?: string;
  thread?: string;
  text: string;
  blocks: Block[];
  metadata?: Json;
  view?: { [key: string]: Json };
  /** How often it was changed since it first showed. */
  edits: number;
  seen: boolean;
}

/** One call that Slack received, and what Slack made of it. */
export interface Call {
  method: string;
  token: string;
  args: { [key: string]: Json };
  outcome: string;
  at: number;
}

/** How the next calls of a method go wrong. */
export type Fault =
  | { kind: 'rateLimited'; retryAfter: number }
  | { kind: 'error'; error: string }
  | { kind: 'status'; status: number }
  /** The connection is cut: before Slack did anything, or after it did all. */
  | { kind: 'cutBefore' }
  | { kind: 'cutAfter' }
  | { kind: 'slow'; ms: number }
  /** It has come in, and is not dealt with before the test says so. */
  | { kind: 'held'; arrived: () => void; until: Promise<void> };

/** All that the fake Slack knows; its truth outlives what our side believes. */
export class World {
  readonly team: string;
  readonly enterprise: string | undefined;
  readonly bot: string;
  readonly tokens: Set<string>;
  /** Scopes that the bot was given beside those that it asks for. */
  readonly granted = new Set<string>();
  readonly users = new Map<string, FakeUser>();
  readonly channels = new Map<string, FakeChannel>();
  readonly groups: FakeGroup[] = [];
  readonly files = new Map<string, FakeFile>();
  /** Where this Slack is reached. */
  address = '';
  readonly shown: Shown[] = [];
  readonly calls: Call[] = [];
  readonly triggers = new Map<string, { user: string; at: number; used: boolean }>();
  readonly replies = new Map<string, { user: string; channel: string; at: number; uses: number; original?: Shown }>();
  /** Refresh tokens that still work, and their teams. */
  readonly refreshTokens = new Map<string, string>();
  readonly faults: { method: string; fault: Fault; times: number }[] = [];
  /** Refuses more than a message a second in a channel. */
  paced = false;
  readonly lastPost = new Map<string, number>();
  /** How far the fake's clock is ahead. */
  ahead = 0;
  private readonly changes = new EventEmitter();
  /** Ids of two fakes never meet in one database. */
  private readonly series = randomBytes(3).toString('hex').toUpperCase();
  private count = 0;

  constructor(options: { team: string; enterprise?: string; bot: string; tokens: readonly string[] }) {
    this.team = options.team;
    this.enterprise = options.enterprise;
    this.bot = options.bot;
    this.tokens = new Set(options.tokens);
    this.changes.setMaxListeners(0);
  }

  now(): number {
    return Date.now() + this.ahead;
  }

  id(prefix: string): string {
    this.count += 1;
    return `${prefix}${this.series}${String(this.count).padStart(5, '0')}`;
  }

  ts(): string {
    this.count += 1;
    return `${Math.floor(this.now() / 1_000)}.${String(this.count).padStart(6, '0')}`;
  }

  show(what: Omit<Shown, 'edits' | 'seen'>): Shown {
    const shown: Shown = { ...what, edits: 0, seen: false };
    this.shown.push(shown);
    this.changed();
    return shown;
  }

  edit(shown: Shown, to: Partial<Pick<Shown, 'text' | 'blocks' | 'view'>>): void {
    Object.assign(shown, to);
    shown.edits += 1;
    shown.seen = false;
    this.changed();
  }

  remove(shown: Shown): void {
    this.shown.splice(this.shown.indexOf(shown), 1);
    this.changed();
  }

  record(call: Omit<Call, 'at'>): void {
    this.calls.push({ ...call, at: this.now() });
    this.changed();
  }

  takeFault(method: string): Fault | undefined {
    const planned = this.faults.find((fault) => fault.method === method && fault.times > 0);
    if (!planned) return undefined;
    planned.times -= 1;
    return planned.fault;
  }

  directOf(user: string): string {
    return `D${user.slice(1)}`;
  }

  /** Resolves with the first value that `look` finds, now or after any change. */
  async until<T>(look: () => T | undefined, what: string, withinMs = 8_000): Promise<T> {
    const found = look();
    if (found !== undefined) return found;
    return new Promise<T>((resolve, reject) => {
      const check = (): void => {
        const now = look();
        if (now === undefined) return;
        stop();
        resolve(now);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`Slack saw no ${what} within ${withinMs} ms; it saw:\n${this.summary()}`));
      }, withinMs);
      const stop = (): void => {
        clearTimeout(timer);
        this.changes.off('change', check);
      };
      this.changes.on('change', check);
    });
  }

  private changed(): void {
    this.changes.emit('change');
  }

  private summary(): string {
    const calls = this.calls.map((call) => `${call.method}: ${call.outcome}`);
    const shown = this.shown.map(
      (one) => `${one.seen ? 'seen' : 'new '} ${one.kind} ${one.to ?? one.channel}: ${one.text}`,
    );
    return [...calls.slice(-10), ...shown.slice(-10)].join('\n');
  }
}
