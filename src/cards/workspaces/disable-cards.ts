import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card, Form } from '../card.js';
import { type About, buttons, count, footOf, listOf, press, subtle, text } from '../parts.js';

/** What disabling a workspace touches. Amounts in minor units of its currency. */
export interface DisableImpact {
  /** Names of the API keys in force. */
  keys: readonly string[];
  /** Names of the campaigns that run. */
  campaigns: readonly string[];
  /** Automatic payments: `adds £50.00 below £20.00`. */
  automatic?: string;
  /** Requests that wait for a decision. */
  requests: number;
  members: number;
  balanceMinor: Minor;
  /** The part of the balance that is set aside. */
  heldMinor: Minor;
}

/** For whoever decides about it: what it comes to, whatever else is under way. */
export function stopWords(of: { members: number; balanceMinor: Minor; currency: string }): string[] {
  return [
    `${count(of.members, 'person', 'people')} can do nothing there until it is enabled again.`,
    `Its API keys and automatic payments stop; ${readersMoney(of.balanceMinor, of.currency)} stays in its balance.`,
  ];
}

function impactWords(impact: DisableImpact, currency: string): string[] {
  const { keys, campaigns, automatic, requests, members, balanceMinor, heldMinor } = impact;
  const money = (minor: Minor) => readersMoney(minor, currency);
  return [
    `${count(members, 'person', 'people')} can do nothing there.`,
    keys.length > 0
      ? `${count(keys.length, 'API key')} stop${keys.length === 1 ? 's' : ''} working: ${listOf(keys)}.`
      : 'No API key is in use.',
    ...(campaigns.length > 0
      ? [
          `${count(campaigns.length, 'campaign')} can't report what ${campaigns.length === 1 ? 'it spends' : 'they spend'}: ${listOf(campaigns)}.`,
        ]
      : []),
    ...(automatic ? [`Automatic payments stop (${automatic}).`] : []),
    ...(requests > 0 ? [`${count(requests, 'request')} can't be decided.`] : []),
    heldMinor > 0
      ? `${money(balanceMinor)} stays, ${money(heldMinor)} of it set aside for what is under way.`
      : `${money(balanceMinor)} stays in its balance.`,
  ];
}

/** Asks for the workspace's name, so that nobody disables one by mistake. */
export function disableForm(to: { about: About; impact: DisableImpact; reason?: string; asks: boolean }): Form {
  const { about, impact, reason, asks } = to;
  return {
    name: 'disable-workspace',
    title: 'Disable a workspace',
    submit: asks ? 'Ask for it' : 'Disable',
    intro: [[...impactWords(impact, about.currency), 'Nothing is deleted; it can be enabled again.'].join(' ')],
    call: { command: 'disable', args: {}, workspace: about.id },
    fields: [
      { name: 'name', label: `Type ${about.name} to be sure`, input: 'line', maxLength: 60 },
      {
        name: 'reason',
        label: 'Why',
        hint: asks ? 'Whoever decides reads this.' : 'Its people read this.',
        input: 'lines',
        optional: true,
        maxLength: 500,
        ...(reason && { initial: reason }),
      },
    ],
  };
}

/** To whoever disabled it. */
export function disabledCard(about: About): Card {
  return {
    name: 'workspace-disabled',
    heading: { text: `${about.name} is disabled`, mood: 'warning' },
    parts: [
      text('Its people, balance and history are kept. Commands, API keys and automatic payments there do nothing.'),
      ...buttons(press('Enable it again', 'enable', {}, { workspace: about.id })),
    ],
    ...footOf(about),
  };
}

/** To the workspace's channels. */
export function disabledToldCard(to: { about: About; by: string; reason?: string }): Card {
  const { about, by, reason } = to;
  return {
    name: 'workspace-disabled-told',
    heading: { text: `${about.name} is disabled`, mood: 'warning' },
    parts: [
      text(`${by} disabled it.${reason ? ` “${reason}”` : ''}`),
      subtle('Its people, balance and history are kept. Until it is enabled, nothing can be spent or changed there.'),
    ],
    ...footOf(about),
  };
}

/** To whoever enabled it, or wanted to. */
export function enabledCard(to: { about: About; already: boolean }): Card {
  const { about, already } = to;
  return {
    name: 'workspace-enabled',
    parts: [
      text(
        already
          ? `${about.name} is enabled already.`
          : `${about.name} is enabled again: commands, API keys and automatic payments work as before.`,
      ),
      ...buttons(press('Balance', 'balance', {}, { workspace: about.id })),
    ],
    ...footOf(about),
  };
}

/** To the workspace's channels. */
export function enabledToldCard(to: { about: About; by: string }): Card {
  return {
    name: 'workspace-enabled-told',
    heading: { text: `${to.about.name} is enabled again`, mood: 'good' },
    parts: [text(`${to.by} enabled it. Everything works as before.`)],
    ...footOf(to.about),
  };
}
