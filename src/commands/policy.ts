import { z } from 'zod';
import type { Card } from '../cards/card.js';
import { policiesCard, policyConfirmCard } from '../cards/policies/policy-cards.js';
import { choosePolicyForm, policyForm } from '../cards/policies/policy-form.js';
import {
  POLICY_GROUPS,
  POLICY_SAVED,
  POLICY_WORDS,
  type PolicyGroup,
  policyMeaning,
} from '../cards/policies/policy-words.js';
import { policyAsked } from '../cards/requests/asked-words.js';
import type { Answer } from '../chat/invocation.js';
import { newId } from '../id.js';
import { refuse } from '../refusal.js';
import type { Account, Policies, PolicyKey, Workspace } from '../workspace/entities.js';
import { type Action, verdict } from '../workspace/permissions.js';
import { policiesBind, policiesOf, policyMark, setPolicy, withPolicy } from '../workspace/policies.js';
import { POLICIES, POLICY_KEYS } from '../workspace/policy-rows.js';
import { flag } from './argument.js';
import { type Args, type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { touchedBy } from './policy-impact.js';
import { policyTerms } from './policy-terms.js';
import { policyValue, readPolicyValue, strayWord } from './policy-values.js';
import type { Reader } from './reader.js';

const TYPED = Object.fromEntries(
  POLICY_KEYS.flatMap((key) => POLICY_WORDS[key].typed.map((word) => [word, key] as const)),
) as Readonly<Record<string, PolicyKey>>;

const A_POLICY = `a policy: ${Object.values(POLICY_WORDS)
  .map(({ typed }) => typed[0])
  .join(', ')}`;

/** The right that a call takes: to see them, or to set the one that is meant. */
export function actionOfPolicy({ policy, value, change }: Args): Action {
  if (value === undefined && change !== true) return 'seePolicies';
  const key = POLICY_KEYS.find((one) => one === policy);
  return key ? POLICIES[key].action : 'setPolicies';
}

/** A workspace's policies: the list, a form, and what a change means and whom it touches before it is made. */
export const policy = workspaceCommand({
  args: z.strictObject({
    policy: z.enum(POLICY_KEYS, A_POLICY).optional(),
    /** As cards/policies/policy-text.ts writes it, or as it was typed. */
    value: z.string().max(1_000, 'a shorter value').optional(),
    change: flag,
    /** Of the list: one of it is to be changed. */
    group: z.enum(Object.keys(POLICY_GROUPS) as PolicyGroup[]).optional(),
    /** The mark of what it was set to when the card was drawn. */
    was: z.string().max(40).optional(),
    sure: flag,
  }),
  read: readPolicy,
  async form(context, args) {
    if (args.value !== undefined && args.policy) return undefined;
    if (args.value === undefined && !args.change) return undefined;
    assertBinds(context);
    const { account, services, workspace } = context;
    const about = await aboutWorkspace(services.ledger, workspace);
    const policies = await policiesOf(account.id, workspace.id);
    const terms = await policyTerms(context);
    if (args.policy) return policyForm({ about, policy: args.policy, policies, terms, tenants: account.tenants });
    const among: readonly PolicyKey[] = args.group ? POLICY_GROUPS[args.group].keys : POLICY_KEYS;
    return choosePolicyForm({
      about,
      choices: changeable(context).filter((key) => among.includes(key)),
      policies,
      terms,
    });
  },
  async asks({ account, services, workspace }, { policy: key, value }) {
    if (!workspace || !key) throw new Error('a change of a policy names its workspace and policy');
    const after = policiesAfter({}, { account, workspace, key, value });
    const terms = await policyTerms({ account, services, workspace });
    return policyAsked(key, after[key], { terms, workspaceName: workspace.name });
  },
  async moves({ account, services, workspace }, { policy: key, value, sure }) {
    if (!sure || key !== 'twoPeopleAboveMinor') return undefined;
    const { twoPeopleAboveMinor: before } = await policiesOf(account.id, workspace.id);
    const after = policiesAfter({}, { account, workspace, key, value });
    const { twoPeopleAboveMinor: wanted } = after;
    if (before === undefined || (wanted !== undefined && wanted <= before)) return undefined;
    const what = policyMeaning(key, wanted, await policyTerms({ account, services, workspace }));
    return { workspace, amountMinor: 0, what, loosensTwo: true };
  },
  async run(context, args) {
    const { policy: key, value, sure, was } = args;
    if (!key || value === undefined) return { kind: 'private', card: await list(context) };
    assertBinds(context);
    return sure ? set(context, key, value, was) : confirm(context, key, value);
  },
});

function readPolicy(words: Reader): Args {
  const key = words.oneOf(TYPED);
  if (!key && words.choice(['change', 'set'])) return { change: true };
  if (!key) {
    const typed = strayWord(words);
    return typed === undefined ? {} : refuse({ kind: 'badArgument', argument: 'policy', typed, expected: A_POLICY });
  }
  const value = readPolicyValue(words, key);
  return { policy: key, ...(value === undefined ? { change: true } : { value }) };
}

/** @throws Refusal badAmount, badArgument (`value`) */
function policiesAfter(
  before: Policies,
  change: { account: Account; workspace: Workspace; key: PolicyKey; value: string | undefined },
): Policies {
  const { account, workspace, key, value = 'off' } = change;
  return withPolicy(before, key, policyValue(key, value, { account, currency: workspace.currency }));
}

function assertBinds({ account }: InWorkspace): void {
  if (!policiesBind(account.plan)) refuse({ kind: 'planNeeded', what: 'Policies', plan: account.plan, needs: 'teams' });
}

function changeable({ membership }: InWorkspace): PolicyKey[] {
  return POLICY_KEYS.filter((key) => verdict(POLICIES[key].action, membership.role).answer === 'yes');
}

async function list(context: InWorkspace, said?: string): Promise<Card> {
  const { account, services, workspace } = context;
  return policiesCard({
    about: await aboutWorkspace(services.ledger, workspace),
    policies: await policiesOf(account.id, workspace.id),
    terms: await policyTerms(context),
    mayChange: changeable(context),
    ...(!policiesBind(account.plan) && { notOn: account.plan }),
    ...(said && { said }),
  });
}

async function confirm(context: InWorkspace, key: PolicyKey, value: string, anew = false): Promise<Answer> {
  const { account, at, services, workspace } = context;
  const before = await policiesOf(account.id, workspace.id);
  const after = policiesAfter(before, { account, workspace, key, value });
  const card = policyConfirmCard({
    about: await aboutWorkspace(services.ledger, workspace),
    policy: key,
    before,
    after,
    terms: await policyTerms(context),
    touches: await touchedBy(context, { key, before, after }),
    key: newId('op', at),
    was: policyMark(before[key]),
    anew,
  });
  return { kind: 'private', card, replace: anew };
}

/** Of two owners at once the second sees what the first has set. Somebody's yes is to the value itself, whatever it was. */
async function set(context: InWorkspace, key: PolicyKey, typed: string, was: string | undefined): Promise<Answer> {
  const { account, actor, approvedBy, at, workspace } = context;
  const value = policyValue(key, typed, { account, currency: workspace.currency });
  const by = { by: actor.id, ...(approvedBy && { approvedBy: approvedBy.id }) };
  const seen = was !== undefined && !approvedBy && { was };
  const { outdated } = await setPolicy({ account, workspace: workspace.id, key, value, ...by, ...seen, at });
  if (outdated) return confirm(context, key, typed, true);
  return { kind: 'private', replace: true, card: await list(context, POLICY_SAVED) };
}
