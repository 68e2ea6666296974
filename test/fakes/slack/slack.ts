import { thingOf, word } from './json.js';
import { blocksOf, optionFaults } from './block-kit.js';
import { type Ack, deliver, form } from './deliver.js';
import { serve } from './server.js';
import { escapeTyped, stateOf } from './typing.js';
import { type FakeChannel, type Fault, type FakeUser, type Json, type Shown, World } from './world.js';
import { buttons } from './words.js';

export interface FakeSlackOptions {
  team?: string;
  enterprise?: string;
  signingSecret?: string;
  botToken?: string;
  users?: readonly FakeUser[];
  channels?: readonly FakeChannel[];
}

/** A Slack that keeps its documented rules. People act through it; what they can see, and the truth, can be read. */
export class FakeSlack {
  readonly world: World;
  readonly signingSecret: string;
  readonly botToken: string;
  readonly apiUrl: string;
  private readonly address: string;
  private readonly closing: () => Promise<void>;
  private target = '';

  private constructor(world: World, options: FakeSlackOptions, server: { address: string; close(): Promise<void> }) {
    this.world = world;
    this.signingSecret = options.signingSecret ?? 'fake-signing-secret';
    this.botToken = options.botToken ?? 'xoxb-fake';
    this.address = server.address;
    this.apiUrl = `${server.address}/api/`;
    this.closing = server.close;
  }

  static async start(options: FakeSlackOptions = {}): Promise<FakeSlack> {
    const { team = 'T02', enterprise, botToken = 'xoxb-fake' } = options;
    const world = new World({ team, bot: 'U0BOT', tokens: [botToken], ...(enterprise ? { enterprise } : {}) });
    for (const user of options.users ?? []) world.users.set(user.id, user);
    for (const channel of options.channels ?? []) world.channels.set(channel.id, { bot: true, ...channel });
    return new FakeSlack(world, options, await serve(world));
  }

  /** Where our side takes Slack's requests: `http://127.0.0.1:3000/slack/events`. */
  aim(url: string): void {
    this.target = url;
  }

  async stop(): Promise<void> {
    await this.closing();
  }

  /** `text` as typed: `@adam` and `#ops` are escaped as Slack does with should_escape. */
  async command(user: string, text: string, where: { channel?: string; command?: string } = {}): Promise<Ack> {
    const channel = where.channel ?? this.world.directOf(user);
    return this.send('application/x-www-form-urlencoded', form(this.commandFields(user, text, channel, where.command)));
  }

  /** The fields of a slash command, for tests that send it themselves. */
  commandFields(user: string, text: string, channel: string, command = '/workspace'): Record<string, string> {
    const { world } = this;
    return {
      command,
      text: escapeTyped(text, this.world),
      team_id: world.team,
      ...(world.enterprise ? { enterprise_id: world.enterprise } : {}),
      channel_id: channel,
      channel_name: world.channels.get(channel)?.name ?? 'directmessage',
      user_id: user,
      user_name: world.users.get(user)?.name ?? user,
      api_app_id: 'A0APP',
      is_enterprise_install: 'false',
      trigger_id: this.trigger(user),
      response_url: this.replyAddress(user, channel),
    };
  }

  /** `@Workspace text` in a channel. */
  async mention(
    user: string,
    channel: string,
    text: string,
    more: { thread?: string; event?: string; retry?: number } = {},
  ): Promise<Ack> {
    const thread = more.thread ? { thread_ts: more.thread } : {};
    const event = {
      type: 'app_mention',
      user,
      channel,
      text: `<@${this.world.bot}> ${escapeTyped(text, this.world)}`,
      ts: this.world.ts(),
      ...thread,
    };
    return this.event(event, more);
  }

  /** Typed to the bot in its direct message. */
  async direct(user: string, text: string): Promise<Ack> {
    const channel = this.world.directOf(user);
    return this.event({
      type: 'message',
      channel_type: 'im',
      user,
      channel,
      text: escapeTyped(text, this.world),
      ts: this.world.ts(),
    });
  }

