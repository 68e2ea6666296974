import { POLICY_WORDS } from '../cards/policies/policy-words.js';
import type { PolicyInput } from '../cards/policies/policy-wording.js';
import { looksLikeAmount, parseAmount } from '../money.js';
import { refuse } from '../refusal.js';
import type { Account, Policies, PolicyKey } from '../workspace/entities.js';
import { parseTenantKey, type TenantKey } from '../workspace/identity.js';
import { isDomain, LONGEST_DAYS, MOST_DOMAINS } from '../workspace/policy-rows.js';
import type { Reader } from './reader.js';

const OFF = ['off', 'none', 'never', 'no', 'any'];
const PLACE = ['in', 'of', 'for', 'on'];
const JOINING = ['people', 'persons', 'above', 'over', 'up', 'at', 'amount', 'owners', "owner's", "owners'", 'saved'];
const BESIDE_A_CHOICE = ['who', 'may', 'can', 'is', 'are', 'to', 'by', 'only', 'too', 'create', 'meeting', 'meetings'];
const CHATS: Readonly<Record<string, string>> = { slack: 'slack', teams: 'teams', microsoft: 'teams' };

/** What was typed behind a policy's name, as its value: undefined where nothing was. */
export function readPolicyValue(words: Reader, key: PolicyKey): string | undefined {
  const { input } = POLICY_WORDS[key];
  const off = words.oneOf(Object.fromEntries(OFF.map((word) => [word, 'off'])));
  const typed = READ[input.input](words, input);
  return off ?? typed ?? strayWord(words);
}

const READ: Readonly<Record<PolicyInput['input'], (words: Reader, input: PolicyInput) => string | undefined>> = {
  amount(words) {
    words.drop(...JOINING, 'card', 'members', "members'");
    const isAmount = words.left.some((word) => word.kind === 'word' && looksLikeAmount(word.text));
    return isAmount ? words.amount() : undefined;
  },
  days(words) {
    words.drop('after', 'api', 'meetings', 'life', 'age', 'longest');
    return words.days() ?? words.matching(/^\d{1,6}$/);
  },
  domains(words) {
    words.drop('allowed', 'domain', 'domains', 'only');
    return several(() => words.matching(/^@?[^@\s]+\.[^@\s]+$/));
  },
  tenants(words) {
    words.drop('only', 'people', 'come', 'from');
    return several(() => words.oneOf(CHATS));
  },
  choice(words, input) {
    const chosen = words.oneOf(vocabularyOf(input));
    words.drop(...BESIDE_A_CHOICE);
    return chosen;
  },
};

function several(next: () => string | undefined): string | undefined {
  const all: string[] = [];
  for (let one = next(); one !== undefined; one = next()) all.push(one);
  return all.length > 0 ? all.join(' ') : undefined;
}

/** A word that is no value, so that it can be refused by name; a place is left for whoever reads those. */
export function strayWord(words: Reader): string | undefined {
  const [first] = words.left;
  if (!first) return undefined;
  const isPlace = first.kind === 'word' && PLACE.includes(first.text.toLowerCase());
  return isPlace ? undefined : words.word();
}

function vocabularyOf(input: PolicyInput): Readonly<Record<string, string>> {
  if (input.input !== 'choice') return {};
  return Object.fromEntries(
    input.options.flatMap(({ value, typed = [] }) => [value, ...typed].map((word) => [word, value])),
  );
}

/**
 * A policy's value as it was typed, chosen or carried by a button; undefined is off.
 * @throws Refusal badAmount, badArgument (`value`)
 */
export function policyValue(
  key: PolicyKey,
  text: string,
  { account, currency }: { account: Account; currency: string },
): Policies[PolicyKey] {
  const { input } = POLICY_WORDS[key];
  const typed = text.trim();
  if (OFF.includes(typed.toLowerCase())) return undefined;
  switch (input.input) {
    case 'amount':
      return parseAmount(typed, currency);
    case 'days':
      return daysOf(typed);
    case 'domains':
      return domainsOf(typed);
    case 'tenants':
      return tenantsOf(typed, account);
    case 'choice': {
      const value = vocabularyOf(input)[typed.toLowerCase()];
      const labels = input.options.map(({ label }) => label.toLowerCase());
      return value === undefined ? refuseValue(typed, `one of these: ${labels.join('; ')}`) : asValue(value);
    }
  }
}

/** What options stand for. */
const asValue = (value: string): Policies[PolicyKey] => (value === 'yes' ? true : (value as Policies[PolicyKey]));

function daysOf(typed: string): number {
  const [, number] = /^(\d{1,6})\s*(?:d|days?)?$/i.exec(typed) ?? [];
  const days = Number(number);
  return days >= 1 && days <= LONGEST_DAYS ? days : refuseValue(typed, `a number of days from 1 to ${LONGEST_DAYS}`);
}

function domainsOf(typed: string): string[] {
  const domains = typed
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && word !== 'and')
    .map((word) => word.replace(/^@/, ''));
  const wrong = domains.find((domain) => !isDomain(domain));
  if (wrong !== undefined || domains.length === 0) return refuseValue(typed, 'domains like acme.com');
  const all = [...new Set(domains)].toSorted();
  return all.length > MOST_DOMAINS ? refuseValue(typed, `at most ${MOST_DOMAINS} domains`) : all;
}

/** `slack` stands for all of the company's Slack teams. */
function tenantsOf(typed: string, account: Account): TenantKey[] {
  const meant = typed.toLowerCase().split(/\s+/);
  const known = account.tenants.filter((tenant) => {
    const { platform } = parseTenantKey(tenant);
    return meant.includes(platform) || typed.split(/\s+/).includes(tenant);
  });
  const connected = new Set(account.tenants.map((tenant) => parseTenantKey(tenant).platform));
  return known.length > 0 ? known : refuseValue(typed, `a chat of the company: ${[...connected].join(' or ')}`);
}

function refuseValue(typed: string, expected: string): never {
  return refuse({ kind: 'badArgument', argument: 'value', typed, expected });
}
