import type { Card, Form } from '../cards/card.js';
import type { Identity, Platform, Profile } from '../workspace/identity.js';
import type { SharedFile } from './invocation.js';

/** Where a card goes without anybody having asked just now. */
export type ChatTarget =
  | { kind: 'channel'; platform: Platform; tenant: string; channel: string }
  | { kind: 'direct'; identity: Identity };

/** A posted message, stored so that it can be edited later. `channel` is the conversation that holds it. */
export interface MessageRef {
  platform: Platform;
  tenant: string;
  channel: string;
  message: string;
}

/**
 * What the product needs of a chat platform. `Moment` is the platform's own handle on one interaction
 * (Slack: response_url and trigger_id; Teams: the turn's conversation); only its platform looks inside.
 * All but those that look people and tenants up reject with a DeliveryFailure.
 */
export interface ChatPort<Moment = never> {
  readonly platform: Platform;
  readonly rates: Rates;
  /**
   * `id` is the notice's id, put on the message where the platform has metadata, to find it again. With `under` it
   * stands in that message's thread, where the conversation has threads.
   */
  post(to: ChatTarget, card: Card, id: string, under?: MessageRef): Promise<MessageRef>;
  update(ref: MessageRef, card: Card): Promise<void>;
  /**
   * Looks whether a post whose answer was lost has arrived after all: by the id that it was posted with, among what was
   * said since then. Absent, or undefined, where the platform or what the bot was granted does not let it look.
   */
  find?(to: ChatTarget, id: string, since: Date): Promise<MessageRef | 'notThere' | undefined>;
  /**
   * Answers the person alone. `replace` edits the private card that was clicked;
   * `lasting` is for a card to be acted on later (Slack: a direct message, as ephemerals vanish).
   */
  privately(moment: Moment, card: Card, how?: { replace?: boolean; lasting?: boolean }): Promise<void>;
  /**
   * Answers in the conversation where the person asked. `where` is that of the question which their button came from: a
   * platform whose private answers stand elsewhere posts there, if it is one of theirs.
   */
  openly(moment: Moment, card: Card, where?: string): Promise<void>;
  openForm(moment: Moment, form: Form): Promise<void>;
  /** Undefined where the platform knows no such user. */
  profile(identity: Identity): Promise<Profile | undefined>;
  findByEmail(tenant: string, email: string): Promise<Identity | undefined>;
  /** Undefined where there is no such group; absent where the platform lets no bot look into groups. */
  groupMembers?(tenant: string, group: { id: string } | { handle: string }): Promise<GroupMembers | undefined>;
  /** A shared file's bytes, at most MOST_FILE_BYTES of them. */
  readFile(file: SharedFile): Promise<ReadFile>;
  /**
   * The channels that both this person and the bot are in, by name; absent where the platform's forms have a picker of
   * channels themselves.
   */
  channels?(person: Identity): Promise<readonly KnownChannel[]>;
  /** What a channel is called, where the platform tells. */
  channelName?(tenant: string, channel: string): Promise<string | undefined>;
  /** What the tenant calls itself, where the platform tells. */
  tenantName?(tenant: string): Promise<string | undefined>;
}

/** So many calls in so long. */
export interface Rate {
  most: number;
  inMs: number;
}

/** What the platform documents that it takes of one app, in one conversation and in one team. */
export interface Budget {
  conversation: readonly Rate[];
  team: readonly Rate[];
}

/** Without `edit`, edits count as posts. */
export interface Rates {
  post: Budget;
  edit?: Budget;
}

/** A channel by the platform's id. */
export interface KnownChannel {
  channel: string;
  name: string;
}

/** A user group with the people who are in it now. */
export interface GroupMembers {
  /** As it is called with @. */
  handle: string;
  people: readonly Identity[];
}

/** The part of the port that needs no interaction. */
export type ChatPoster = Pick<
  ChatPort,
  | 'platform'
  | 'rates'
  | 'post'
  | 'update'
  | 'find'
  | 'profile'
  | 'findByEmail'
  | 'groupMembers'
  | 'readFile'
  | 'tenantName'
  | 'channels'
  | 'channelName'
>;

/** More than the largest list of contacts that is imported at once needs. */
export const MOST_FILE_BYTES = 2 * 1024 * 1024;

/** Or why there is nothing to read: it is larger, or the platform does not give it out (any more). */
export type ReadFile = { bytes: Uint8Array } | { unread: 'tooLarge' | 'gone' };

export type DeliveryOutcome =
  /** Surely not delivered; not before `retryAfterMs`. */
  | { kind: 'rateLimited'; retryAfterMs: number }
  /** Surely not delivered, a passing fault. */
  | { kind: 'unreachable' }
  /** Surely not delivered, and a repeat will not help until somebody mends it. */
  | {
      kind: 'rejected';
      why: 'channelGone' | 'botNotInChannel' | 'userGone' | 'botRemoved' | 'messageGone' | 'tooLarge' | 'other';
    }
  /** Perhaps delivered: a timeout, or the connection cut after sending. */
  | { kind: 'unknown' };

export class DeliveryFailure extends Error {
  readonly outcome: DeliveryOutcome;
  constructor(outcome: DeliveryOutcome, options?: { cause?: unknown; detail?: string }) {
    super(options?.detail ? `${outcome.kind}: ${options.detail}` : outcome.kind, { cause: options?.cause });
    this.name = 'DeliveryFailure';
    this.outcome = outcome;
  }
}
