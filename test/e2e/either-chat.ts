import type { Product } from './product.js';
import type { Name } from './teams-client.js';

/** A message or form, on whichever platform. */
export interface ChatSeen {
  /** All that it says, a line each. */
  words: string;
  /** The address behind a link button. Throws where there is none. */
  link(label: string): string;
  click(name: Name, label: string): Promise<void>;
  /** Sends it as a form; `label` is its button. */
  submit(name: Name, label: string, fields: Readonly<Record<string, string>>): Promise<void>;
}

/** Acme's people and their channel #marketing, in a Slack or a Teams. */
export interface EitherChat {
  /** As the operator's command names it. */
  tenant: string;
  /** Its id of a person. */
  userOf(name: Name): string;
  /** What a form's field for a person holds once this one is chosen. */
  personField(name: Name): string;
  /** The product, and each connected to the other. */
  startProduct(): Promise<Product>;
  /** Typed to the bot in #marketing. */
  type(name: Name, text: string): Promise<void>;
  /** The next message or form, new or changed, that this person alone sees and that says this. */
  privateTo(name: Name, says: string): Promise<ChatSeen>;
  /** The next message, new or changed, in #marketing that says this. */
  inChannel(says: string): Promise<ChatSeen>;
  stop(): Promise<void>;
}

/** One of our own, whose channels and accounts change as the real ones do. */
export interface StrictChat extends EitherChat {
  /** Renames #marketing. */
  rename(to: string): Promise<void>;
  /** Takes the bot out of #marketing, or brings it back. */
  bot(which: 'out' | 'back'): Promise<void>;
  /** The account is deactivated, or works again. */
  deactivate(name: Name, deleted: boolean): Promise<void>;
}

export function addressOf(links: readonly { label: string; url?: string }[], label: string, said: string): string {
  const url = links.find((link) => link.label === label)?.url;
  if (!url) throw new Error(`no link "${label}" on:\n${said}`);
  return url;
}
