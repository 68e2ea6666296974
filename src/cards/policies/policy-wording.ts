import type { Policies, PolicyKey } from '../../workspace/entities.js';
import type { TenantKey } from '../../workspace/identity.js';

/** How amounts and chats are named to the reader. */
export interface PolicyTerms {
  money(minor: number): string;
  /** `Slack`, or the team's own name where the company has several. */
  tenant(key: TenantKey): string;
}

/** How a policy's value is asked for. */
export type PolicyInput =
  | { input: 'amount' | 'days' | 'domains' | 'tenants' }
  /** `off`: what it is where none of the options is chosen; left out where one of them is what holds then. */
  | { input: 'choice'; options: readonly PolicyOption[]; off?: string };

/** What a policy may be, as it is written into a button's arguments: see policy-text.ts. */
export interface PolicyOption {
  value: string;
  label: string;
  /** Other words for it. */
  typed?: readonly string[];
}

/** How a policy is named, typed and told; `V` is undefined where it is not set. */
export interface PolicyWords<V> {
  /** What is typed for it: `policy cap 200`. The first is shown. */
  typed: readonly [string, ...string[]];
  label: string;
  input: PolicyInput;
  /** Its value on the list, behind the label. */
  value(value: V, terms: PolicyTerms): string;
  /** What it will mean, as a sentence, before it is confirmed. */
  means(value: V, terms: PolicyTerms): string;
  /** Of a form's field. */
  hint: string;
}

export type PolicyWordsOf<K extends PolicyKey> = { readonly [P in K]: PolicyWords<Policies[P]> };
