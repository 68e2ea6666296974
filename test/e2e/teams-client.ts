import { type DemoPerson, demoPerson } from '../../src/local/demo-people.js';
import type { Json } from '../fakes/slack/world.js';
import { readCard, type TeamsButton, type TeamsSeen } from './teams-card.js';

export type Name = DemoPerson['name'];

/** A chat channel, or its personal chat with the bot. */
export type Where = { channel: string } | 'personal';

/** Longer than any sweep of the product that a test waits for. */
const PATIENCE_MS = 15_000;

/** People in a Teams: what they do, and what they see. What each message became is seen once, the latest state of it. */
export abstract class TeamsClient {
  abstract readonly tenant: string;
  abstract readonly channel: string;
  /** The latest state of each message that no test has looked at. */
  private fresh: TeamsSeen[] = [];
  private readonly edits = new Map<string, number>();
  private readonly waiting = new Set<() => void>();

  /** Typed to the bot; in a channel the bot is mentioned first. `@Mia` mentions that person. */
  abstract type(name: Name, text: string, where?: Where): Promise<void>;
  /** Presses a button with the fields filled in. */
  abstract press(
    name: Name,
    on: TeamsSeen,
    button: TeamsButton,
    fields: Readonly<Record<string, string>>,
  ): Promise<void>;
  abstract stop(): Promise<void>;
  /** The one person who reads this conversation; undefined where it is a channel's. */
  protected abstract readerOf(conversation: string): Name | undefined;

  /** Presses the button; `fields` are what is typed into the card's inputs, by name. */
  async click(name: Name, on: TeamsSeen, label: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
    const button = on.buttons.find((one) => one.label === label);
    if (!button) throw new Error(`no button "${label}" on:\n${on.lines.join('\n')}`);
    const typed = Object.entries(fields).map(([field, value]) => [`field:${field}`, value]);
    await this.press(name, on, button, { ...on.inputs, ...Object.fromEntries(typed) });
  }

  /** The next message, new or edited, that all of the channel see, and that says this. */
  inChannel(says: string): Promise<TeamsSeen> {
    const here = (seen: TeamsSeen) => seen.conversation.startsWith(this.channel) || this.isThreadOf(seen.conversation);
    return this.next((seen) => here(seen) && speaks(seen, says), `“${says}” in the channel`);
  }

  /** The next message, new or edited, in the person's chat with the bot, that says this. */
  privateTo(name: Name, says: string): Promise<TeamsSeen> {
    const to = (seen: TeamsSeen) => this.readerOf(seen.conversation) === name;
    return this.next((seen) => to(seen) && speaks(seen, says), `“${says}” to ${name}`);
  }

  /** What nobody has looked at yet. */
  unseen(): readonly TeamsSeen[] {
    return this.fresh;
  }

  protected isThreadOf(_conversation: string): boolean {
    return false;
  }

  protected take(message: { conversation: string; id: string; card: Json }): void {
    const key = `${message.conversation} ${message.id}`;
    const edits = (this.edits.get(key) ?? -1) + 1;
    this.edits.set(key, edits);
    const { conversation, id, card } = message;
    const seen = { conversation, id, edits, ...readCard(card) };
    this.fresh = [...this.fresh.filter((one) => one.id !== id || one.conversation !== conversation), seen];
    for (const look of [...this.waiting]) look();
  }

  private next(wanted: (seen: TeamsSeen) => boolean, what: string): Promise<TeamsSeen> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        const others = this.fresh.map((seen) => `${seen.conversation}\n  ${seen.lines.join('\n  ')}`);
        reject(new Error(`nobody saw ${what}; unseen:\n${others.join('\n')}`));
      }, PATIENCE_MS);
      const look = (): void => {
        const found = this.fresh.find(wanted);
        if (!found) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        this.fresh = this.fresh.filter((one) => one !== found);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }
}

function speaks(seen: TeamsSeen, says: string): boolean {
  return seen.lines.some((line) => line.includes(says));
}

/** A text with its `@Name`s as mentions. */
export function withMentions(text: string, idOf: (name: Name) => string) {
  const mentions: { mentioned: { id: string; name: string }; text: string }[] = [];
  const marked = text.replaceAll(/(^|\s)@([A-Z]\w+)/g, (_all, before: string, name: Name) => {
    const tag = `<at>${name}</at>`;
    mentions.push({ mentioned: { id: idOf(demoPerson(name).name), name }, text: tag });
    return `${before}${tag}`;
  });
  return { text: marked, mentions };
}
