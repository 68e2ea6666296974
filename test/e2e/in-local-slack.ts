import { demoPerson, MARKETING_CHANNEL, SLACK_TEAM } from '../../src/local/demo-people.js';
import { identityKey } from '../../src/workspace/identity.js';
import { addressOf, type ChatSeen, type EitherChat } from './either-chat.js';
import { LocalSlack, slackSettings } from './local-slack.js';
import { freePort, Product } from './product.js';
import type { Seen } from './seen.js';
import type { Name } from './teams-client.js';

/** How people act in it. */
export interface Hands {
  /** Typed to the bot in #marketing. */
  type(name: Name, text: string): Promise<void>;
  click(name: Name, on: Seen, label: string): Promise<void>;
  submit(name: Name, label: string, form: Seen, fields: Readonly<Record<string, string>>): Promise<void>;
}

/** The real program local-slack, with the product as `npm start` draws it there. People act by its control API, or so. */
export async function inLocalSlack(handsOn = overTheApi): Promise<EitherChat> {
  const port = await freePort();
  let connected: { slack: LocalSlack; hands: Hands } | undefined;
  const there = () => {
    if (!connected) throw new Error('nobody is connected yet');
    return connected;
  };
  return {
    tenant: `slack:${SLACK_TEAM}`,
    userOf: (name) => demoPerson(name).user,
    personField: (name) => identityKey({ platform: 'slack', tenant: SLACK_TEAM, user: demoPerson(name).user }),
    async startProduct() {
      const product = await Product.start(slackSettings(port), 'local-slack');
      const slack = await LocalSlack.start(port, `${product.url}/slack/events`);
      connected = { slack, hands: await handsOn(slack) };
      return product;
    },
    type: (name, text) => there().hands.type(name, text),
    privateTo: async (name, says) => seenBy(there().hands, await there().slack.privateTo(name, says)),
    inChannel: async (says) => seenBy(there().hands, await there().slack.inChannel(MARKETING_CHANNEL.id, says)),
    stop: async () => connected?.slack.stop(),
  };
}

async function overTheApi(slack: LocalSlack): Promise<Hands> {
  return {
    type: (name, text) => slack.type(name, text, MARKETING_CHANNEL.id),
    click: (name, on, label) => slack.click(name, on, label),
    submit: async (name, _label, form, fields) => slack.submit(name, form, fields),
  };
}

function seenBy(hands: Hands, seen: Seen): ChatSeen {
  const words = seen.lines.join('\n');
  return {
    words,
    link: (label) => addressOf(linksIn(words), label, words),
    click: (name, label) => hands.click(name, seen, label),
    submit: (name, label, fields) => hands.submit(name, label, seen, fields),
  };
}

/** It follows no address of a button, so they are words with a link. */
function linksIn(words: string): { label: string; url: string }[] {
  return [...words.matchAll(/<(https?:[^|>]+)\|([^>]+)>/g)].map(([, url = '', label = '']) => ({ url, label }));
}
