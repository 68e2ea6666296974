import type { Call, FieldValues } from '../cards/card.js';
import type { Card, Choice, Form } from '../cards/card.js';
import type { ChatGroup, Identity, Platform } from '../workspace/identity.js';

/** A typed text as its platform's edge read it: plain runs, with people, user groups and chat channels already recognised. */
export type Piece =
  | string
  | { person: Identity; name?: string }
  | { group: ChatGroup; name?: string }
  | { channel: string; name?: string };

/** A file that somebody sent to the bot in their direct chat; its platform's port reads it. */
export interface SharedFile {
  platform: Platform;
  tenant: string;
  /** The platform's id of it. */
  id: string;
  name: string;
  /** Where it can be fetched for a while, where the platform says so at once. */
  url?: string;
}

export interface Place {
  platform: Platform;
  tenant: string;
  /** What the platform calls the tenant, where the payload tells. */
  tenantName?: string;
  kind: 'channel' | 'group' | 'direct';
  /** The chat channel's or conversation's id. */
  channel: string;
  channelName?: string;
}

/** One thing that somebody typed, clicked or submitted, after the edge has verified where it comes from. */
export interface Invocation {
  /** Shown to the person when something breaks, and on every log line: `R-7F3K2Q`. */
  reference: string;
  /** The platform's id of this delivery: the idempotency key of what was typed. */
  delivery: string;
  at: Date;
  sender: Identity;
  /** Set where the payload itself already tells that the sender is no full member of the tenant. */
  outsider?: 'guest' | 'connect' | 'bot' | 'otherTenant';
  place: Place;
  /** How the sender's chat writes numbers, where the payload tells: `de-DE`. */
  locale?: string;
  ask:
    | { typed: readonly Piece[]; file?: SharedFile }
    | { clicked: Call }
    | { submitted: Call; fields: FieldValues }
    | { home: true }
    /** Typed into a chat's search box, to put what is found into a conversation. */
    | { find: string; offset: number; limit: number }
    /** Typed into the picker of a form's field, to choose among more than it offers. */
    | { choose: Picker; words: string; limit: number };
}

/** A field of a form, as its picker's question names it. */
export interface Picker {
  command: string;
  /** The workspace that the form is about. */
  workspace?: string;
  field: string;
}

/** What the edge is to show for it. What others get goes through the outbox. */
export type Answer =
  | { kind: 'private'; card: Card; replace?: boolean; lasting?: boolean }
  /** `where`: the conversation that it is for, where a private answer carried it elsewhere; else that of the question. */
  | { kind: 'open'; card: Card; where?: string }
  | { kind: 'form'; form: Form }
  /** To `find` alone: the edge lists them in the search box. */
  | { kind: 'found'; found: readonly Found[] }
  /** To `choose` alone: the edge lists them in the picker. */
  | { kind: 'choices'; choices: readonly Choice[] }
  /** The card that was clicked is edited through the outbox, and says it all. */
  | { kind: 'done' };

/** What a search lists: a line to pick by, and the card that picking it puts into the conversation. */
export interface Found {
  title: string;
  detail: string;
  card: Card;
}

export type Dispatch = (invocation: Invocation) => Promise<Answer>;
