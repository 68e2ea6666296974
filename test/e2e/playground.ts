import { mkdtemp, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Child } from '../../src/local/child.js';
import { DEMO_PEOPLE, demoPerson, TEAMS_TENANT } from '../../src/local/demo-people.js';
import { playgroundProgram, startPlayground } from '../../src/local/playground.js';
import { isThing, type Thing, thingOf, word } from '../fakes/slack/json.js';
import type { Json } from '../fakes/slack/world.js';
import { freePort } from './product.js';
import type { TeamsButton, TeamsSeen } from './teams-card.js';
import { type Name, TeamsClient, type Where, withMentions } from './teams-client.js';

const BOT = '0a000000-0000-4000-8000-0000000000b0';
const CHANNEL = 'channel-marketing-id';
const ADAMS_CHAT = 'personal-chat-id';

/**
 * The real Agents Playground. Adam, its current user, acts over the interface that its page uses; the others by
 * custom activities. What the bot sends is read from its log, as it shows nobody else's personal chats.
 */
export class Playground extends TeamsClient {
  readonly tenant = TEAMS_TENANT;
  readonly channel = CHANNEL;
  readonly address: string;
  private readonly child: Child;
  private readonly folder: string;
  private log: WebSocket | undefined;
  private readonly chats = new Map<string, Name>([[ADAMS_CHAT, 'Adam']]);
  private thread = '';

  private constructor(port: number, child: Child, folder: string) {
    super();
    this.address = `http://127.0.0.1:${port}`;
    this.child = child;
    this.folder = folder;
  }

  /** `messages`: where our side takes activities. */
  static async start(messages: string): Promise<Playground> {
    const program = playgroundProgram();
    if (!program) throw new Error('the Agents Playground is not installed');
    const folder = await mkdtemp(join(tmpdir(), 'playground-'));
    const { port, child } = await startPlayground({ program, port: await freePort(), folder, endpoint: messages });
    const playground = new Playground(port, child, folder);
    await playground.watch();
    for (const { name } of DEMO_PEOPLE) if (name !== 'Adam') await playground.openChat(name);
    playground.thread = await playground.startThread();
    return playground;
  }

  async type(name: Name, text: string, where: Where = 'personal'): Promise<void> {
    const { text: typed, mentions } = withMentions(text, (mentioned) => userId(mentioned));
    const addressed =
      where === 'personal' ? [] : [{ mentioned: { id: BOT, name: 'Workspace' }, text: '<at>Workspace</at>' }];
    const said = {
      text: [...addressed.map((each) => each.text), typed].join(' '),
      mentions: [...addressed, ...mentions],
    };
    if (name === 'Adam') {
      const conversation = where === 'personal' ? ADAMS_CHAT : this.thread;
      await this.call(`/_conversation/v1/conversations/${conversation}/messages`, {
        from: { id: userId('Adam') },
        textFormat: 'plain',
        ...said,
      });
      return;
    }
    const entities = said.mentions.map((mention) => ({ type: 'mention', ...mention }));
    await this.act({ ...this.envelope(name, where), type: 'message', text: said.text, textFormat: 'plain', entities });
  }

  async press(
    name: Name,
    on: TeamsSeen,
    { action }: TeamsButton,
    fields: Readonly<Record<string, string>>,
  ): Promise<void> {
    const data = { ...fields, ...thingOf(action['data']) };
    const value = {
      action: { type: 'Action.Execute', title: action['title'], verb: action['verb'], data },
      trigger: 'manual',
    };
    const pressed = { name: 'adaptiveCard/action', value, replyToId: on.id };
    if (name === 'Adam') {
      await this.call('/_conversation/v1/invoke', {
        ...pressed,
        conversation: { id: on.conversation },
        from: { id: userId('Adam') },
      });
      return;
    }
    const where = on.conversation === this.chatOf(name) ? 'personal' : { channel: CHANNEL };
    const envelope = this.envelope(name, where);
    await this.act({
      ...envelope,
      type: 'invoke',
      ...pressed,
      conversation: { ...envelope.conversation, id: on.conversation },
    });
  }

