import type { Met } from '../../webhooks/met.js';
import { arrived } from '../../webhooks/met.js';
import type { Button, Card, Form, Inline, Part, Text } from '../card.js';
import { type About, buttons, count, footOf, openLink, press, subtle, text } from '../parts.js';
import { mendWords, metWords } from './webhook-words.js';

export type WhyOff = 'byHand' | 'failing' | 'gone';

/** A workspace's endpoint as its people see it; times as ISO strings. */
export interface WebhookFacts {
  url: string;
  rotations: number;
  off?: { why: WhyOff; since: string };
  failing?: { since: string; met: Met };
  lastArrivedAt?: string;
  /** Until then the secret that was replaced signs too. */
  formerUntil?: string;
  waiting: number;
  failed: number;
}

const button = (about: About, label: string, act: string, style?: Button['style']): Button =>
  press(label, 'dev', { what: 'webhook', act }, { workspace: about.id, ...(style && { style }) });

/** Private: where a workspace's events go, and how that goes. */
export function webhookCard(to: { about: About; zone: string; webhook?: WebhookFacts; said?: string }): Card {
  const { about, zone, webhook } = to;
  return {
    name: webhook ? 'webhook' : 'webhook-none',
    heading: { text: `${about.name}'s webhook` },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      ...(webhook ? webhookParts(webhook, about, zone) : noWebhookParts(about)),
    ],
    ...footOf(about),
  };
}

function noWebhookParts(about: About): Part[] {
  return [
    text(
      `None yet. Name an https address, and it hears at once of what happens in ${about.name}: a low balance, top-ups, campaigns, people who come and go. Every event is signed.`,
    ),
    ...buttons(button(about, 'Set the address', 'set', 'primary')),
  ];
}

function webhookParts(webhook: WebhookFacts, about: About, zone: string): Part[] {
  const { waiting, failed } = webhook;
  const dateTime = (time: string): Inline => ({ time, show: 'dateTime', zone });
  return [
    {
      part: 'facts',
      facts: [
        { label: 'Address', value: [{ code: webhook.url }] },
        { label: 'State', value: stateOf(webhook, dateTime) },
        ...(webhook.lastArrivedAt ? [{ label: 'Last arrived', value: [dateTime(webhook.lastArrivedAt)] }] : []),
        ...(waiting > 0 ? [{ label: 'Waiting', value: [count(waiting, 'event')] }] : []),
        ...(failed > 0 ? [{ label: 'Given up', value: [count(failed, 'event')] }] : []),
      ],
    },
    ...(webhook.formerUntil ? [subtle('The old secret signs too until ', dateTime(webhook.formerUntil), '.')] : []),
    ...buttons(
      button(about, 'Send a test', 'test', 'primary'),
      button(about, 'Deliveries', 'log'),
      webhook.off ? button(about, 'Turn on', 'on') : button(about, 'Turn off', 'off'),
      button(about, 'Change the address', 'set'),
      button(about, 'New secret', 'secret'),
      button(about, 'Remove', 'remove', 'danger'),
    ),
  ];
}

function stateOf({ off, failing }: WebhookFacts, dateTime: (time: string) => Inline): Text {
  const met = failing ? `: ${metWords(failing.met)}` : '';
  if (off) return ['Off since ', dateTime(off.since), `, ${OFF[off.why]}${off.why === 'byHand' ? '' : met}`];
  return failing ? ['On, but nothing has arrived since ', dateTime(failing.since), met] : ['On'];
}

const OFF: Readonly<Record<WhyOff, string>> = {
  byHand: 'by hand',
  failing: 'as nothing arrived for three days',
  gone: 'as it asked for no more events',
};

