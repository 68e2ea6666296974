import type { CommandStartedEvent } from 'mongodb';
import mongoose from 'mongoose';
import { firstDelivery } from '../../src/chat/inbox.js';
import { readPieces } from '../../src/chat/slack/pieces.js';
import { createDispatch } from '../../src/commands/dispatch.js';
import type { Services } from '../../src/commands/services.js';
import { createLedger } from '../../src/ledger/ledger.js';
import type { Identity } from '../../src/workspace/identity.js';
import { type LookedAt, lookedAt } from '../support/looked-at.js';
import { OWNER, slackUser } from './bench-company.js';
import { TYPED } from './commands/typed.js';
import { CHANNEL, TEAM } from './crowd.js';

/** What one command cost MongoDB: what the driver sent, as `find memberships`, and what the server went through for it. */
interface Cost extends LookedAt {
  trips: readonly string[];
}

export type RoundTrips = Readonly<Record<string, Cost>>;

/**
 * From a delivery's place in the inbox to its answer, for the owner, once caches are warm. Needs a company of the bench,
 * and mongoose connected with `monitorCommands`.
 */
export async function roundTrips(): Promise<RoundTrips> {
  const dispatch = createDispatch(services());
  const counts: Record<string, Cost> = {};
  for (const [name, [text]] of [['balance', TYPED['balance']!] as const, ...Object.entries(TYPED)]) {
    const started: string[] = [];
    const note = ({ commandName, command }: CommandStartedEvent) =>
      void started.push(`${commandName} ${String(command[commandName])}`);
    const client = mongoose.connection.getClient().on('commandStarted', note);
    const at = new Date();
    const delivery = `count.${name}.${at.getTime()}.${Object.keys(counts).length}`;
    await firstDelivery(delivery, `slack:${TEAM}`, at);
    const place = { platform: 'slack', tenant: TEAM, kind: 'channel', channel: CHANNEL } as const;
    const sender = slackUser(OWNER);
    const ask = { typed: readPieces(text, TEAM) };
    const invocation = { reference: 'R-BENCH', delivery, at, sender, place, ask };
    const { keys, documents } = await lookedAt(async () => {
      await dispatch(invocation);
      client.off('commandStarted', note);
    });
    counts[name] = { trips: started.filter((sent) => !sent.startsWith('profile ')), documents, keys };
  }
  return counts;
}

function services(): Services {
  const never = async (): Promise<never> => Promise.reject(new Error('no command here needs it'));
  const profile = async ({ user }: Identity) => ({ name: user, emailVerified: false, standing: 'full' as const });
  return {
    ledger: createLedger(mongoose.connection.db!),
    webhooks: { setEndpoint: never, replaceSecret: never, sendTest: never },
    payments: { startTopUp: never, savedCard: async () => undefined, chargeCard: never, portal: never },
    chats: { slack: { profile, findByEmail: async () => undefined, readFile: never, post: never } },
    keepSecret: never,
    createDownload: never,
    pictureOf: () => undefined,
    apiKeyPepper: 'bench',
    publicUrl: 'https://bench.test',
    nudge: () => undefined,
  };
}
