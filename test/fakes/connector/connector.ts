import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type GenerateKeyPairResult, SignJWT } from 'jose';
import { serve } from './server.js';
import { type Fault, type FakeConversation, type FakeElement, type FakeUser, type Shown, World } from './world.js';

export interface FakeConnectorOptions {
  tenant?: string;
  users?: readonly FakeUser[];
  conversations?: readonly Omit<FakeConversation, 'bot'>[];
  /** Unsigned, as the Playground: no tokens either way. */
  unsigned?: boolean;
}

/** What a request to the bot was answered with. */
export interface Answered {
  status: number;
  text: string;
  json?: {
    statusCode?: number;
    type?: string;
    value?: unknown;
    task?: { type: string; value: unknown };
    composeExtension?: unknown;
  };
}

type Sent = Record<string, unknown>;

const ISSUER = 'https://api.botframework.com';

/** A Teams that keeps its documented rules. People act through it; what they can see, and the truth, can be read. */
export class FakeConnector {
  readonly appId = '00000000-0000-4000-8000-00000000b077';
  readonly botToken = 'token-of-the-bot';
  readonly issuer = ISSUER;
  readonly world: World;
  readonly serviceUrl: string;
  private readonly keys: GenerateKeyPairResult;
  private readonly closing: () => Promise<void>;
  private readonly unsigned: boolean;
  private target = '';

  private constructor(
    world: World,
    keys: GenerateKeyPairResult,
    server: { address: string; close(): Promise<void> },
    unsigned: boolean,
  ) {
    this.world = world;
    this.keys = keys;
    this.serviceUrl = `${server.address}/`;
    this.closing = server.close;
    this.unsigned = unsigned;
  }

  static async start(options: FakeConnectorOptions = {}): Promise<FakeConnector> {
    const world = new World(options.tenant ?? randomUUID(), '28:bot-workspace');
    for (const user of options.users ?? []) world.users.set(user.user, user);
    for (const conversation of options.conversations ?? [])
      world.conversations.set(conversation.id, { ...conversation, bot: true });
    const keys = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', use: 'sig', endorsements: ['msteams'] };
    const unsigned = options.unsigned ?? false;
    const server = await serve(world, unsigned ? undefined : 'token-of-the-bot', { keys: [jwk] });
    return new FakeConnector(world, keys, server, unsigned);
  }

  /** Where our side takes activities: `http://127.0.0.1:3000/api/messages`. */
  aim(url: string): void {
    this.target = url;
  }

  stop(): Promise<void> {
    return this.closing();
  }

  get openIdUrl(): string {
    return `${this.serviceUrl}openid`;
  }

  /** The next request that matches `POST /v3/…` fails so. */
  fail(match: RegExp, fault: Fault): void {
    this.world.faults.push({ match, fault });
  }

  /** Typed to the bot: in a channel or group it is mentioned first; `@Mia` in the text mentions that user. */
  async say(user: string, text: string, where: { conversation?: string; id?: string } = {}): Promise<Answered> {
    const conversation = where.conversation ?? this.world.directOf(user).id;
    return this.send(this.message(user, text, conversation, where.id));
  }

  /** Sends the bot a file with these words beside it; Teams keeps it at a pre-authorised address. */
  async sendFile(
    user: string,
    file: { name: string; content: string; address?: string },
    where: { conversation?: string; text?: string } = {},
  ): Promise<Answered> {
    const id = randomUUID();
    this.world.files.set(id, new TextEncoder().encode(file.content));
    const conversation = where.conversation ?? this.world.directOf(user).id;
    const downloadUrl = file.address ?? `${this.serviceUrl}files/${id}`;
    return this.send({
      ...this.message(user, where.text ?? '', conversation),
      attachments: [
        { contentType: 'text/html', content: '<p></p>' },
        {
          contentType: 'application/vnd.microsoft.teams.file.download.info',
          name: file.name,
          contentUrl: `https://acme-my.sharepoint.com/personal/${user}/Documents/${file.name}`,
          content: { downloadUrl, uniqueId: id, fileType: 'csv' },
        },
      ],
    });
  }

