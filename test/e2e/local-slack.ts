import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { type Child } from '../../src/local/child.js';
import { DEMO_PEOPLE, type DemoPerson, demoPerson } from '../../src/local/demo-people.js';
import { localSlackProgram, startLocalSlack } from '../../src/local/local-slack.js';
import { thingOf } from '../fakes/slack/json.js';
import { stateOf } from '../fakes/slack/typing.js';
import type { Json } from '../fakes/slack/world.js';
import type { Seen } from './seen.js';
import { SlackScreen } from './slack-screen.js';

type Name = DemoPerson['name'];

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
  readonly screen = new SlackScreen();
  private child: Child | undefined;
  private socket: WebSocket | undefined;
  private readonly folder: string;

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

  /** `/workspace text`, with `@adam` marked as Slack's composer marks it. */
  async type(name: Name, text: string, channel?: string): Promise<void> {
    const user = this.acting(name);
    const marked = text.replace(/(^|\s)@(\w+)/g, (all, before: string, typed: string) => {
      const person = DEMO_PEOPLE.find((one) => one.name.toLowerCase() === typed.toLowerCase());
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
    await this.control('interact', { user: this.acting(name), channel: on.channel, messageTs: on.ts, action });
  }

  /** Sends the open modal. */
  submit(name: Name, form: Seen, values: Readonly<Record<string, string>>): void {
    const state = stateOf({ blocks: form.form ?? [] }, values);
    this.socket?.send(JSON.stringify({ t: 'view_submit', user: this.acting(name), values: state }));
  }

  /** The next thing, new or changed, that all of a channel see. */
  inChannel(channel: string, says = ''): Promise<Seen> {
    const here = (seen: Seen) => seen.channel === channel && seen.to === undefined;
    return this.screen.next((seen) => here(seen) && speaks(seen, says), `“${says}” in ${channel}`);
  }

  /**
   * The next thing that this person alone sees: ephemeral, in the direct messages with the bot, or a modal. A receipt
   * comes when it comes, and is seen by who asks for its words.
   */
  privateTo(name: Name, says = ''): Promise<Seen> {
    const { user } = demoPerson(name);
    const wanted = (seen: Seen) => seen.to === user && (says === '' ? !isReceipt(seen) : speaks(seen, says));
    return this.screen.next(wanted, `“${says}” to ${name}`);
  }

  receiptTo(name: Name): Promise<Seen> {
    const { user } = demoPerson(name);
    return this.screen.next((seen) => seen.to === user && isReceipt(seen), `receipt to ${name}`);
  }

  openModal(): Promise<Seen> {
    return this.screen.next((seen) => seen.form !== undefined, 'modal');
  }

  fieldErrors(): Promise<Readonly<Record<string, string>>> {
    return this.screen.until(() => this.screen.errors, 'errors beside fields');
  }

  /** Who does what comes next; their user id. */
  acting(name: Name): string {
    const { user } = demoPerson(name);
    this.screen.actor = user;
    return user;
  }

  private async directOf(user: string): Promise<string> {
    await this.call('api/conversations.open', { users: user });
    return this.screen.until(() => this.screen.directOf(user), `direct messages of ${user}`);
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

  private async watch(): Promise<void> {
    const socket = new WebSocket(`${this.address.replace('http', 'ws')}/ui`);
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      const event: Json = JSON.parse(data.toString());
      this.screen.take(thingOf(event));
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
  }
}

function speaks({ lines }: Seen, says: string): boolean {
  return lines.join('\n').includes(says);
}

function isReceipt({ lines }: Seen): boolean {
  return /^Receipt \S+ of .* is ready\.$/.test(lines[0] ?? '');
}
