import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Met } from '../../webhooks/met.js';
import type { Platform } from '../../workspace/identity.js';
import { chooseChannelButton } from '../channels/choose-channel.js';
import type { Card, Inline, Part, Text } from '../card.js';
import { type About, buttons, count, footOf, press, quoted, subtle, text } from '../parts.js';
import { PLATFORM_NAMES } from '../platform-names.js';
import { metWords } from '../dev/webhook-words.js';

/** A notice that did not arrive; `to` in words, as `#marketing` or a name. Times as ISO strings. */
export interface LostNotice {
  id: string;
  to: string;
  /** Left out where it was for one person alone. */
  says?: string;
  unknown: boolean;
  failure: string;
  since: string;
}

/** A bound chat channel that the bot is not in any more. */
export interface LostChannel {
  binding: string;
  name: string;
  platform: Platform;
  since: string;
}

/** What is wrong with the webhook. */
export interface SickWebhook {
  host: string;
  off?: { since: string };
  failing?: { since: string; met: Met };
  failed: number;
}

/** A key that ends soon, or has ended. */
export interface EndingKey {
  id: string;
  name: string;
  rotations: number;
  endsAt: string;
  over: boolean;
  /** A new secret lengthens its life. */
  renewable: boolean;
}

/** A campaign that nobody ended. */
export interface EndlessCampaign {
  id: string;
  name: string;
  since: string;
  /** What is still set aside for it. */
  heldMinor: Minor;
}

export interface HealthFacts {
  about: About;
  zone: string;
  notices: readonly LostNotice[];
  /** Of all pages. */
  noticesTotal: number;
  offset: number;
  pageSize: number;
  lostChannels: readonly LostChannel[];
  /** What no channel gets. */
  unbound: readonly ('alerts' | 'approvals')[];
  webhook?: SickWebhook;
  keys: readonly EndingKey[];
  campaigns: readonly EndlessCampaign[];
  said?: string;
}

/** Private: what needs attention in a workspace, each with the button that mends it. */
export function healthCard(facts: HealthFacts): Card {
  const { about, zone } = facts;
  const parts = [
    ...channelParts(facts),
    ...(facts.webhook ? webhookParts(facts.webhook, about, zone) : []),
    ...keyParts(facts),
    ...campaignParts(facts),
    ...noticeParts(facts),
  ];
  const well = parts.length === 0;
  return {
    name: well ? 'health-well' : 'health',
    heading: well
      ? { text: `All is well in ${about.name}.`, mood: 'good' }
      : { text: `${about.name} needs attention`, mood: 'warning' },
    parts: [
      ...(facts.said ? [text(facts.said)] : []),
      ...(well
        ? [
            subtle(
              'Notices arrive, channels are bound, the webhook is reached, no API key ends soon and no campaign goes on for ever.',
            ),
          ]
        : parts),
    ],
    ...footOf(about),
  };
}

function channelParts({ about, zone, lostChannels, unbound }: HealthFacts): Part[] {
  const lost = lostChannels.map(({ binding, name, platform, since }) => ({
    title: [{ strong: `#${name}` }, ` in ${PLATFORM_NAMES[platform]}`],
    detail: ['I am not in it since ', dateTime(since, zone), ', so nothing arrives there. Add me, then bind it again.'],
    buttons: [press('Bind again', 'channel', { what: 'bind', binding }, { workspace: about.id })],
  }));
  const none =
    unbound.length === 0
      ? []
      : [
          {
            title: [{ strong: unbound.length === 2 ? 'No channel is bound' : UNBOUND[unbound[0]!] }],
            detail: ['What should come there goes privately to those who can act.'],
            buttons: [chooseChannelButton(about)],
          },
        ];
  const items = [...lost, ...none];
  return items.length > 0 ? [text({ strong: 'Channels' }), { part: 'list', items }] : [];
}

const UNBOUND = { alerts: 'No channel gets alerts', approvals: 'No channel gets requests' } as const;

