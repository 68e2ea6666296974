/**
 * What the product's answers are measured against: the least that a Bolt app can be. It acknowledges, reads one
 * document, and answers. Says `listening PORT` on stdout.
 */
import { createServer } from 'node:http';
import { App, ExpressReceiver } from '@slack/bolt';
import express from 'express';
import { MongoClient } from 'mongodb';

const [uri, signingSecret] = process.argv.slice(2) as [string, string];
const app = express();
const receiver = new ExpressReceiver({ app, signingSecret, endpoints: '/slack/events' });
const bolt = new App({ receiver, authorize: async () => ({}), convoStore: false });
const client = await MongoClient.connect(uri, { maxPoolSize: 50 });
const balances = client.db().collection<{ _id: string; balance: string }>('bare_balances');

bolt.command('/workspace', async ({ ack, respond, body }) => {
  await ack();
  const found = await balances.findOne({ _id: body.user_id });
  await respond({ response_type: 'ephemeral', text: `Balance ${found?.balance ?? 'unknown'}` });
});

const server = createServer(app);
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`listening ${typeof address === 'object' && address ? address.port : 0}\n`);
});
