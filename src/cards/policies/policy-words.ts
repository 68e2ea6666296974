import { readersMoney } from '../../readers-money.js';
import type { Policies, PolicyKey } from '../../workspace/entities.js';
import type { Part } from '../card.js';
import { subtle } from '../parts.js';
import { moneyPolicyWords } from './policy-money-words.js';
import { peoplePolicyWords } from './policy-people-words.js';
import { usePolicyWords } from './policy-use-words.js';
import type { PolicyTerms, PolicyWordsOf } from './policy-wording.js';

export const POLICY_WORDS: PolicyWordsOf<PolicyKey> = {
  ...peoplePolicyWords,
  ...usePolicyWords,
  ...moneyPolicyWords,
};

/** How the list is parted, in the order in which it is read. */
export const POLICY_GROUPS = {
  people: { title: 'People', keys: Object.keys(peoplePolicyWords) as PolicyKey[] },
  work: { title: 'Channels, meetings and keys', keys: Object.keys(usePolicyWords) as PolicyKey[] },
  money: { title: 'Money', keys: Object.keys(moneyPolicyWords) as PolicyKey[] },
} as const;

export type PolicyGroup = keyof typeof POLICY_GROUPS;

/** What a policy is, behind its label. */
export function policyNow<K extends PolicyKey>(key: K, value: Policies[K], terms: PolicyTerms): string {
  return POLICY_WORDS[key].value(value, terms);
}

/** What a policy means, as a sentence. */
export function policyMeaning<K extends PolicyKey>(key: K, value: Policies[K], terms: PolicyTerms): string {
  return POLICY_WORDS[key].means(value, terms);
}

/** Under what a policy has stopped: which one. */
export function policyLine(workspaceName: string, key: PolicyKey): Part {
  return subtle(`${workspaceName}'s policy “${POLICY_WORDS[key].label}” says so.`);
}

export const moneyIn = (currency: string) => (minor: number) => readersMoney(minor, currency);

/** `Slack`, or `Slack (Acme)` where the company has several there. */
export function chatWords(platform: string, name: string | undefined): string {
  return name ? `${platform} (${name})` : platform;
}

export const GONE_CHAT = 'a chat that was disconnected';
export const POLICY_SAVED = 'Saved';

/** `lines`: each policy with what it says. */
export const bindingWords = (lines: readonly string[]): string => `What binds them here: ${lines.join('; ')}.`;