  /** The activity of a message, for tests that send it themselves. */
  message(user: string, text: string, conversation: string, id: string = randomUUID()): Sent {
    const kind = this.world.conversation(conversation)?.kind;
    const entities: Sent[] = [];
    const mention = (teamsId: string, name: string): string => {
      const tag = `<at>${name}</at>`;
      entities.push({ type: 'mention', text: tag, mentioned: { id: teamsId, name } });
      return tag;
    };
    const addressed = kind === 'direct' ? '' : `${mention(this.world.botId, 'Workspace')}&nbsp;`;
    const named = text.replaceAll(/@(\w+)/g, (typed, name: string) => {
      const person = [...this.world.users.values()].find((each) => each.name.split(' ')[0] === name);
      return person ? mention(this.world.teamsId(person.user), person.name) : typed;
    });
    return {
      ...this.envelope('message', user, conversation, id),
      text: `${addressed}${named}`,
      textFormat: 'plain',
      entities,
    };
  }

  /** Presses the button of that title on the latest card that the person sees there and that has it. */
  async click(
    user: string,
    title: string,
    where: { conversation?: string; message?: string; id?: string } = {},
  ): Promise<Answered> {
    const { shown, action } = this.findAction(user, title, where);
    return this.send({
      ...this.envelope('invoke', user, shown.conversation, where.id),
      name: 'adaptiveCard/action',
      replyToId: shown.id,
      value: {
        action: { type: 'Action.Execute', title, verb: action['verb'], data: action['data'] },
        trigger: 'manual',
      },
    });
  }

