import { createServer, type Server } from 'node:http';
import { AppCredentials } from 'botframework-connector';
import type { ServiceClientCredentialsFactory } from 'botframework-connector';
import express from 'express';
import { pino } from 'pino';
import type { Card } from '../../../src/cards/card.js';
import type { ChannelChange } from '../../../src/chat/channel-change.js';
import type { Dispatch, Invocation } from '../../../src/chat/invocation.js';
import { createTeamsEdge, type TeamsEdge } from '../../../src/chat/teams/edge.js';
import { enableAccount } from '../../../src/workspace/accounts.js';
import type { Account, PersonId } from '../../../src/workspace/entities.js';
import { addIdentity } from '../../../src/workspace/people.js';
import { NOW } from '../../support/acme.js';
import { FakeConnector } from '../../fakes/connector/connector.js';
import type { Shown } from '../../fakes/connector/world.js';

export const OLIVIA = '00000000-0000-4000-8000-000000000001';
export const ADAM = '00000000-0000-4000-8000-000000000002';
export const MIA = '00000000-0000-4000-8000-000000000003';
export const GUS = '00000000-0000-4000-8000-000000000006';
export const MARKETING = '19:marketing@thread.tacv2';
export const CREW = '19:crew@thread.v2';

const USERS = [
  { user: OLIVIA, name: 'Olivia Park', email: 'Olivia@acme.example' },
  { user: ADAM, name: 'Adam Reid', email: 'adam@acme.example' },
  { user: MIA, name: 'Mia Chen', email: 'mia@acme.example' },
  { user: GUS, name: 'Gus Guest', email: 'gus@else.example', guest: true },
];

const CONVERSATIONS = [
  { id: MARKETING, kind: 'channel', name: 'marketing', team: '19:team@thread.tacv2' },
  { id: CREW, kind: 'group', name: 'Launch crew' },
] as const;

/** Our Teams edge on a real port, in front of a fake Teams and a dispatch of the test's own. */
export class Bench {
  readonly teams: FakeConnector;
  readonly edge: TeamsEdge;
  readonly invocations: Invocation[] = [];
  /** What Teams told of its channels. */
  readonly changes: ChannelChange[] = [];
  readonly logged: string[] = [];
  /** What the test's command does; by default it says hello privately. */
  answer: Dispatch = async () => ({ kind: 'private', card: say('Hello.') });
  private readonly server: Server;

  private constructor(teams: FakeConnector, server: Server, playground: boolean) {
    this.teams = teams;
    this.server = server;
    const app = express();
    this.edge = createTeamsEdge({
      app,
      settings: playground ? { kind: 'playground', host: '127.0.0.1' } : signedSettings(teams),
      dispatch: async (invocation) => {
        this.invocations.push(invocation);
        return this.answer(invocation);
      },
      onChannelChange: async (change) => void this.changes.push(change),
      log: pino({ level: 'info' }, { write: (line) => void this.logged.push(line) }),
    });
    server.on('request', app);
  }

  static async start(options: { playground?: boolean } = {}): Promise<Bench> {
    const playground = options.playground ?? false;
    const teams = await FakeConnector.start({ users: USERS, conversations: CONVERSATIONS, unsigned: playground });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('no port');
    teams.aim(`http://127.0.0.1:${address.port}/api/messages`);
    return new Bench(teams, server, playground);
  }

  async stop(): Promise<void> {
    await this.edge.stop();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.teams.stop();
  }
}

function signedSettings(teams: FakeConnector) {
  return {
    kind: 'app' as const,
    appId: teams.appId,
    appType: 'SingleTenant',
    appTenantId: teams.world.tenant,
    cloud: {
      openIdMetadataUrl: teams.openIdUrl,
      issuer: teams.issuer,
      serviceUrls: [teams.serviceUrl],
      credentials: credentialsOf(teams),
    },
  };
}

/** As a registered bot has them, with a token that only the fake knows. */
function credentialsOf({ appId, botToken }: FakeConnector): ServiceClientCredentialsFactory {
  class Credentials extends AppCredentials {
    protected override refreshToken = async () => ({
      accessToken: botToken,
      expiresOn: new Date(Date.now() + 3_600_000),
      authority: '',
      uniqueId: '',
      tenantId: '',
      scopes: [],
      account: null,
      idToken: '',
      idTokenClaims: {},
      fromCache: false,
      tokenType: 'Bearer',
      correlationId: '',
    });
  }
  return {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async (id) => new Credentials(id),
  };
}

export function say(text: string, more: Partial<Card> = {}): Card {
  return { name: 'said', parts: [{ part: 'text', text: [text] }], ...more };
}

/** The company's Teams beside its Slack, with the same people in it, by their ids. */
export async function onTeamsToo(
  { world }: FakeConnector,
  account: Account,
  owner: string,
  others: Readonly<Record<PersonId, string>>,
): Promise<void> {
  const { id, name, currency, plan, timeZone } = account;
  const tenant = `teams:${world.tenant}`;
  await enableAccount({ name, tenant, currency, plan, timeZone, ownerUser: owner, account: id, at: NOW });
  for (const [person, user] of Object.entries(others)) {
    if (!world.users.has(user)) world.users.set(user, { user, name: user });
    await addIdentity(id, person, `${tenant}:${user}`, undefined, NOW);
  }
}

/** The words of a shown card, without its marks. */
export function wordsOf(shown: Shown | undefined): string {
  return JSON.stringify(shown?.card?.body ?? null);
}
