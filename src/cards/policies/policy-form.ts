import type { Policies, PolicyKey } from '../../workspace/entities.js';
import type { TenantKey } from '../../workspace/identity.js';
import type { Field, Form } from '../card.js';
import type { About } from '../parts.js';
import { policyText } from './policy-text.js';
import { POLICY_WORDS, policyNow } from './policy-words.js';
import type { PolicyTerms } from './policy-wording.js';

type Choice = Extract<Field, { input: 'choice' }>['options'][number];

/** Asks which policy is to be changed; each says what it is now. */
export function choosePolicyForm(to: {
  about: About;
  choices: readonly PolicyKey[];
  policies: Policies;
  terms: PolicyTerms;
}): Form {
  const { about, choices, policies, terms } = to;
  const now = (key: PolicyKey) => `${POLICY_WORDS[key].label}: ${policyNow(key, policies[key], terms)}`;
  return {
    name: 'choose-policy',
    title: 'Policies',
    submit: 'Go on',
    intro: [`Which policy of ${about.name} shall change?`],
    call: { command: 'policy', args: { change: true }, workspace: about.id },
    fields: [
      {
        name: 'policy',
        label: 'Policy',
        input: 'choice',
        options: choices.map((key) => ({ value: key, label: now(key) })),
      },
    ],
  };
}

/** Asks for one policy's value: a line to type, or what it may be to pick from. */
export function policyForm(to: {
  about: About;
  policy: PolicyKey;
  policies: Policies;
  terms: PolicyTerms;
  /** The company's chats. */
  tenants: readonly TenantKey[];
}): Form {
  const { about, policy, policies, terms } = to;
  const { label, input } = POLICY_WORDS[policy];
  return {
    name: `policy-${input.input}`,
    title: 'Policy',
    submit: 'Go on',
    intro: [{ strong: label }, `. In ${about.name} it is now: ${policyNow(policy, policies[policy], terms)}.`],
    call: { command: 'policy', args: { change: true, policy }, workspace: about.id },
    fields: [fieldOf(to)],
  };
}

function fieldOf(to: Parameters<typeof policyForm>[0]): Field {
  const { about, policy, policies } = to;
  const { input, hint, label } = POLICY_WORDS[policy];
  const now = policies[policy];
  const typed = now === undefined ? {} : { initial: policyText(policy, now, about.currency) };
  switch (input.input) {
    case 'amount':
      return { name: 'value', label: 'Amount', hint, input: 'line', maxLength: 40, ...typed };
    case 'days':
      return { name: 'value', label: 'Days', hint, input: 'line', maxLength: 10, ...typed };
    case 'domains':
      return { name: 'value', label: 'Domains', hint: `${hint} Off: any.`, input: 'line', maxLength: 1_000, ...typed };
    case 'tenants':
      return picked(label, hint, tenantChoices(to), typed.initial);
    case 'choice': {
      const off = input.off === undefined ? [] : [{ value: 'off', label: input.off }];
      const options = [...input.options.map(({ value, label: shown }) => ({ value, label: shown })), ...off];
      return picked(label, hint, options, typed.initial);
    }
  }
}

/** Chosen already: what it is now, where that can be chosen; else what it is where nothing is set. */
function picked(label: string, hint: string, options: readonly Choice[], now = 'off'): Field {
  const initial = options.find(({ value }) => value === now);
  return { name: 'value', label, hint, input: 'choice', options, ...(initial && { initial: initial.value }) };
}

function tenantChoices({ tenants, terms }: Pick<Parameters<typeof policyForm>[0], 'tenants' | 'terms'>): Choice[] {
  const each = tenants.map((tenant) => ({ value: tenant, label: `${terms.tenant(tenant)} only` }));
  return [...each, { value: 'off', label: "Any of the company's chats" }];
}
