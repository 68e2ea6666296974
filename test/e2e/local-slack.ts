import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { type Child } from '../../src/local/child.js';
import { DEMO_PEOPLE, type DemoPerson, demoPerson } from '../../src/local/demo-people.js';
import { localSlackProgram, startLocalSlack } from '../../src/local/local-slack.js';
import { isThing, thingOf, word } from '../fakes/slack/json.js';
import type { Json } from '../fakes/slack/world.js';
import { buttonsOf, inputsOf, linesOf, type Seen } from './seen.js';

type Name = DemoPerson['name'];

/** Longer than any sweep of the product that a test waits for. */
const PATIENCE_MS = 15_000;

const SECRETS = { signingSecret: 'e2e-signing-secret', botToken: 'xoxb-e2e' };

/** What connects the product to a local-slack on this port. */
export function slackSettings(port: number): Record<string, string> {
  return {
    SLACK_SIGNING_SECRET: SECRETS.signingSecret,
    SLACK_BOT_TOKEN: SECRETS.botToken,
    SLACK_API_URL: `http://127.0.0.1:${port}/api`,
  };
}

/** The real program local-slack: people act through its control API, and what they see is read as its page reads it. */
export class LocalSlack {
  readonly address: string;
  private child: Child | undefined;
  private socket: WebSocket | undefined;
  private readonly folder: string;
  private readonly messages = new Map<string, Seen>();
  private readonly directs = new Map<string, string>();
  private modal: Seen | undefined;
  /** The latest first time or change of each thing that no test has looked at. */
  private fresh: Seen[] = [];
  private errors: Readonly<Record<string, string>> | undefined;
  private readonly waiting = new Set<() => void>();

  private constructor(port: number, folder: string) {
    this.address = `http://127.0.0.1:${port}`;
    this.folder = folder;
  }

  /** `requestUrl`: where our side takes Slack's requests, under the secrets of `slackSettings`. */
  static async start(port: number, requestUrl: string): Promise<LocalSlack> {
    const program = localSlackProgram();
    if (!program) throw new Error(`there is no local-slack for ${process.platform} ${process.arch}`);
    const folder = await mkdtemp(join(tmpdir(), 'local-slack-'));
    const slack = new LocalSlack(port, folder);
    slack.child = await startLocalSlack({ program, port, folder, requestUrl, ...SECRETS });
    await slack.watch();
    return slack;
  }

  async stop(): Promise<void> {
    this.socket?.close();
    await this.child?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** `/workspace text`, with `@adam` and addresses marked as Slack's composer marks them. */
  async type(name: Name, text: string, channel?: string): Promise<void> {
    const user = demoPerson(name).user;
    const marked = text.replace(/(^|\s)@(\w+)/g, (all, before: string, typed: string) => {
      const person = DEMO_PEOPLE.find((one) => one.name.toLowerCase() === typed);
      return person ? `${before}<@${person.user}|${typed}>` : all;
    });
    const where = channel ?? (await this.directOf(user));
    await this.control('command', { user, channel: where, command: '/workspace', text: marked });
  }

  async click(name: Name, on: Seen, label: string): Promise<void> {
    const button = on.buttons.find((one) => one.label === label);
    if (!button) throw new Error(`no button "${label}" on:\n${on.lines.join('\n')}`);
    const { actionId: action_id, value } = button;
    const action = { type: 'button', block_id: 'b', action_id, ...(value && { value }) };
    await this.control('interact', { user: demoPerson(name).user, channel: on.channel, messageTs: on.ts, action });
  }

  /** Sends the open modal. */
  submit(name: Name, values: Readonly<Record<string, string>>): void {
    const typed = Object.entries(values).map(([field, value]) => [
      field,
      { value: { type: 'plain_text_input', value } },
    ]);
    const message = { t: 'view_submit', user: demoPerson(name).user, values: Object.fromEntries(typed) };
    this.socket?.send(JSON.stringify(message));
  }

  /** The next thing, new or changed, that all of a channel see. */
  inChannel(channel: string): Promise<Seen> {
    return this.next((seen) => seen.channel === channel && seen.to === undefined, `message in ${channel}`);
  }

  /**
   * The next thing that this person alone sees: ephemeral, or in the direct messages with the bot. A receipt comes when
   * it comes, and is asked for by itself.
   */
  privateTo(name: Name): Promise<Seen> {
    const { user } = demoPerson(name);
    return this.next((seen) => seen.to === user && !isReceipt(seen), `private message to ${name}`);
  }

  receiptTo(name: Name): Promise<Seen> {
    const { user } = demoPerson(name);
    return this.next((seen) => seen.to === user && isReceipt(seen), `receipt to ${name}`);
  }

  async openModal(): Promise<Seen> {
    return this.until(() => this.modal, 'modal');
  }

  async fieldErrors(): Promise<Readonly<Record<string, string>>> {
    return this.until(() => this.errors, 'errors beside fields');
  }

  private async directOf(user: string): Promise<string> {
    await this.call('api/conversations.open', { users: user });
    return this.until(() => [...this.directs].find(([, owner]) => owner === user)?.[0], `direct messages of ${user}`);
  }

  private async control(action: string, body: object): Promise<void> {
    await this.call(`_control/${action}`, body);
  }

  private async call(path: string, body: object): Promise<void> {
    const response = await fetch(`${this.address}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${SECRETS.botToken}` },
      body: JSON.stringify(body),
    });
    const answer: Json = JSON.parse(await response.text());
    if (thingOf(answer)['ok'] !== true) throw new Error(`local-slack ${path}: ${JSON.stringify(answer)}`);
  }

  private async next(wanted: (seen: Seen) => boolean, what: string): Promise<Seen> {
    const seen = await this.until(() => this.fresh.find(wanted), what);
    this.fresh = this.fresh.filter((one) => one !== seen);
    return seen;
  }

  private until<T>(find: () => T | undefined, what: string): Promise<T> {
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

  private async watch(): Promise<void> {
    const socket = new WebSocket(`${this.address.replace('http', 'ws')}/ui`);
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      const event: Json = JSON.parse(data.toString());
      this.take(thingOf(event));
      for (const look of [...this.waiting]) look();
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
  }

  private take(event: { [key: string]: Json }): void {
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
      case 'view': {
        const view = listOf(event['stack']).at(-1);
        this.errors = undefined;
        this.modal = isThing(view) ? seenModal(view) : undefined;
        break;
      }
      case 'view_errors':
        this.errors = Object.fromEntries(
          Object.entries(thingOf(event['errors'])).map(([field, says]) => [field, word(says)]),
        );
        break;
    }
  }

  private learnChannel(channel: Json): void {
    const { id, is_im: direct, members } = thingOf(channel);
    const owner = listOf(members).find((member) => DEMO_PEOPLE.some(({ user }) => user === member));
    if (direct === true && owner !== undefined) this.directs.set(word(id), word(owner));
  }

  private learnMessage(message: { [key: string]: Json }): void {
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
    const before = this.messages.get(`${channel}:${ts}`);
    this.messages.set(`${channel}:${ts}`, seen);
    this.fresh = [...this.fresh.filter((one) => one !== before), seen];
  }
}

function seenModal(view: { [key: string]: Json }): Seen {
  const blocks = listOf(view['blocks']);
  const title = word(thingOf(view['title'])['text']);
  return {
    channel: '',
    ts: word(view['id']),
    lines: [title, ...linesOf(blocks)],
    buttons: buttonsOf(blocks),
    inputs: inputsOf(blocks),
  };
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function isReceipt({ lines }: Seen): boolean {
  return /^Receipt \S+ of .* is ready\.$/.test(lines[0] ?? '');
}