export function webhookForm(to: { about: About; address?: string }): Form {
  return {
    name: 'webhook-address',
    title: 'Webhook',
    submit: 'Save',
    intro: [`Events of ${to.about.name} go to this address, each signed with a secret that you get next.`],
    call: { command: 'dev', args: { what: 'webhook', act: 'set' }, workspace: to.about.id },
    fields: [
      {
        name: 'address',
        label: 'Address',
        hint: 'Begins with https://, and the internet reaches it.',
        input: 'line',
        maxLength: 1_000,
        ...(to.address && { initial: to.address }),
      },
    ],
  };
}

/** Private: the endpoint was named or changed. `page` shows its secret once, and comes with the first alone. */
export function webhookSetCard(to: { about: About; host: string; page?: string }): Card {
  const { about, host, page } = to;
  const secret = page ? ' Your server needs the signing secret, which is shown once on a page of its own.' : '';
  return {
    name: page ? 'webhook-set' : 'webhook-changed',
    parts: [
      text(`Events of ${about.name} go to ${host} now.${secret}`),
      ...buttons(
        page ? openLink('Open the page', page) : undefined,
        button(about, 'Send a test', 'test', page ? undefined : 'primary'),
      ),
      ...(page ? [] : [subtle('The signing secret stays as it was.')]),
    ],
    ...footOf(about),
  };
}

/** Private: a new signing secret. */
export function webhookSecretCard(to: { about: About; zone: string; host: string; page: string; until: string }): Card {
  const { about, zone, until } = to;
  return {
    name: 'webhook-secret',
    parts: [
      text(`${to.host} has a new signing secret. It is shown once, on a page of its own.`),
      ...buttons(openLink('Open the page', to.page), button(about, 'Webhook', 'show')),
      subtle('Until ', { time: until, show: 'dateTime', zone }, ' the old one signs beside it.'),
    ],
    ...footOf(about),
  };
}

const CONFIRM = {
  off: {
    ask: (host: string) => `Send nothing to ${host} any more? What happens meanwhile waits, for 30 days.`,
    label: 'Turn off',
  },
  remove: {
    ask: (host: string) => `Remove ${host}? What waits for it and the log of deliveries go with it.`,
    label: 'Remove',
  },
  secret: {
    ask: (host: string) =>
      `Give ${host} a new signing secret? For 24 hours events are signed with both, so that you can replace it there.`,
    label: 'New secret',
  },
} as const;

/** Private, before something is changed that a receiver notices. */
export function webhookConfirmCard(to: {
  about: About;
  what: keyof typeof CONFIRM;
  host: string;
  rotations: number;
}): Card {
  const { about, what, rotations } = to;
  const { ask, label } = CONFIRM[what];
  const args = { what: 'webhook', act: what, host: to.host, sure: true, ...(what === 'secret' && { rotations }) };
  const style = what === 'secret' ? 'primary' : 'danger';
  return {
    name: `webhook-${what}-confirm`,
    parts: [text(ask(to.host)), ...buttons(press(label, 'dev', args, { workspace: about.id, style }))],
    ...footOf(about),
  };
}

/** Private: what the endpoint answered to a test. */
export function webhookTestedCard(to: { about: About; host: string; met: Met; ms: number; off: boolean }): Card {
  const { about, host, met, ms } = to;
  const well = arrived(met);
  return {
    name: well ? 'webhook-test-arrived' : 'webhook-test-failed',
    heading: well
      ? { text: `The test arrived at ${host} in ${ms.toLocaleString('en-GB')} ms.`, mood: 'good' }
      : { text: `The test did not arrive at ${host}: ${metWords(met)}.`, mood: 'warning' },
    parts: [
      ...(well ? [] : [text(mendWords(met))]),
      ...(to.off ? [text('It is off, so other events wait until you turn it on.')] : []),
      ...buttons(
        to.off && well ? button(about, 'Turn on', 'on', 'primary') : undefined,
        button(about, 'Test again', 'test'),
        well ? undefined : button(about, 'Change the address', 'set'),
        button(about, 'Webhook', 'show'),
      ),
    ],
    ...footOf(about),
  };
}
