import { DEMO_PEOPLE } from '../../src/local/demo-people.js';
import { blocksOf } from '../fakes/slack/block-kit.js';
import { isThing, type Thing, thingOf, word } from '../fakes/slack/json.js';
import type { Json } from '../fakes/slack/world.js';
import { buttonsOf, inputsOf, linesOf, type Seen } from './seen.js';

/** Longer than any sweep of the product that a test waits for. */
const PATIENCE_MS = 15_000;

/** What local-slack shows, as its page learns it: each thing is seen once, the latest state of it. */
export class SlackScreen {
  /** Who acted last: local-slack shows a modal to everybody, and it is theirs. */
  actor: string | undefined;
  errors: Readonly<Record<string, string>> | undefined;
  /** What stands open. */
  modal: Seen | undefined;
  private readonly messages = new Map<string, Seen>();
  private readonly directs = new Map<string, string>();
  /** The latest first time or change of each thing that no test has looked at. */
  private fresh: readonly Seen[] = [];
  private readonly waiting = new Set<() => void>();

  /** The channel of somebody's direct messages with the bot, where it was opened. */
  directOf(user: string): string | undefined {
    return [...this.directs].find(([, owner]) => owner === user)?.[0];
  }

  /** The next unseen thing like this. */
  async next(wanted: (seen: Seen) => boolean, what: string): Promise<Seen> {
    const seen = await this.until(() => this.fresh.find(wanted), what);
    this.fresh = this.fresh.filter((one) => one !== seen);
    return seen;
  }

  /** What this finds, now or after something came. */
  until<T>(find: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        const others = this.fresh.map((seen) => `${seen.channel} ${seen.to ?? ''}\n  ${seen.lines.join('\n  ')}`);
        reject(new Error(`no ${what} came; unseen:\n${others.join('\n')}`));
      }, PATIENCE_MS);
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }

  /** What local-slack tells its page. */
  take(event: Thing): void {
    switch (event['t']) {
      case 'init':
        for (const channel of listOf(thingOf(event['state'])['channels'])) this.learnChannel(channel);
        break;
      case 'channel':
        this.learnChannel(event['channel'] ?? null);
        break;
      case 'message':
      case 'message_update':
        this.learnMessage(thingOf(event['message']));
        break;
      case 'view':
        this.learnModal(listOf(event['stack']).at(-1));
        break;
      case 'view_errors':
        this.errors = Object.fromEntries(
          Object.entries(thingOf(event['errors'])).map(([field, says]) => [field, word(says)]),
        );
        break;
    }
    for (const look of [...this.waiting]) look();
  }

  private learnChannel(channel: Json): void {
    const { id, is_im: direct, members } = thingOf(channel);
    const owner = listOf(members).find((member) => DEMO_PEOPLE.some(({ user }) => user === member));
    if (direct === true && owner !== undefined) this.directs.set(word(id), word(owner));
  }

  private learnMessage(message: Thing): void {
    if (!message['bot_id']) return;
    const channel = word(message['channel']);
    const ts = word(message['ts']);
    const to = word(message['ephemeral_to']) || this.directs.get(channel);
    const blocks = listOf(message['blocks']);
    const seen: Seen = {
      channel,
      ts,
      ...(to !== undefined && { to }),
      lines: blocks.length > 0 ? linesOf(blocks) : [word(message['text'])],
      buttons: buttonsOf(blocks),
      inputs: [],
    };
    this.replace(this.messages.get(`${channel}:${ts}`), seen);
    this.messages.set(`${channel}:${ts}`, seen);
  }

  private learnModal(view: Json | undefined): void {
    const modal = isThing(view) ? seenModal(view, this.actor) : undefined;
    this.errors = undefined;
    this.replace(this.modal, modal);
    this.modal = modal;
  }

  private replace(before: Seen | undefined, seen: Seen | undefined): void {
    this.fresh = [...this.fresh.filter((one) => one !== before), ...(seen ? [seen] : [])];
  }
}

function seenModal(view: Thing, to: string | undefined): Seen {
  const blocks = blocksOf(view['blocks']);
  return {
    channel: '',
    ts: word(view['id']),
    ...(to !== undefined && { to }),
    lines: [word(thingOf(view['title'])['text']), ...linesOf(blocks)],
    buttons: buttonsOf(blocks),
    inputs: inputsOf(blocks),
    form: blocks,
  };
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
