import { describe } from '@jest/globals';
import type { MessageRef } from '../../../src/chat/port.js';
import { createInvokeReply } from '../../../src/chat/teams/invoke-reply.js';
import { momentOf, type TeamsMoment } from '../../../src/chat/teams/moment.js';
import { parseInbound } from '../../../src/chat/teams/activity.js';
import { keepReference } from '../../../src/chat/teams/references.js';
import { actionsOf } from '../../fakes/connector/connector.js';
import type { Shown } from '../../fakes/connector/world.js';
import { useDatabase } from '../../support/database.js';
import { type PortHarness, portContract, type Seen } from '../port-contract.js';
import { Bench, MARKETING, OLIVIA } from './harness.js';

describe('the port of Teams', () => {
  useDatabase();

  portContract(async (): Promise<PortHarness<TeamsMoment>> => {
    const bench = await Bench.start();
    const { teams } = bench;
    const { tenant } = teams.world;
    await teams.say(OLIVIA, 'hello', { conversation: MARKETING });
    const met = { tenant, kind: 'channel' as const, serviceUrl: teams.serviceUrl, botId: teams.world.botId };
    await keepReference({ ...met, conversation: '19:gone@thread.tacv2' }, new Date());
    const person = { platform: 'teams' as const, tenant, user: OLIVIA };
    const inChannel = (): Shown[] => teams.seen(OLIVIA, MARKETING);
    const lastPrivate = (): Shown => teams.seen(OLIVIA).at(-1)!;
    const click = (shown: Pick<Shown, 'conversation' | 'id'>): TeamsMoment => {
      const activity = { ...teams.envelope('invoke', OLIVIA, shown.conversation), replyToId: shown.id };
      return momentOf(parseInbound(activity)!, person, createInvokeReply('action'));
    };
    const channel = (id: string) => ({ kind: 'channel' as const, platform: 'teams' as const, tenant, channel: id });
    return {
      port: bench.edge.poster,
      person,
      channel: channel(MARKETING),
      foreignChannel: channel('19:foreign@thread.tacv2'),
      goneChannel: channel('19:gone@thread.tacv2'),
      gonePerson: { kind: 'direct', identity: { ...person, user: '00000000-0000-4000-8000-00000000dead' } },
      moment: async () => click({ conversation: MARKETING, id: 'some-card' }),
      clickedMoment: async () => click(lastPrivate()),
      seen: (ref) => seen(find(teams.seen(OLIVIA, ref.channel), ref)),
      seenPrivately: () => ({ ...seen(lastPrivate()), edits: lastPrivate().edits }),
      seenUnder: (ref) =>
        teams.world.messages.filter((one) => one.conversation === ref.channel && one.id !== ref.message).map(seen),
      seenInChannel: () => inChannel().map(seen),
      formFields: () => formFields(inChannel().at(-1)),
      removeMessage: (ref) => {
        teams.world.messages.splice(teams.world.messages.indexOf(find(teams.seen(OLIVIA, ref.channel), ref)), 1);
      },
      trouble: (kind) => teams.fail(/^POST \/v3\/conversations/, TROUBLES[kind]),
      mended: () => undefined,
      dispose: () => bench.stop(),
    };
  });
});

const TROUBLES = {
  rateLimited: { status: 429, retryAfter: 7 },
  unreachable: { status: 503 },
  cut: { cut: 'after' },
  botRemoved: { status: 403, code: 'BotDisabledByAdmin' },
} as const;

function find(shown: readonly Shown[], ref: MessageRef): Shown {
  const found = shown.find(({ id }) => id === ref.message);
  if (!found) throw new Error('Teams shows no such message');
  return found;
}

/** The labels of the form behind the button of the card. */
function formFields(shown: Shown | undefined): string[] | undefined {
  const [opener] = actionsOf(shown?.card?.body ?? []);
  const { form } = (opener?.['data'] ?? {}) as { form?: { fields: { label: string }[] } };
  return form?.fields.map(({ label }) => label);
}

const WORDS = ['text', 'title', 'value', 'x'];

/** As Teams reads a card: words, and what its markdown, its runs and its mentions would do. */
function seen({ card }: Shown): Seen {
  const words: string[] = [];
  const links: string[] = [];
  const walk = (node: unknown, markdown: boolean): void => {
    if (Array.isArray(node)) return node.forEach((each) => walk(each, markdown));
    if (typeof node !== 'object' || node === null) return;
    const type = 'type' in node ? String(node.type) : '';
    const reads = type === 'TextBlock' || type === 'FactSet' || (markdown && type === '');
    for (const [key, value] of Object.entries(node)) {
      if (key === 'fallback' || key === 'data' || (type.startsWith('Action.') && key === 'title')) continue;
      if (key === 'selectAction') links.push(JSON.stringify(value));
      else if (typeof value !== 'string') walk(value, reads);
      else if (WORDS.includes(key)) {
        words.push(value);
        if (reads) links.push(...(value.match(/(?<!\\)\[[^\]]*(?<!\\)\]\([^)]*\)/g) ?? []));
      }
    }
  };
  walk(card?.body ?? [], false);
  const { entities = [] } = (card?.['msteams'] ?? {}) as { entities?: { text: string }[] };
  return {
    words: words
      .join(' ')
      .replaceAll(/\\(?=[\\`*_[\]~#>+-])/g, '')
      .replaceAll('**', ''),
    buttons: actionsOf(card?.body ?? []).map((action) => String(action['title'])),
    pings: entities.map(({ text }) => text),
    links,
  };
}
