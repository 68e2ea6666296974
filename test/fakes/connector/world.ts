import { EventEmitter } from 'node:events';

export interface FakeUser {
  /** Entra object id. */
  user: string;
  name: string;
  email?: string;
  guest?: boolean;
  /** Has not installed the app, shares no team with it: no personal chat can be opened. */
  unreachable?: boolean;
}

export interface FakeConversation {
  id: string;
  kind: 'channel' | 'group' | 'direct';
  name?: string;
  team?: string;
  /** Of a direct one. */
  user?: string;
  /** Whether the bot is in it. */
  bot: boolean;
}

/** A message that people see, with the card as it is now. */
export interface Shown {
  conversation: string;
  id: string;
  text?: string;
  card?: FakeCard;
  edits: number;
}

export interface FakeCard {
  type: string;
  version: string;
  body: readonly FakeElement[];
  [property: string]: unknown;
}

export interface FakeElement {
  type: string;
  [property: string]: unknown;
}

/** What the next requests get instead of being served. */
export type Fault =
  | { status: number; code?: string; retryAfter?: number }
  /** The connection is cut: before the message is taken, or after. */
  | { cut: 'before' | 'after' };

/** Everything that one Teams tenant knows of the bot. */
export class World {
  readonly users = new Map<string, FakeUser>();
  readonly conversations = new Map<string, FakeConversation>();
  readonly messages: Shown[] = [];
  /** What people have in their OneDrive, by its id. */
  readonly files = new Map<string, Uint8Array>();
  /** The next requests whose method and path match, in order. */
  readonly faults: { match: RegExp; fault: Fault }[] = [];
  readonly requests: { method: string; path: string; token: string | undefined }[] = [];
  /** Emits `shown` with every message that is new or was edited. */
  readonly changes = new EventEmitter<{ shown: [Shown] }>();
  private counter = 1_700_000_000_000;

  readonly tenant: string;
  readonly botId: string;

  constructor(tenant: string, botId: string) {
    this.tenant = tenant;
    this.botId = botId;
  }

  show(message: Omit<Shown, 'edits'>): void {
    const shown = { ...message, edits: 0 };
    this.messages.push(shown);
    this.changes.emit('shown', shown);
  }

  edit(shown: Shown, card: FakeCard): void {
    shown.card = card;
    shown.edits += 1;
    this.changes.emit('shown', shown);
  }

  nextId(): string {
    this.counter += 1;
    return String(this.counter);
  }

  teamsId(user: string): string {
    return `29:${user}`;
  }

  userOf(teamsId: string): FakeUser | undefined {
    return this.users.get(teamsId.replace(/^29:/, ''));
  }

  directOf(user: string): FakeConversation {
    const id = `a:${user}`;
    const known = this.conversations.get(id);
    if (known) return known;
    const opened: FakeConversation = { id, kind: 'direct', user, bot: true };
    this.conversations.set(id, opened);
    return opened;
  }

  conversation(id: string): FakeConversation | undefined {
    return this.conversations.get(id.replace(/;messageid=.*$/, ''));
  }

  takeFault(request: string): Fault | undefined {
    const index = this.faults.findIndex(({ match }) => match.test(request));
    return index < 0 ? undefined : this.faults.splice(index, 1)[0]?.fault;
  }
}