  /** Sends the bot a file in its direct message, with these words beside it. */
  async sendFile(
    user: string,
    file: { name: string; content: string; size?: number; elsewhere?: string },
    text = '',
  ): Promise<Ack> {
    const id = this.world.id('F');
    const content = new TextEncoder().encode(file.content);
    this.world.files.set(id, { ...file, id, content });
    const channel = this.world.directOf(user);
    return this.event({
      ...{ type: 'message', subtype: 'file_share', channel_type: 'im', user, channel, ts: this.world.ts() },
      text: escapeTyped(text, this.world),
      files: [{ id, name: file.name, mimetype: 'text/csv', file_access: 'visible' }],
    });
  }

  async openHome(user: string): Promise<Ack> {
    return this.event({ type: 'app_home_opened', user, tab: 'home', channel: this.world.directOf(user) });
  }

  /** Any event, in its envelope. A repeat carries the same id and Slack's retry headers. */
  async event(event: { [key: string]: Json }, more: { event?: string; retry?: number } = {}): Promise<Ack> {
    const { world } = this;
    const envelope = {
      type: 'event_callback',
      team_id: world.team,
      enterprise_id: world.enterprise ?? null,
      api_app_id: 'A0APP',
      event_id: more.event ?? world.id('Ev'),
      event_time: Math.floor(world.now() / 1_000),
      authorizations: [
        {
          team_id: world.team,
          enterprise_id: world.enterprise ?? null,
          user_id: world.bot,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      event,
    };
    const headers = more.retry
      ? { 'x-slack-retry-num': String(more.retry), 'x-slack-retry-reason': 'http_timeout' }
      : {};
    return this.send('application/json', JSON.stringify(envelope), headers);
  }

  /** Presses the button with this label on something that the person sees. */
  async click(user: string, on: Shown, label: string, as: { team?: string } = {}): Promise<Ack> {
    const button = buttons(on).find((one) => one.label === label);
    if (!button)
      throw new Error(
        `no button "${label}" on it, but ${buttons(on)
          .map((one) => `"${one.label}"`)
          .join(', ')}`,
      );
    const inView = on.kind === 'modal' || on.kind === 'home';
    const place = inView
      ? { view: { ...on.view, id: on.ts, type: on.kind } }
      : {
          channel: { id: on.channel, name: this.world.channels.get(on.channel)?.name ?? 'directmessage' },
          response_url: this.replyAddress(user, on.channel, on),
          ...(on.kind === 'ephemeral' ? {} : { message: { ts: on.ts } }),
        };
    return this.interact({
      type: 'block_actions',
      ...this.actor(user, as.team),
      container: { type: inView ? 'view' : 'message', is_ephemeral: on.kind === 'ephemeral' },
      ...place,
      actions: [
        {
          type: 'button',
          block_id: 'b',
          action_id: button.action_id,
          action_ts: this.world.ts(),
          ...(button.value ? { value: button.value } : {}),
        },
      ],
    });
  }

  /** Sends the person's open modal with these values; people by their user id. What is answered happens to the modal. */
  /** Types into a picker that searches, of the modal that stands open; what Slack would list. */
  async suggest(user: string, field: string, typed = ''): Promise<{ label: string; value: string }[]> {
    const modal = this.modalOf(user);
    const block = modal?.blocks.find((one) => one['block_id'] === field);
    if (thingOf(block?.['element'])['type'] !== 'external_select') throw new Error(`no picker ${field} that searches`);
    const ack = await this.interact({
      type: 'block_suggestion',
      ...this.actor(user),
      ...{ action_id: thingOf(block?.['element'])['action_id']!, block_id: field, value: typed },
      view: { ...modal!.view, id: modal!.ts, type: 'modal', app_installed_team_id: this.world.team },
    });
    const options = thingOf(ack.body)['options'];
    if (!Array.isArray(options) || options.length > 100) throw new Error('no options, or more than 100');
    return options.map((option) => {
      const faults = optionFaults(option);
      if (faults.length > 0) throw new Error(faults.join(', '));
      const { text, value } = thingOf(option);
      return { label: word(thingOf(text)['text']), value: word(value) };
    });
  }

  async submit(user: string, values: Record<string, string>): Promise<Ack> {
    const modal = this.modalOf(user);
    if (!modal) throw new Error(`${user} has no modal open`);
    const state = { values: stateOf(modal, values) };
    const ack = await this.interact({
      type: 'view_submission',
      ...this.actor(user),
      view: {
        ...modal.view,
        id: modal.ts,
        type: 'modal',
        hash: this.world.id('h'),
        app_installed_team_id: this.world.team,
        state,
      },
    });
    const answer = thingOf(ack.body);
    if (answer['response_action'] === 'update') {
      const view = thingOf(answer['view']);
      this.world.edit(modal, { view, blocks: blocksOf(view['blocks']) });
    } else if (answer['response_action'] !== 'errors') this.world.remove(modal);
    return ack;
  }

  async shortcut(user: string, where: { channel?: string; thread?: string; name?: string } = {}): Promise<Ack> {
    const { channel, thread, name = 'workspaces' } = where;
    const message = channel
      ? {
          channel: { id: channel },
          message: { ts: this.world.ts(), ...(thread ? { thread_ts: thread } : {}) },
          response_url: this.replyAddress(user, channel),
        }
      : {};
    return this.interact({
      type: channel ? 'message_action' : 'shortcut',
      callback_id: name,
      ...this.actor(user),
      ...message,
    });
  }

  closeModal(user: string): void {
    const modal = this.modalOf(user);
    if (modal) this.world.remove(modal);
  }

  /** The next unseen thing that this person alone sees; waits for it. */
  async privateTo(user: string): Promise<Shown> {
    return this.next((shown) => shown.to === user, `private message to ${user}`);
  }

  /** The next unseen message, new or edited, that a channel sees; waits for it. */
  async inChannel(channel: string): Promise<Shown> {
    return this.next((shown) => shown.kind === 'message' && shown.channel === channel, `message in ${channel}`);
  }

  modalOf(user: string): Shown | undefined {
    return this.world.shown.find((shown) => shown.kind === 'modal' && shown.to === user);
  }

  /** The next calls of a method go wrong. */
  fail(method: string, fault: Fault, times = 1): void {
    this.world.faults.push({ method, fault, times });
  }

  /** Moves Slack's clock on: triggers and reply addresses age. */
  later(ms: number): void {
    this.world.ahead += ms;
  }

  async send(
    type: 'application/json' | 'application/x-www-form-urlencoded',
    body: string,
    headers: Record<string, string> = {},
  ): Promise<Ack> {
    return deliver({ url: this.target, secret: this.signingSecret, body, type, headers });
  }

  private async interact(payload: { [key: string]: Json }): Promise<Ack> {
    return this.send('application/x-www-form-urlencoded', form({ payload: JSON.stringify(payload) }));
  }

  private async next(wanted: (shown: Shown) => boolean, what: string): Promise<Shown> {
    const found = await this.world.until(() => this.world.shown.find((shown) => !shown.seen && wanted(shown)), what);
    found.seen = true;
    return found;
  }

  private actor(user: string, team = this.world.users.get(user)?.team ?? this.world.team): { [key: string]: Json } {
    const { enterprise } = this.world;
    return {
      api_app_id: 'A0APP',
      team: { id: this.world.team, domain: 'acme', ...(enterprise ? { enterprise_id: enterprise } : {}) },
      enterprise: enterprise ? { id: enterprise } : null,
      user: { id: user, name: user.toLowerCase(), team_id: team },
      is_enterprise_install: false,
      trigger_id: this.trigger(user),
    };
  }

  /** A fresh chance to open one form. */
  trigger(user: string): string {
    const id = this.world.id('trigger.');
    this.world.triggers.set(id, { user, at: this.world.now(), used: false });
    return id;
  }

  /** A reply address, as an interaction brings one; `original` is what was clicked. */
  replyAddress(user: string, channel: string, original?: Shown): string {
    const id = this.world.id('r');
    this.world.replies.set(id, { user, channel, at: this.world.now(), uses: 0, ...(original ? { original } : {}) });
    return `${this.address}/reply/${id}`;
  }
}
