import express from 'express';
import { pino } from 'pino';
import type { ChatPoster, Rates } from '../../../src/chat/port.js';
import { createClients } from '../../../src/chat/slack/clients.js';
import { createSlackPort } from '../../../src/chat/slack/slack-port.js';
import { createTeamsEdge } from '../../../src/chat/teams/edge.js';
import { keepReference } from '../../../src/chat/teams/references.js';
import { FakeConnector } from '../../fakes/connector/connector.js';
import { word } from '../../fakes/slack/json.js';
import { FakeSlack } from '../../fakes/slack/slack.js';

const SLACK_TEAMS = 40;
const TENANTS = 10;
const CHANNELS = 20;
const MET_AT = new Date('2026-11-01T00:00:00Z');
const QUIET = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A call that a platform got; refused ones name no channel in Teams. */
export interface Call {
  team: string;
  channel: string;
  /** Of the notice, where it could be told. */
  id: string | undefined;
  limited: boolean;
}

/** Forty Slack teams and ten Teams tenants, of twenty channels each, behind the product's own posters. */
export interface FiftyTeams {
  posters: readonly ChatPoster[];
  teams: readonly string[];
  /** The calls since the last look. */
  look(): Call[];
  /** Refuses the next call of every tenant, and the next ten calls to Slack. */
  refuseNext(retryAfter: number): void;
  stop(): Promise<void>;
}

/** As the product's Posters, but for what they may send. */
export async function startFiftyTeams(rates: Rates): Promise<FiftyTeams> {
  const slack = await startSlack();
  const edge = createTeamsEdge({
    app: express(),
    settings: { kind: 'playground', host: '127.0.0.1' },
    dispatch: () => Promise.reject(new Error('nobody asks')),
    log: pino({ level: 'silent' }),
  });
  const tenants = await Promise.all(Array.from({ length: TENANTS }, (_, i) => startTenant(`tenant-${i}`)));
  const all = [slack, ...tenants];
  return {
    posters: [slack.poster, edge.poster].map((poster) => ({ ...poster, rates })),
    teams: all.flatMap(({ teams }) => teams),
    look: () => all.flatMap(({ look }) => look()),
    refuseNext: (retryAfter) => {
      for (const { refuseNext } of all) refuseNext(retryAfter);
    },
    async stop() {
      await edge.stop();
      for (const { stop } of all) await stop();
    },
  };
}

export function channelsOf(team: string): string[] {
  const [platform, tenant = ''] = team.split(':');
  const id = (number: number) => (platform === 'slack' ? `${tenant}C${number}` : `19:${tenant}-${number}@thread.tacv2`);
  return Array.from({ length: CHANNELS }, (_, number) => id(number));
}

async function startSlack() {
  const fake = await FakeSlack.start();
  const teams = Array.from({ length: SLACK_TEAMS }, (_, i) => `slack:T${i}`);
  for (const team of teams) {
    fake.world.tokens.add(`xoxb-${team}`);
    for (const id of channelsOf(team)) fake.world.channels.set(id, { id, name: id, bot: true });
  }
  const poster = createSlackPort({
    clients: createClients(fake.apiUrl, QUIET),
    tokens: { botToken: async (tenant) => `xoxb-slack:${tenant}` },
    client: 'slack',
    people: async () => [],
  });
  let seen = 0;
  return {
    poster,
    teams,
    look(): Call[] {
      const calls = fake.world.calls.slice(seen);
      seen += calls.length;
      return calls.map(({ token, args, outcome }) => ({
        team: token.replace('xoxb-', ''),
        channel: word(args['channel']),
        id: idIn(args['metadata']),
        limited: outcome !== 'ok',
      }));
    },
    refuseNext(retryAfter: number) {
      fake.world.faults.push({ method: 'chat.postMessage', fault: { kind: 'rateLimited', retryAfter }, times: 10 });
    },
    stop: () => fake.stop(),
  };
}

async function startTenant(tenant: string) {
  const team = `teams:${tenant}`;
  const conversations = channelsOf(team).map((id) => ({ id, kind: 'channel' as const }));
  const fake = await FakeConnector.start({ tenant, conversations, unsigned: true });
  const met = { tenant, kind: 'channel' as const, serviceUrl: fake.serviceUrl, botId: fake.world.botId };
  for (const { id } of conversations) await keepReference({ ...met, conversation: id }, MET_AT);
  let shown = 0;
  let asked = 0;
  return {
    teams: [team],
    look(): Call[] {
      const arrived = fake.world.messages.slice(shown);
      const refused = fake.world.requests.length - asked - arrived.length;
      shown += arrived.length;
      asked = fake.world.requests.length;
      return [
        ...arrived.map(({ conversation, card }) => ({
          team,
          channel: conversation.replace(/;messageid=.*$/, ''),
          id: idIn(card),
          limited: false,
        })),
        ...Array.from({ length: refused }, () => ({ team, channel: '', id: undefined, limited: true })),
      ];
    },
    refuseNext: (retryAfter: number) => fake.fail(/^POST/, { status: 429, retryAfter }),
    stop: () => fake.stop(),
  };
}

function idIn(what: unknown): string | undefined {
  return /(?:alert|summary) [^"\\]+/.exec(JSON.stringify(what ?? ''))?.[0];
}
