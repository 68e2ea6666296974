import { plainAmount } from '../money.js';
import type { Policies, PolicyKey } from '../workspace/entities.js';
import type { Card, Form } from './card.js';
import { type About, buttons, footOf, listOf, press, subtle, text } from './parts.js';
import { moneyIn, POLICY_WORDS } from './policy-words.js';

/** The policies a reader may look at, and those they may set. */
export interface PoliciesFacts {
  about: About;
  policies: Policies;
  mayChange: readonly PolicyKey[];
  /** The account's plan, where policies do not bind on it. */
  notOn?: string;
  /** What was just done. */
  said?: string;
}

const KEYS = Object.keys(POLICY_WORDS) as PolicyKey[];

/** Private: every policy of a workspace, with what it is set to. */
export function policiesCard({ about, policies, mayChange, notOn, said }: PoliciesFacts): Card {
  const money = moneyIn(about.currency);
  const changeable = notOn ? [] : mayChange;
  return {
    name: 'policies',
    heading: said ? { text: said, mood: 'good' } : { text: `${about.name}'s policies` },
    parts: [
      {
        part: 'facts',
        facts: KEYS.map((key) => ({
          label: POLICY_WORDS[key].label,
          value: [POLICY_WORDS[key].value(policies[key], money)],
        })),
      },
      ...(notOn
        ? [text(`They bind on the plans teams and enterprise; yours is ${notOn}. Ask support to change it.`)]
        : []),
      ...buttons(
        ...changeable.map((key) =>
          press(`Change: ${POLICY_WORDS[key].label}`, 'policy', { policy: key, change: true }, { workspace: about.id }),
        ),
      ),
      ...(mayChange.length === 0 && !notOn ? [subtle('Owners change these.')] : []),
    ],
    ...footOf(about),
  };
}

/** What a change means and whom it touches, before it is made. */
export function policyConfirmCard(to: {
  about: About;
  policy: PolicyKey;
  before: number | undefined;
  after: number | undefined;
  touches: readonly string[];
  key: string;
}): Card {
  const { about, policy, before, after, touches } = to;
  const words = POLICY_WORDS[policy];
  const money = moneyIn(about.currency);
  const value = after === undefined ? 'off' : plainAmount(after, about.currency);
  return {
    name: 'policy-confirm',
    heading: { text: `${words.label} in ${about.name}: ${after === undefined ? 'off' : words.value(after, money)}?` },
    parts: [
      text(words.means(after, money)),
      {
        part: 'facts',
        facts: [
          { label: 'Until now', value: [words.value(before, money)] },
          { label: 'It touches', value: [touches.length > 0 ? listOf(touches, 'and', 8) : 'nobody yet'] },
        ],
      },
      ...buttons(
        press(
          after === undefined ? 'Take it off' : 'Set it',
          'policy',
          { policy, value, sure: true },
          {
            workspace: about.id,
            style: 'primary',
            key: to.key,
          },
        ),
      ),
    ],
    ...footOf(about),
  };
}

/** Asks for one policy's value, or for which one and its value. */
export function policyForm(to: {
  about: About;
  policy?: PolicyKey;
  policies: Policies;
  choices: readonly PolicyKey[];
}): Form {
  const { about, policy, policies, choices } = to;
  const now = policy && policies[policy];
  const initial = now === undefined ? {} : { initial: plainAmount(now, about.currency) };
  const hint = policy ? POLICY_WORDS[policy].hint : 'An amount like 500, or off.';
  return {
    name: 'policy',
    title: 'Policy',
    submit: 'Go on',
    intro: [policy ? `${POLICY_WORDS[policy].label} in ${about.name}.` : `Which policy of ${about.name}?`],
    call: { command: 'policy', args: { change: true, ...(policy && { policy }) }, workspace: about.id },
    fields: [
      ...(policy
        ? []
        : [
            {
              name: 'policy',
              label: 'Policy',
              input: 'choice' as const,
              options: choices.map((key) => ({ value: key, label: POLICY_WORDS[key].label })),
            },
          ]),
      { name: 'value', label: 'Above, or up to', hint, input: 'line', maxLength: 40, ...initial },
    ],
  };
}
