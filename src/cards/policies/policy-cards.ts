import type { Policies, PolicyKey } from '../../workspace/entities.js';
import { askAnew } from '../ask-anew.js';
import type { Card } from '../card.js';
import { type About, buttons, footOf, press, subtle, text } from '../parts.js';
import { planName } from '../workspaces/plan-words.js';
import { policyText } from './policy-text.js';
import { POLICY_GROUPS, POLICY_WORDS, policyMeaning, policyNow } from './policy-words.js';
import type { PolicyTerms } from './policy-wording.js';

/** The policies a reader may look at, and those they may set. */
export interface PoliciesFacts {
  about: About;
  policies: Policies;
  terms: PolicyTerms;
  mayChange: readonly PolicyKey[];
  /** The account's plan, where policies do not bind on it. */
  notOn?: string;
  /** What was just done. */
  said?: string;
}

/** Private: every policy of a workspace, with what it is set to. */
export function policiesCard({ about, policies, terms, mayChange, notOn, said }: PoliciesFacts): Card {
  const changeable = notOn ? [] : mayChange;
  const groups = Object.entries(POLICY_GROUPS);
  const fact = (key: PolicyKey) => ({
    label: POLICY_WORDS[key].label,
    value: [policyNow(key, policies[key], terms)],
  });
  return {
    name: 'policies',
    heading: said ? { text: said, mood: 'good' } : { text: `${about.name}'s policies` },
    parts: [
      ...(notOn
        ? [
            text(
              `They bind on the plans Teams and Enterprise; yours is ${planName(notOn)}. The primary owner can change it.`,
            ),
          ]
        : []),
      ...groups.flatMap(([, { title, keys }]) => [
        text({ strong: title }),
        { part: 'facts' as const, facts: keys.map(fact) },
      ]),
      ...buttons(
        ...groups.map(([group, { title, keys }]) =>
          keys.some((key) => changeable.includes(key))
            ? press(`Change: ${title}`, 'policy', { group, change: true }, { workspace: about.id })
            : undefined,
        ),
      ),
      ...(mayChange.length === 0 && !notOn ? [subtle('Owners change these.')] : []),
    ],
    ...footOf(about),
  };
}

/** Whom or what a change touches, and how: `Nora and Max`, `3 meetings, at the next full hour`. */
export interface Touched {
  label: string;
  value: string;
}

/**
 * What a change means and whom it touches, before it is made. `was` marks what it is now; `anew`: an older card showed it
 * otherwise.
 */
export function policyConfirmCard(to: {
  about: About;
  policy: PolicyKey;
  before: Policies;
  after: Policies;
  terms: PolicyTerms;
  touches: readonly Touched[];
  key: string;
  was: string;
  anew: boolean;
}): Card {
  const { about, policy, before, after, terms } = to;
  const value = policyText(policy, after[policy], about.currency);
  const set = press(
    value === 'off' ? 'Take it off' : 'Set it',
    'policy',
    { policy, value, was: to.was, sure: true },
    { workspace: about.id, style: 'primary', key: to.key },
  );
  const card: Card = {
    name: 'policy-confirm',
    heading: { text: `Change “${POLICY_WORDS[policy].label}”?` },
    parts: [
      text(policyMeaning(policy, after[policy], terms)),
      {
        part: 'facts',
        facts: [
          { label: 'From now on', value: [policyNow(policy, after[policy], terms)] },
          { label: 'Until now', value: [policyNow(policy, before[policy], terms)] },
          ...to.touches.map((touched) => ({ label: touched.label, value: [touched.value] })),
        ],
      },
      ...buttons(set, press('All policies', 'policy', {}, { workspace: about.id })),
    ],
    ...footOf(about),
  };
  return to.anew ? askAnew(card, `Somebody changed it meanwhile: ${policyNow(policy, before[policy], terms)}.`) : card;
}
