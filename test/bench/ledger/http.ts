import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { verifyLedger } from '../../../src/ledger/verify.js';
import { percentile, rounded } from '../figures.js';

/** Events in a call, and calls under way at once: as many as it takes to keep the server busy. */
const BATCHES = [
  { events: 1, inFlight: 64 },
  { events: 100, inFlight: 16 },
  { events: 1_000, inFlight: 6 },
] as const;
const WALLETS = 8;

export interface HttpFigures {
  eventsPerSecond: number;
  /** Of a call, in milliseconds. */
  p50: number;
  p99: number;
}

interface Api {
  port: number;
  keys: readonly string[];
  stop: () => Promise<void>;
}

/**
 * Events a second through `POST /v1/usage/events` over real HTTP, by the events in a call: a server in a process of its
 * own, this one is the client. `uri` names a database that is empty; its ledger is verified at the end.
 */
export async function benchHttp(uri: string, { ms }: { ms: number }): Promise<Record<string, HttpFigures>> {
  const api = await startApi(uri);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  try {
    const figures: Record<string, HttpFigures> = {};
    for (const batch of BATCHES) {
      await callFor(ms / 5, api, agent, batch);
      const measured = await callFor(ms, api, agent, batch);
      figures[`batches of ${batch.events.toLocaleString('en-GB')}`] = measured;
      console.log(`HTTP, ${batch.events} a call: ${Math.round(measured.eventsPerSecond)}/s, p99 ${measured.p99} ms`);
    }
    return figures;
  } finally {
    agent.destroy();
    await api.stop();
    await assertSound(uri);
  }
}

async function startApi(uri: string): Promise<Api> {
  const script = fileURLToPath(new URL('http-server.js', import.meta.url));
  const child = spawn(process.execPath, [script, uri, String(WALLETS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, 'line'),
    exited.then(([code]): never => {
      throw new Error(`the server of the bench ended with ${String(code)}`);
    }),
  ]);
  const stop = async () => {
    child.kill();
    await exited;
  };
  return { ...JSON.parse(line), stop };
}

/** Calls one after the other on each connection, until the time is up. */
async function callFor(
  ms: number,
  api: Api,
  agent: Agent,
  batch: { events: number; inFlight: number },
): Promise<HttpFigures> {
  const took: number[] = [];
  const run = Date.now().toString(16).padStart(12, '0');
  let calls = 0;
  const began = performance.now();
  const work = async (): Promise<void> => {
    while (performance.now() - began < ms) {
      const call = calls++;
      // Ids that grow with time, as the documents recommend.
      const ids = Array.from({ length: batch.events }, (_, i) => `${run}-${call.toString(16).padStart(8, '0')}-${i}`);
      const start = performance.now();
      await send(api, agent, api.keys[call % api.keys.length]!, ids);
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: batch.inFlight }, work));
  return {
    eventsPerSecond: Math.round((took.length * batch.events * 1_000) / (performance.now() - began)),
    p50: rounded(percentile(took, 0.5)),
    p99: rounded(percentile(took, 0.99)),
  };
}

async function send({ port }: Api, agent: Agent, key: string, ids: readonly string[]): Promise<void> {
  const body = JSON.stringify({ events: ids.map((id) => ({ id, item: 'sms', quantity: 1 })) });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const asked = request({ port, agent, method: 'POST', path: '/v1/usage/events', headers });
  asked.end(body);
  const [response] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const accepted = text.split('"accepted"').length - 1;
  if (accepted !== ids.length) throw new Error(`${accepted} of ${ids.length} were accepted: ${text.slice(0, 300)}`);
}

async function assertSound(uri: string): Promise<void> {
  const client = await MongoClient.connect(uri);
  try {
    const { findings } = await verifyLedger(client.db());
    if (findings.length > 0) throw new Error(`the ledger does not add up: ${JSON.stringify(findings[0])}`);
  } finally {
    await client.close();
  }
}