function webhookParts({ host, off, failing, failed }: SickWebhook, about: About, zone: string): Part[] {
  const button = (label: string, act: string) => press(label, 'dev', { what: 'webhook', act }, { workspace: about.id });
  const met = failing ? [`: ${metWords(failing.met)}`] : [];
  const state: Text = off
    ? ['off since ', dateTime(off.since, zone), ...met]
    : failing
      ? ['nothing has arrived since ', dateTime(failing.since, zone), ...met]
      : [];
  const givenUp = failed > 0 ? [`${count(failed, 'event')} given up`] : [];
  const detail = [...state, ...(state.length > 0 && failed > 0 ? [' · '] : []), ...givenUp];
  const item = {
    title: [{ strong: host }],
    detail,
    buttons: [
      button('Send a test', 'test'),
      ...(off ? [button('Turn on', 'on')] : []),
      ...(failed > 0 ? [button('Send again', 'again')] : []),
    ],
  };
  return [text({ strong: 'Webhook' }), { part: 'list', items: [item] }];
}

function keyParts({ about, zone, keys }: HealthFacts): Part[] {
  if (keys.length === 0) return [];
  const where = { workspace: about.id };
  const items = keys.map(({ id, name, rotations, endsAt, over, renewable }) => ({
    title: [{ strong: name }],
    detail: [over ? 'ended ' : 'works until ', { time: endsAt, show: 'date' as const, zone }],
    buttons: [
      renewable
        ? press('New secret', 'dev', { what: 'rotate', key: id, rotations }, where)
        : press('Create another', 'dev', { what: 'create' }, where),
      ...(over ? [press('Revoke', 'dev', { what: 'revoke', key: id }, { ...where, style: 'danger' as const })] : []),
    ],
  }));
  return [text({ strong: 'API keys' }), { part: 'list', items }];
}

function campaignParts({ about, zone, campaigns }: HealthFacts): Part[] {
  if (campaigns.length === 0) return [];
  const where = { workspace: about.id };
  const items = campaigns.map(({ id, name, since, heldMinor }) => ({
    title: [{ strong: name }],
    detail: [
      'running since ',
      { time: since, show: 'date' as const, zone },
      heldMinor > 0 ? ` · ${readersMoney(heldMinor, about.currency)} set aside for it` : '',
    ],
    buttons: [
      press('Report', 'report', { campaign: id }, where),
      press('End', 'campaign', { what: 'end', campaign: id }, { ...where, style: 'danger' as const }),
    ],
  }));
  return [text({ strong: 'Campaigns that were never ended' }), { part: 'list', items }];
}

function noticeParts(facts: HealthFacts): Part[] {
  const { about, zone, notices, noticesTotal, offset, pageSize } = facts;
  if (notices.length === 0) return [];
  const page = (label: string, start: number) => press(label, 'health', { offset: start }, { workspace: about.id });
  const items = notices.map((notice) => ({
    title: [`To ${notice.to}: `, notice.says === undefined ? 'a private message' : quoted(notice.says)],
    detail: [dateTime(notice.since, zone), ' · ', failureWords(notice)],
    buttons: [
      press('Send again', 'health', { again: notice.id }, { workspace: about.id }),
      ...(notice.unknown ? [press('It arrived', 'health', { arrived: notice.id }, { workspace: about.id })] : []),
    ],
  }));
  return [
    text({ strong: 'Notices that did not arrive' }),
    { part: 'list', items },
    ...(noticesTotal > pageSize ? [subtle(`${offset + 1} to ${offset + notices.length} of ${noticesTotal}`)] : []),
    ...buttons(
      offset > 0 ? page('Back', Math.max(0, offset - pageSize)) : undefined,
      offset + pageSize < noticesTotal ? page('More', offset + pageSize) : undefined,
      noticesTotal > 1 ? press('Send all again', 'health', { all: true }, { workspace: about.id }) : undefined,
    ),
  ];
}

/** The outbox's reasons, in words. */
const FAILURES: Readonly<Record<string, string>> = {
  'rejected: botNotInChannel': 'I am not in it',
  'rejected: botRemoved': 'I am not there any more',
  'rejected: channelGone': 'it is gone',
  'rejected: userGone': 'their chat account is gone',
  'rejected: tooLarge': 'it was too long',
  'unreachable for a day': 'the chat could not be reached for a day',
};

function failureWords({ unknown, failure }: LostNotice): string {
  if (unknown) return 'nobody knows whether it arrived: please look';
  return FAILURES[failure] ?? 'it was refused';
}

function dateTime(time: string, zone: string): Inline {
  return { time, show: 'dateTime', zone };
}
