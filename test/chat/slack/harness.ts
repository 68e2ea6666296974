import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach } from '@jest/globals';
import express from 'express';
import { createEncryption } from '../../../src/encryption.js';
import type { Answer, Dispatch, Invocation } from '../../../src/chat/invocation.js';
import { createSlackEdge, type SlackEdge, type SlackEdgeOptions } from '../../../src/chat/slack/edge.js';
import { FakeSlack, type FakeSlackOptions } from '../../fakes/slack/slack.js';

/** Our Slack edge on a real port, in front of a fake Slack and a dispatch of the test's own. */
export class Bench {
  readonly slack: FakeSlack;
  readonly edge: SlackEdge;
  readonly invocations: Invocation[] = [];
  readonly logged: { level: string; fields: unknown; message: string }[] = [];
  readonly url: string;
  /** What the test's command does; by default it says what it was asked. */
  answer: Dispatch = async () => say('Hello.');
  private readonly server: Server;

  private constructor(slack: FakeSlack, server: Server, port: number, options: Partial<SlackEdgeOptions>) {
    this.slack = slack;
    this.server = server;
    this.url = `http://127.0.0.1:${port}`;
    const app = express();
    this.edge = createSlackEdge({
      app,
      settings: {
        signingSecret: slack.signingSecret,
        install: { kind: 'token', botToken: slack.botToken },
        apiUrl: slack.apiUrl,
      },
      publicUrl: this.url,
      encryption: createEncryption([{ id: 'k1', key: Buffer.alloc(32, 7) }]),
      dispatch: async (invocation) => {
        this.invocations.push(invocation);
        return this.answer(invocation);
      },
      log: this.log(),
      ...options,
    });
    server.on('request', app);
    slack.aim(`${this.url}/slack/events`);
  }

  static async start(
    options: FakeSlackOptions = {},
    edge: (slack: FakeSlack) => Partial<SlackEdgeOptions> = () => ({}),
  ): Promise<Bench> {
    const slack = await FakeSlack.start({ users: PEOPLE, channels: CHANNELS, ...options });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('no port');
    return new Bench(slack, server, address.port, edge(slack));
  }

  async stop(): Promise<void> {
    await this.edge.stop();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.slack.stop();
  }

  private log(): SlackEdgeOptions['log'] {
    const at = (level: string) => (fields: unknown, message?: string) => {
      this.logged.push({ level, fields, message: message ?? String(fields) });
    };
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  }
}

const PEOPLE = [
  { id: 'U0OLIVIA', name: 'Olivia', email: 'olivia@acme.test' },
  { id: 'U0ADAM', name: 'Adam', email: 'adam@acme.test' },
  { id: 'U0GUEST', name: 'Gus', guest: true },
  { id: 'U0OUT', name: 'Oscar', team: 'T0OTHER', stranger: true },
];

const CHANNELS = [
  { id: 'C0MARK', name: 'marketing' },
  { id: 'C0AWAY', name: 'away', bot: false },
];

/** A bench for each test of a file. */
export function useBench(
  options: FakeSlackOptions = {},
  edge?: (slack: FakeSlack) => Partial<SlackEdgeOptions>,
): { current: Bench } {
  const holder: { bench?: Bench } = {};
  beforeEach(async () => {
    holder.bench = await Bench.start(options, edge);
  });
  afterEach(async () => {
    await holder.bench?.stop();
  });
  return {
    get current() {
      if (!holder.bench) throw new Error('no bench yet');
      return holder.bench;
    },
  };
}

/** The shortest private answer. */
export function say(text: string, more: Partial<Extract<Answer, { kind: 'private' }>> = {}): Answer {
  return { kind: 'private', card: { name: 'said', parts: [{ part: 'text', text: [text] }] }, ...more };
}
