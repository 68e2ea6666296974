import { isThing, word } from '../../fakes/slack/json.js';
import { createServer } from 'node:http';
import type { MessageRef } from '../../../src/chat/port.js';
import { createClients } from '../../../src/chat/slack/clients.js';
import type { SlackMoment } from '../../../src/chat/slack/moment.js';
import { ResponseUrl } from '../../../src/chat/slack/response-url.js';
import { createSlackPort } from '../../../src/chat/slack/slack-port.js';
import { oneTeam } from '../../../src/chat/slack/tokens.js';
import { FakeSlack } from '../../fakes/slack/slack.js';
import { buttons, words } from '../../fakes/slack/words.js';
import type { Json, Shown } from '../../fakes/slack/world.js';
import { type PortHarness, portContract, type Seen } from '../port-contract.js';

const QUIET = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

portContract(async (): Promise<PortHarness<SlackMoment>> => {
  const slack = await FakeSlack.start({
    users: [
      { id: 'U0OLIVIA', name: 'Olivia' },
      { id: 'U0LEFT', name: 'Lee', deleted: true },
    ],
    channels: [
      { id: 'C0MARK', name: 'marketing' },
      { id: 'C0AWAY', name: 'away', bot: false },
      { id: 'C0OLD', name: 'old', archived: true },
    ],
  });
  const portTo = (apiUrl: string) =>
    createSlackPort({
      clients: createClients(apiUrl, QUIET),
      tokens: oneTeam(slack.botToken),
      client: 'slack',
      people: async () => [],
    });
  const nowhere = portTo(await closedAddress());
  const here = portTo(slack.apiUrl);
  let port = here;
  const find = (ref: MessageRef): Shown => {
    const shown = slack.world.shown.find((one) => one.channel === ref.channel && one.ts === ref.message);
    if (!shown) throw new Error('Slack shows no such message');
    return shown;
  };
  const lastPrivate = (): Shown => {
    const shown = slack.world.shown.findLast((one) => one.to === 'U0OLIVIA' && one.kind !== 'modal');
    if (!shown) throw new Error('nothing private was shown');
    return shown;
  };
  const moment = (original?: Shown): SlackMoment => ({
    tenant: 'T02',
    user: 'U0OLIVIA',
    channel: 'C0MARK',
    triggerId: slack.trigger('U0OLIVIA'),
    response: ResponseUrl.of(slack.replyAddress('U0OLIVIA', 'C0MARK', original), new Date()),
    ...(original ? { clicked: 'private' as const } : {}),
  });
  return {
    get port() {
      return port;
    },
    person: { platform: 'slack', tenant: 'T02', user: 'U0OLIVIA' },
    channel: { kind: 'channel', platform: 'slack', tenant: 'T02', channel: 'C0MARK' },
    foreignChannel: { kind: 'channel', platform: 'slack', tenant: 'T02', channel: 'C0AWAY' },
    goneChannel: { kind: 'channel', platform: 'slack', tenant: 'T02', channel: 'C0OLD' },
    gonePerson: { kind: 'direct', identity: { platform: 'slack', tenant: 'T02', user: 'U0LEFT' } },
    moment: async () => moment(),
    clickedMoment: async () => moment(lastPrivate()),
    seen: (ref) => seen(find(ref)),
    seenPrivately: () => ({ ...seen(lastPrivate()), edits: lastPrivate().edits }),
    seenUnder: (ref) => slack.world.shown.filter((one) => one.thread === ref.message).map(seen),
    seenInChannel: () =>
      slack.world.shown.filter((one) => one.kind === 'message' && one.channel === 'C0MARK').map(seen),
    formFields: () =>
      slack
        .modalOf('U0OLIVIA')
        ?.blocks.flatMap((block) =>
          block.type === 'input' && isThing(block['label']) ? [word(block['label']['text'])] : [],
        ),
    removeMessage: (ref) => slack.world.remove(find(ref)),
    trouble: (kind) => {
      if (kind === 'unreachable') port = nowhere;
      else if (kind === 'rateLimited') slack.fail('chat.postMessage', { kind: 'rateLimited', retryAfter: 7 });
      else if (kind === 'cut') slack.fail('chat.postMessage', { kind: 'cutAfter' });
      else slack.fail('chat.postMessage', { kind: 'error', error: 'account_inactive' });
    },
    mended: () => {
      port = here;
    },
    dispose: () => slack.stop(),
  };
});

/** As Slack reads it: only mrkdwn and the fallback text hold mentions and links. */
function seen(shown: Shown): Seen {
  const marked = [...marksIn(shown.blocks), shown.text].join('\n');
  return {
    words: words(shown),
    buttons: buttons(shown).map((button) => button.label),
    pings: [...new Set([...marked.matchAll(/<[@!](?!date)[^>]*>/g)].map((match) => match[0]))],
    links: [...marked.matchAll(/<(?![@!#])[^>]*>/g)].map((match) => match[0]),
  };
}

function marksIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(marksIn);
  if (!isThing(value)) return [];
  if (value['type'] === 'mrkdwn') return [word(value['text'])];
  return Object.values(value).flatMap(marksIn);
}

/** An address where nothing listens. */
async function closedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 1}/api/`;
}
