import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabaseUri } from '../support/database.js';
import { type Running, run } from './process.js';

/** A place for the real process: a folder, a database and settings that outlive its restarts. */
export class Bot {
  readonly folder: string;
  readonly url: string;
  readonly mongodbUri: string;
  private readonly env: NodeJS.ProcessEnv;
  private running: Running | undefined;

  private constructor(folder: string, port: number, mongodbUri: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.url = `http://127.0.0.1:${port}`;
    this.mongodbUri = mongodbUri;
    this.env = env;
  }

  /** `slack`: the Slack that it talks to. */
  static async prepare(
    port: number,
    slack: { apiUrl: string; signingSecret: string; botToken: string },
    mongodbUri = freshDatabaseUri(),
  ): Promise<Bot> {
    return Bot.prepareWith(port, slackSettings(slack), mongodbUri);
  }

  /** `chats`: the settings of the chat platforms that it is connected to. */
  static async prepareWith(
    port: number,
    chats: Readonly<Record<string, string>>,
    mongodbUri = freshDatabaseUri(),
  ): Promise<Bot> {
    const folder = await mkdtemp(join(tmpdir(), 'bot-'));
    const env = {
      PORT: String(port),
      MONGODB_URI: mongodbUri,
      SUPPORT_CONTACT: 'support',
      ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      API_KEY_PEPPER: 'a pepper of thirty-two characters',
      ...chats,
    };
    return new Bot(folder, port, mongodbUri, env);
  }

  async start(preload?: string): Promise<void> {
    this.running = run('src/main.ts', { folder: this.folder, env: this.env, ...(preload && { preload }) });
    await this.running.said('"msg":"listening"');
  }

  async stop(): Promise<number | null | undefined> {
    const code = await this.running?.stop();
    this.running = undefined;
    return code;
  }

  /** Lines of its log so far. */
  log(): string {
    return this.running?.output() ?? '';
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function slackSettings(slack: { apiUrl: string; signingSecret: string; botToken: string }) {
  return {
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
  };
}
