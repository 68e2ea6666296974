import { z } from 'zod';
import type { PoliciesFacts } from '../cards/policy-cards.js';
import { policiesCard, policyConfirmCard, policyForm } from '../cards/policy-cards.js';
import { moneyIn, POLICY_WORDS } from '../cards/policy-words.js';
import type { Answer } from '../chat/invocation.js';
import { newId } from '../id.js';
import { looksLikeAmount, parseAmount } from '../money.js';
import { refuse } from '../refusal.js';
import type { PolicyKey } from '../workspace/entities.js';
import { holdersOf } from '../workspace/memberships.js';
import { type Action, verdict } from '../workspace/permissions.js';
import { policiesBind, policiesOf, POLICIES, POLICY_KEYS, setPolicy } from '../workspace/policies.js';
import { flag } from './argument.js';
import { type Args, type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import type { Reader } from './reader.js';

const TYPED = Object.fromEntries(
  POLICY_KEYS.flatMap((key) => POLICY_WORDS[key].typed.map((word) => [word, key] as const)),
) as Readonly<Record<string, PolicyKey>>;
const OFF = ['off', 'none', 'never', 'no'];

/** The right that a call takes: to see them, or to set the one that is meant. */
export function actionOfPolicy({ policy, value, change }: Args): Action {
  if (value === undefined && change !== true) return 'seePolicies';
  const key = POLICY_KEYS.find((one) => one === policy);
  return key ? POLICIES[key].action : 'setPolicies';
}

/** A workspace's policies: the list, a form, and what a change means before it is made. */
export const policy = workspaceCommand({
  args: z.strictObject({
    policy: z
      .enum(
        POLICY_KEYS,
        `a policy: ${Object.values(POLICY_WORDS)
          .map(({ typed }) => typed[0])
          .join(', ')}`,
      )
      .optional(),
    /** An amount, or `off`. */
    value: z.string().max(40, 'an amount, or off').optional(),
    change: flag,
    sure: flag,
  }),
  read: readPolicy,
  async form(context, args) {
    if (args.value !== undefined && args.policy) return undefined;
    if (args.value === undefined && !args.change) return undefined;
    assertBinds(context);
    const { account, services, workspace } = context;
    return policyForm({
      about: await aboutWorkspace(services.ledger, workspace),
      policies: await policiesOf(account.id, workspace.id),
      choices: changeable(context),
      ...(args.policy && { policy: args.policy }),
    });
  },
  async asks({ workspace }, args) {
    if (!workspace || !args.policy) throw new Error('a change of a policy names its workspace and policy');
    const words = POLICY_WORDS[args.policy];
    const value = readValue(args.value, workspace.currency);
    const wants = `to set “${words.label}” in ${workspace.name} to: ${words.value(value, moneyIn(workspace.currency))}`;
    return { wants, context: [words.means(value, moneyIn(workspace.currency))] };
  },
  async moves({ account, workspace }, args) {
    if (!args.sure || args.policy !== 'twoPeopleAboveMinor') return undefined;
    const { twoPeopleAboveMinor: before } = await policiesOf(account.id, workspace.id);
    const after = readValue(args.value, workspace.currency);
    if (before === undefined || (after !== undefined && after <= before)) return undefined;
    const what = POLICY_WORDS.twoPeopleAboveMinor.means(after, moneyIn(workspace.currency));
    return { workspace, amountMinor: 0, what, loosensTwo: true };
  },
  async run(context, args) {
    if (!args.policy || args.value === undefined) return { kind: 'private', card: await list(context) };
    assertBinds(context);
    const value = readValue(args.value, context.workspace.currency);
    return args.sure ? set(context, args.policy, value) : confirm(context, args.policy, value);
  },
});

function readPolicy(words: Reader): Args {
  const key = words.oneOf(TYPED);
  if (!key) return {};
  words.drop(
    'people',
    'persons',
    'above',
    'over',
    'up',
    'at',
    'owners',
    "owner's",
    "owners'",
    'card',
    'saved',
    'amount',
  );
  const off = words.oneOf(Object.fromEntries(OFF.map((word) => [word, 'off'])));
  const [first] = words.left;
  const isPlace = first?.kind === 'word' && ['in', 'of', 'for', 'on'].includes(first.text.toLowerCase());
  const amount = words.left.some((word) => word.kind === 'word' && looksLikeAmount(word.text)) || (first && !isPlace);
  const typed = amount ? words.amount() : undefined;
  const value = off ?? typed;
  return { policy: key, ...(value === undefined ? { change: true } : { value }) };
}

/** Undefined: off. */
function readValue(value: string | undefined, currency: string): number | undefined {
  return value === undefined || OFF.includes(value.trim().toLowerCase()) ? undefined : parseAmount(value, currency);
}

function assertBinds({ account }: InWorkspace): void {
  if (!policiesBind(account.plan)) refuse({ kind: 'planNeeded', what: 'Policies', plan: account.plan, needs: 'teams' });
}

function changeable({ membership }: InWorkspace): PolicyKey[] {
  return POLICY_KEYS.filter((key) => verdict(POLICIES[key].action, membership.role).answer === 'yes');
}

async function list(context: InWorkspace, said?: string) {
  const { account, services, workspace } = context;
  const facts: PoliciesFacts = {
    about: await aboutWorkspace(services.ledger, workspace),
    policies: await policiesOf(account.id, workspace.id),
    mayChange: changeable(context),
    ...(!policiesBind(account.plan) && { notOn: account.plan }),
    ...(said && { said }),
  };
  return policiesCard(facts);
}

async function confirm(context: InWorkspace, key: PolicyKey, after: number | undefined): Promise<Answer> {
  const { account, at, services, workspace } = context;
  const roles = key === 'ownersCapMinor' ? (['owner'] as const) : (['primaryOwner', 'owner'] as const);
  const touched = await holdersOf(account.id, workspace.id, roles);
  const before = await policiesOf(account.id, workspace.id);
  const card = policyConfirmCard({
    about: await aboutWorkspace(services.ledger, workspace),
    policy: key,
    before: before[key],
    after,
    touches: touched.map((person) => person.name),
    key: newId('op', at),
  });
  return { kind: 'private', card };
}

async function set(context: InWorkspace, key: PolicyKey, value: number | undefined): Promise<Answer> {
  const { account, actor, approvedBy, at, workspace } = context;
  const by = { by: actor.id, ...(approvedBy && { approvedBy: approvedBy.id }) };
  await setPolicy({ account, workspace: workspace.id, key, value, ...by, at });
  return { kind: 'private', replace: true, card: await list(context, 'Saved') };
}
