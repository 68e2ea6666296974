import type { Minor } from '../../ledger/entry.js';
import type { Policies, PolicyKey } from '../../workspace/entities.js';
import type { PolicyTerms } from '../policies/policy-wording.js';
import { POLICY_WORDS, policyMeaning, policyNow } from '../policies/policy-words.js';
import { stopWords } from '../workspaces/disable-cards.js';

/** The label of saying yes, where what is asked for has none of its own. */
export const APPROVE = 'Approve';

export function workspaceAsked(name: string) {
  return {
    wants: `for a workspace called ${name}`,
    context: [],
    details: ['Whoever asked becomes its primary owner. It starts empty, and costs nothing by itself.'],
  };
}

export function enablingAsked(workspaceName: string) {
  return {
    wants: `to enable ${workspaceName}`,
    context: ['Its people, API keys and automatic payments work again from then on.'],
  };
}

export function disablingAsked(of: {
  name: string;
  reason?: string;
  members: number;
  balanceMinor: Minor;
  currency: string;
}) {
  return {
    wants: `to disable ${of.name}`,
    context: [...(of.reason ? [`“${of.reason}”`] : []), ...stopWords(of)],
  };
}

export function policyAsked<K extends PolicyKey>(
  key: K,
  after: Policies[K],
  { terms, workspaceName }: { terms: PolicyTerms; workspaceName: string },
) {
  return {
    wants: `to set “${POLICY_WORDS[key].label}” in ${workspaceName} to: ${policyNow(key, after, terms)}`,
    context: [policyMeaning(key, after, terms)],
  };
}