  /** Fills the fields of the latest form by name, and presses its button. */
  async submit(user: string, title: string, fields: Readonly<Record<string, string>>): Promise<Answered> {
    const { shown, action } = this.findAction(user, title, {});
    const typed = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`field:${name}`, value]));
    return this.send({
      ...this.envelope('invoke', user, shown.conversation),
      name: 'adaptiveCard/action',
      replyToId: shown.id,
      value: {
        action: {
          type: 'Action.Execute',
          verb: action['verb'],
          data: { ...initials(shown), ...typed, ...(action['data'] as Sent) },
        },
      },
    });
  }

  /** Opens the dialog behind the button. */
  async openDialog(user: string, title: string, conversation: string): Promise<Answered> {
    const { shown, action } = this.findAction(user, title, { conversation });
    return this.send({
      ...this.envelope('invoke', user, shown.conversation),
      name: 'task/fetch',
      replyToId: shown.id,
      value: { data: action['data'], context: { theme: 'default' } },
    });
  }

  /** Submits the dialog that `opened` shows. */
  async submitDialog(
    user: string,
    opened: Answered,
    fields: Readonly<Record<string, string>>,
    conversation: string,
  ): Promise<Answered> {
    const shown = opened.json?.task?.value as { card: { content: { body: FakeElement[] } } } | undefined;
    const action = actionsOf(shown?.card.content.body ?? []).find((each) => each.type === 'Action.Submit');
    const typed = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`field:${name}`, value]));
    return this.send({
      ...this.envelope('invoke', user, conversation),
      name: 'task/submit',
      value: { data: { ...typed, ...(action?.['data'] as Sent) } },
    });
  }

  /** Types into the message extension's search box; with nothing typed, opens it. */
  async search(user: string, typed = '', where: { conversation?: string; skip?: number } = {}): Promise<Answered> {
    const parameter = typed ? { name: 'name', value: typed } : { name: 'initialRun', value: 'true' };
    return this.send({
      ...this.envelope('invoke', user, where.conversation ?? this.world.directOf(user).id),
      name: 'composeExtension/query',
      value: {
        commandId: 'workspaces',
        parameters: [parameter],
        queryOptions: { skip: where.skip ?? 0, count: 25 },
      },
    });
  }

  /** Types into a picker that searches, as its form's card names the data set. */
  async choices(user: string, dataset: string, typed = ''): Promise<Answered> {
    return this.send({
      ...this.envelope('invoke', user, this.world.directOf(user).id),
      name: 'application/search',
      value: { kind: 'search', queryText: typed, queryOptions: { skip: 0, top: 15 }, dataset },
    });
  }

  /** The app is added or removed, by this person. */
  async install(user: string, conversation: string, action: 'add' | 'remove' = 'add'): Promise<Answered> {
    return this.send({ ...this.envelope('installationUpdate', user, conversation), action });
  }

  /** Posts an activity to the bot, with a token as Teams signs them, or the one given. */
  async send(activity: Sent, token?: string): Promise<Answered> {
    const authorization =
      token ?? (this.unsigned ? undefined : await this.token({ serviceurl: String(activity['serviceUrl']) }));
    const response = await fetch(this.target, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization ? { authorization: `Bearer ${authorization}` } : {}),
      },
      body: JSON.stringify(activity),
    });
    const text = await response.text();
    return { status: response.status, text, ...(text.startsWith('{') ? { json: JSON.parse(text) } : {}) };
  }

  /** A token of the channel, genuine but for what is given. */
  async token(claims: Sent = {}, key?: GenerateKeyPairResult['privateKey']): Promise<string> {
    const { iss = ISSUER, aud = this.appId, ...rest } = claims;
    return new SignJWT({ serviceurl: this.serviceUrl, ...rest })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'JWT' })
      .setIssuer(String(iss))
      .setAudience(String(aud))
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(key ?? this.keys.privateKey);
  }

  /** What the person sees in a conversation: their personal chat, or one named. */
  seen(user: string, conversation?: string): Shown[] {
    const where = conversation ?? this.world.directOf(user).id;
    return this.world.messages.filter(
      (shown) => shown.conversation.replace(/;messageid=.*$/, '') === where || shown.conversation === where,
    );
  }

  envelope(type: string, user: string, conversation: string, id: string = randomUUID()): Sent {
    const known = this.world.conversation(conversation);
    const kind = known?.kind ?? 'direct';
    const person = this.world.users.get(user);
    return {
      type,
      id,
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: this.serviceUrl,
      from: { id: this.world.teamsId(user), name: person?.name ?? user, aadObjectId: user },
      recipient: { id: this.world.botId, name: 'Workspace' },
      conversation: {
        id: conversation,
        conversationType: { channel: 'channel', group: 'groupChat', direct: 'personal' }[kind],
        tenantId: this.world.tenant,
        isGroup: kind !== 'direct',
        ...(known?.name ? { name: known.name } : {}),
      },
      channelData: {
        tenant: { id: this.world.tenant },
        ...(known?.team ? { team: { id: known.team }, channel: { id: known.id, name: known.name } } : {}),
      },
    };
  }

  private findAction(
    user: string,
    title: string,
    where: { conversation?: string; message?: string },
  ): { shown: Shown; action: FakeElement } {
    const seen = this.seen(user, where.conversation).filter(
      (shown) => where.message === undefined || shown.id === where.message,
    );
    for (const shown of seen.reverse()) {
      const action = actionsOf(shown.card?.body ?? []).find((each) => each['title'] === title);
      if (action) return { shown, action };
    }
    throw new Error(`no button “${title}” among ${seen.length} messages`);
  }
}

/** The inputs' values as the card sets them. */
function initials(shown: Shown): Sent {
  const inputs = (shown.card?.body ?? []).filter((element) => element.type.startsWith('Input.'));
  return Object.fromEntries(
    inputs.flatMap((input) => (input['value'] === undefined ? [] : [[input['id'], input['value']]])),
  );
}

/** In reading order, also those in columns. */
export function actionsOf(elements: readonly FakeElement[]): FakeElement[] {
  const listed = (of: unknown): readonly FakeElement[] => (Array.isArray(of) ? of : []);
  return elements.flatMap((element) => [
    ...listed(element['actions']),
    ...actionsOf([...listed(element['items']), ...listed(element['columns'])]),
  ]);
}