  async install(): Promise<void> {
    const template = await fetch(
      `${this.address}/_internal/v1/customActivities/template?conversationId=${CHANNEL}&type=install`,
    );
    const activity: Json = JSON.parse(await template.text());
    await this.act(thingOf(activity));
  }

  async stop(): Promise<void> {
    this.log?.close();
    await this.child.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  protected readerOf(conversation: string): Name | undefined {
    return this.chats.get(conversation);
  }

  private envelope(name: Name, where: Where) {
    const kind = where === 'personal' ? 'personal' : 'channel';
    const id = where === 'personal' ? this.chatOf(name) : this.thread;
    return {
      id: randomUUID(),
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: `${this.address}/_connector`,
      from: { id: userId(name), name, aadObjectId: demoPerson(name).aad },
      recipient: { id: BOT, name: 'Workspace' },
      conversation: { id, conversationType: kind, isGroup: kind === 'channel', tenantId: TEAMS_TENANT },
      channelData: {
        tenant: { id: TEAMS_TENANT },
        ...(kind === 'channel' && {
          team: { id: 'team-id', name: 'Acme' },
          channel: { id: CHANNEL, name: 'marketing' },
        }),
      },
    };
  }

  private act(activity: object): Promise<Json> {
    return this.call('/_internal/v1/customActivities', activity);
  }

  private chatOf(name: Name): string {
    return [...this.chats].find(([, reader]) => reader === name)![0];
  }

  private async openChat(name: Name): Promise<void> {
    await this.call('/_connector/v3/conversations', {
      isGroup: false,
      bot: { id: BOT, name: '' },
      members: [{ id: userId(name), name: '' }],
      tenantId: TEAMS_TENANT,
      channelData: { tenant: { id: TEAMS_TENANT } },
    });
  }

  /** A thread in the channel that people write in; without a mention the bot hears nothing of it. */
  private async startThread(): Promise<string> {
    const from = { id: userId('Adam') };
    const posted = await this.call(`/_conversation/v1/conversations/${CHANNEL}/messages`, {
      from,
      text: 'Good morning',
      textFormat: 'plain',
    });
    return word(thingOf(posted)['postConversationId']);
  }

  private async call(path: string, body: object): Promise<Json> {
    const response = await fetch(`${this.address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`the Playground's ${path} answered ${response.status}: ${text}`);
    const answer: Json = text.startsWith('{') ? JSON.parse(text) : null;
    return answer;
  }

  private async watch(): Promise<void> {
    const log = new WebSocket(`${this.address.replace('http', 'ws')}/_ws/log/stream`);
    this.log = log;
    log.on('message', (data: Buffer) => {
      const event: Json = JSON.parse(data.toString());
      this.read(thingOf(thingOf(event)['log']));
    });
    await new Promise<void>((resolve, reject) => {
      log.once('open', () => resolve());
      log.once('error', reject);
    });
  }

  /** One line of the log: what the bot asked of the connector, and what it answered. */
  private read(line: Thing): void {
    if (line['type'] !== 'bot' || !isThing(line['request'])) return;
    const body = thingOf(line['request']['body']);
    const answer = thingOf(thingOf(line['response'])['body']);
    if (line['activityName'] === 'createConversation') this.learnChat(body, answer);
    const activity = isThing(body['activity']) ? body['activity'] : body;
    const [attachment] = Array.isArray(activity['attachments']) ? activity['attachments'] : [];
    if (!isThing(attachment)) return;
    const conversation = word(line['conversationId'] ?? answer['id']);
    const id = word(answer['activityId'] ?? line['messageId']);
    this.take({ conversation, id, card: attachment['content'] ?? null });
  }

  private learnChat(request: Thing, answer: Thing): void {
    const [member] = Array.isArray(request['members']) ? request['members'] : [];
    const name = DEMO_PEOPLE.find((person) => userId(person.name) === thingOf(member)['id'])?.name;
    if (name) this.chats.set(word(answer['id']), name);
  }
}

function userId(name: Name): string {
  return `user-${name.toLowerCase()}`;
}
