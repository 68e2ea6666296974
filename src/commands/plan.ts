import { z } from 'zod';
import { type PlanOffer, planChangedCard, planConfirmCard, plansCard } from '../cards/workspaces/plan-cards.js';
import { PLAN_ALREADY, PLAN_CHANGED_MEANWHILE } from '../cards/workspaces/plan-words.js';
import { POLICY_WORDS } from '../cards/policies/policy-words.js';
import type { Answer } from '../chat/invocation.js';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { tellPlanChanged } from '../notices/workspaces/plan-notices.js';
import { getAccount } from '../workspace/accounts.js';
import { type Account, type Plan, PLANS, type WorkspaceId } from '../workspace/entities.js';
import { assertSeatsSuffice, changePlan, policiesSet } from '../workspace/plan-change.js';
import { planPriceMinor, SEATS } from '../workspace/plans.js';
import { policiesBind } from '../workspace/policies.js';
import { eligibleForTwo } from '../workspace/policy-two.js';
import { seatsUsed } from '../workspace/seats.js';
import { flag } from './argument.js';
import { type Args, type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { seatsByWorkspace } from './my-seats.js';

const TYPED: Readonly<Record<string, Plan>> = { free: 'free', teams: 'teams', team: 'teams', enterprise: 'enterprise' };
const tier = z.enum(PLANS, 'a plan: free, teams or enterprise');

export const changesPlan = ({ sure }: Args): boolean => sure === true;

/** The company's plan: what each has and costs, and what another would change, before it is taken. */
export const plan = workspaceCommand({
  args: z.strictObject({
    tier: tier.optional(),
    /** The plan that the pressed card showed. */
    from: tier.optional(),
    sure: flag,
  }),
  read(words) {
    words.drop('to', 'on', 'our', 'my', 'plan');
    return { tier: words.oneOf(TYPED) };
  },
  async run(context, args) {
    // Not as dispatch remembers it: somebody may just have changed it.
    const account = await getAccount(context.account.id);
    if (!account) throw new Error(`account ${context.account.id} is gone`);
    if (!args.tier) return { kind: 'private', card: await plans(context, account) };
    if (args.sure && args.from !== account.plan) {
      return { kind: 'private', card: await plans(context, account, PLAN_CHANGED_MEANWHILE) };
    }
    if (args.tier === account.plan) {
      return { kind: 'private', card: await plans(context, account, PLAN_ALREADY) };
    }
    return args.sure ? change(context, account, args.tier) : confirm(context, account, args.tier);
  },
});

/**
 * With the policies goes the rule about two people, which one alone may not take off where there are two.
 * @throws Refusal ruleInForce
 */
async function assertNoRuleLost(context: InWorkspace, account: Account, to: Plan): Promise<void> {
  if (!policiesBind(account.plan) || policiesBind(to)) return;
  const ruled: WorkspaceId[] = [];
  for (const [workspace, keys] of await policiesSet(account.id)) {
    if (!keys.includes('twoPeopleAboveMinor')) continue;
    if ((await eligibleForTwo({ account: account.id, workspace })).humans >= 2) ruled.push(workspace);
  }
  if (ruled.length === 0) return;
  const mine = [...(await seatsByWorkspace(context, ruled)).values()].map(({ workspace }) => workspace);
  const named = mine.map(({ id, name }) => ({ workspace: id, name }));
  refuse({ kind: 'ruleInForce', plan: to, workspaces: named, elsewhere: ruled.length - mine.length });
}

function offerOf(one: Plan, { currency }: Account): PlanOffer {
  const priceMinor = planPriceMinor(one, currency);
  const policies = policiesBind(one);
  return { plan: one, seats: SEATS[one], policies, ...(priceMinor !== undefined && { priceMinor }) };
}

async function plans(context: InWorkspace, account: Account, said?: string) {
  return plansCard({
    about: await aboutWorkspace(context.services.ledger, context.workspace),
    company: account.name,
    currency: account.currency,
    current: account.plan,
    offers: PLANS.map((one) => offerOf(one, account)),
    used: await seatsUsed(account.id),
    ...(said && { said }),
  });
}

async function confirm(context: InWorkspace, account: Account, to: Plan): Promise<Answer> {
  await assertSeatsSuffice(account.id, to);
  await assertNoRuleLost(context, account, to);
  const { at } = context;
  const ends = policiesBind(account.plan) && !policiesBind(to);
  const stopping: Awaited<ReturnType<typeof policiesSet>> = ends ? await policiesSet(account.id) : new Map();
  const mine = [...(await seatsByWorkspace(context, stopping.keys())).values()];
  const card = planConfirmCard({
    about: await aboutWorkspace(context.services.ledger, context.workspace),
    company: account.name,
    currency: account.currency,
    from: offerOf(account.plan, account),
    to: offerOf(to, account),
    used: await seatsUsed(account.id),
    stops: mine.map(({ workspace }) => ({
      workspace: workspace.name,
      policies: (stopping.get(workspace.id) ?? []).map((key) => POLICY_WORDS[key].label),
    })),
    stopsElsewhere: stopping.size - mine.length,
    key: newId('op', at),
  });
  return { kind: 'private', card };
}

async function change(context: InWorkspace, before: Account, to: Plan): Promise<Answer> {
  const { actor, at, forgetAccount, key, workspace } = context;
  await assertNoRuleLost(context, before, to);
  const after = await inTransaction(async () => {
    const changed = await changePlan({
      account: before.id,
      workspace: workspace.id,
      plan: to,
      expected: before.plan,
      by: actor.id,
      at,
    });
    await tellPlanChanged({ before, after: changed, by: actor, key });
    return changed;
  });
  forgetAccount?.();
  const about = await aboutWorkspace(context.services.ledger, context.workspace);
  const card = planChangedCard({ about, company: after.name, plan: to, policies: policiesBind(to) });
  return { kind: 'private', replace: true, card };
}
