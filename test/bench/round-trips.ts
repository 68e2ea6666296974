import type { CommandStartedEvent } from 'mongodb';
import mongoose from 'mongoose';
import { firstDelivery } from '../../src/chat/inbox.js';
import type { Piece } from '../../src/chat/invocation.js';
import { createDispatch } from '../../src/commands/dispatch.js';
import type { Services } from '../../src/commands/services.js';
import { createLedger } from '../../src/ledger/ledger.js';
import type { Identity } from '../../src/workspace/identity.js';
import { OWNER } from './bench-company.js';
import { CHANNEL, TEAM } from './crowd.js';

const slackUser = (user: string): Identity => ({ platform: 'slack', tenant: TEAM, user });

const TYPED: readonly (readonly [name: string, typed: readonly Piece[]])[] = [
  ['balance', ['balance']],
  ['list', ['list']],
  ['help', ['help']],
  ['members', ['members']],
  ['requests', ['requests']],
  ['invite', ['invite ', { person: slackUser('U0NEWCOMER') }, ' as member']],
];

/**
 * How many commands the driver sends to MongoDB from a delivery's place in the inbox to its answer, for the owner, once
 * caches are warm. Needs the company of the bench, and mongoose connected with `monitorCommands`.
 */
export async function countRoundTrips(): Promise<Record<string, number>> {
  const dispatch = createDispatch(services());
  const counts: Record<string, number> = {};
  for (const [name, typed] of [TYPED[0]!, ...TYPED]) {
    const started: string[] = [];
    const note = ({ commandName }: CommandStartedEvent) => void started.push(commandName);
    const client = mongoose.connection.getClient().on('commandStarted', note);
    const at = new Date();
    const delivery = `count.${name}.${at.getTime()}.${Object.keys(counts).length}`;
    await firstDelivery(delivery, `slack:${TEAM}`, at);
    const place = { platform: 'slack', tenant: TEAM, kind: 'channel', channel: CHANNEL } as const;
    const answer = await dispatch({
      reference: 'R-BENCH',
      delivery,
      at,
      sender: slackUser(OWNER),
      place,
      ask: { typed },
    });
    if (answer.kind !== 'private') throw new Error(`${name} was answered with ${answer.kind}`);
    client.off('commandStarted', note);
    counts[name] = started.length;
  }
  return counts;
}

function services(): Services {
  const never = async (): Promise<never> => Promise.reject(new Error('no command here needs it'));
  const profile = async ({ user }: Identity) => ({ name: user, emailVerified: false, standing: 'full' as const });
  return {
    ledger: createLedger(mongoose.connection.db!),
    webhooks: { setEndpoint: never, replaceSecret: never, sendTest: never },
    payments: { startTopUp: never, savedCard: never, chargeCard: never, portal: never },
    chats: { slack: { profile, findByEmail: async () => undefined, readFile: never, post: never } },
    keepSecret: never,
    createDownload: never,
    apiKeyPepper: 'bench',
    publicUrl: 'https://bench.test',
    nudge: () => undefined,
  };
}
