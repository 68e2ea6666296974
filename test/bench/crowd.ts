import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';

export const SIGNING_SECRET = 'bench-signing-secret';
export const BOT_TOKEN = 'xoxb-bench';

/** What one command took until Slack had its acknowledgement, and until the answer stood before the person. */
export interface Took {
  ackMs: number;
  answerMs: number;
}

interface Ack {
  status: number;
  body: string;
  ms: number;
}

/**
 * People on a Slack that does nothing but carry: it signs what they type, and sees the answers and forms arrive. It checks nothing, so that its own work hardly counts.
 */
export class Crowd {
  readonly apiUrl: string;
  private readonly address: string;
  private readonly server: Server;
  private readonly agent = new Agent({ keepAlive: true });
  private readonly waiting = new Map<string, (body: string) => void>();
  private count = 0;

  private constructor(server: Server, port: number) {
    this.server = server;
    this.address = `http://127.0.0.1:${port}`;
    this.apiUrl = `${this.address}/api/`;
    server.on('request', (received, response) => {
      const chunks: Buffer[] = [];
      received.on('data', (chunk: Buffer) => chunks.push(chunk));
      received.on('end', () => {
        this.arrived(received.url ?? '', Buffer.concat(chunks).toString());
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
      });
    });
  }

  static async gather(): Promise<Crowd> {
    const server = createServer();
    server.keepAliveTimeout = 65_000;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('no port');
    return new Crowd(server, address.port);
  }

  /** One person types a command; resolves when the answer is there, or the form. Rejects where either is not what it must be. */
  async asks(url: string, user: string, text: string, expected: RegExp): Promise<Took> {
    const started = performance.now();
    const { path, fields } = this.command(user, text);
    const answered = new Promise<Took['answerMs']>((resolve, reject) => {
      this.waiting.set(path, (body) => {
        if (expected.test(body)) resolve(performance.now() - started);
        else reject(new Error(`${user} got ${body}`));
      });
    });
    const [ack, answerMs] = await Promise.all([this.post(url, fields), answered]);
    if (ack.status !== 200) throw new Error(`acknowledged with ${ack.status}: ${ack.body}`);
    return { ackMs: ack.ms, answerMs };
  }

  /** As asks, for who does not wait for the answer. */
  async acknowledged(url: string, user: string, text: string): Promise<number> {
    const ack = await this.post(url, this.command(user, text).fields);
    if (ack.status !== 200) throw new Error(`acknowledged with ${ack.status}: ${ack.body}`);
    return ack.ms;
  }

  /** An answer comes to its reply address; a form is opened by the trigger of what was typed. */
  private arrived(path: string, body: string): void {
    const fields = path.endsWith('/views.open') ? new URLSearchParams(body) : undefined;
    const to = fields ? `/reply/${fields.get('trigger_id')?.replace('bench.', '')}` : path;
    this.waiting.get(to)?.(fields?.get('view') ?? body);
    this.waiting.delete(to);
  }

  async disperse(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private command(user: string, text: string): { path: string; fields: string } {
    this.count += 1;
    const path = `/reply/${this.count}`;
    const fields = new URLSearchParams({
      command: '/workspace',
      text,
      team_id: TEAM,
      channel_id: CHANNEL,
      channel_name: 'marketing',
      user_id: user,
      user_name: user.toLowerCase(),
      api_app_id: 'A0BENCH',
      is_enterprise_install: 'false',
      trigger_id: `bench.${this.count}`,
      response_url: `${this.address}${path}`,
    });
    return { path, fields: fields.toString() };
  }

  private post(url: string, body: string): Promise<Ack> {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = `v0=${createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex')}`;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
    };
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const sent = request(`${url}/slack/events`, { method: 'POST', agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString(),
            ms: performance.now() - started,
          }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

export const TEAM = 'T0BENCH';
export const CHANNEL = 'C0BENCH';
