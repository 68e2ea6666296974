import { z } from 'zod';
import { automaticTopUpForm, rechargeForm } from '../cards/payments/automatic-forms.js';
import { automaticConfirmCard, automaticNeedsCardCard } from '../cards/payments/automatic-card.js';
import { ruleSentences } from '../cards/payments/automatic-words.js';
import { cardName } from '../cards/payments/card-name.js';
import { press } from '../cards/parts.js';
import { atOnceWords, automaticAsked, automaticOffAsked } from '../cards/requests/asked-money-words.js';
import type { Answer } from '../chat/invocation.js';
import { tellOfChange } from '../notices/payments/automatic-notices.js';
import type { Automatic } from '../payments/automatic/automatic.js';
import { decide } from '../payments/automatic/decide.js';
import {
  endAutomatic,
  pauseAutomatic,
  type Rules,
  resumeAutomatic,
  setAutomatic,
  withRules,
} from '../payments/automatic/settings.js';
import { automaticOf } from '../payments/automatic/store.js';
import type { Minor } from '../ledger/entry.js';
import { LARGEST_MINOR } from '../money.js';
import { refuse } from '../refusal.js';
import { type Action, verdict } from '../workspace/permissions.js';
import { amount, flag, text } from './argument.js';
import { readRules, type TypedRules } from './auto-rules.js';
import { stateCard } from './auto-state.js';
import { readAuto } from './auto-words.js';
import { type Args, type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { requireYes } from './permission.js';

const autoArgs = z.strictObject({
  what: z.enum(['topup', 'recharge', 'pause', 'resume', 'off'], 'topup, recharge, pause, resume or off').optional(),
  below: amount.optional(),
  add: amount.optional(),
  max: amount.optional(),
  amount: amount.optional(),
  day: z.string().max(20, 'a day from 1 to 31, or last').optional(),
  /** What is turned off; both where it is left out. */
  which: z.enum(['topup', 'recharge']).optional(),
  why: text(500).optional(),
  sure: flag,
});
type AutoArgs = z.infer<typeof autoArgs>;

/** The right that a call takes: to see how it stands, to pause and resume, or to set. */
export function actionOfAuto({ what }: Args): Action {
  if (what === undefined) return 'seeBalance';
  return what === 'pause' || what === 'resume' ? 'pauseAutomaticPayments' : 'setAutomaticPayments';
}

/** Balance that is added by itself: set by the primary owner, paused and resumed by owners and admins too. */
export const auto = workspaceCommand({
  args: autoArgs,
  read: readAuto,
  async form({ account, membership, workspace }, args) {
    if (isWhole(args) || (args.what !== 'topup' && args.what !== 'recharge')) return undefined;
    const now = await automaticOf({ account: account.id, workspace: workspace.id });
    const sets = verdict('setAutomaticPayments', membership.role).answer === 'yes';
    const asked = { about: workspace, now, typed: args, sets };
    return args.what === 'topup' ? automaticTopUpForm(asked) : rechargeForm(asked);
  },
  async asks({ workspace }, args) {
    if (!workspace) throw new Error('automatic payments are of a workspace');
    if (args.what === 'off') return automaticOffAsked(workspace.name);
    const sentences = ruleSentences(rulesOf(args, workspace.currency), workspace.currency, 'the saved card');
    return automaticAsked(workspace.name, sentences);
  },
  async moves({ approvedBy, workspace }, args) {
    if (!isWhole(args) || !(args.sure || approvedBy)) return undefined;
    const rules = rulesOf(args, workspace.currency);
    const amountMinor = weightOf(rules);
    const sentences = ruleSentences(rules, workspace.currency);
    if (rules.below && amountMinor > rules.below.addMinor && rules.below.monthlyMaxMinor === undefined)
      sentences.push(atOnceWords(amountMinor, workspace.currency));
    return { workspace, amountMinor, what: sentences.join(' ') };
  },
  async run(context, args) {
    switch (args.what) {
      case undefined:
        return { kind: 'private', card: await stateCard(context) };
      case 'topup':
      case 'recharge':
        return args.sure || context.approvedBy ? turnOn(context, args) : confirm(context, args);
      case 'pause':
        return change(context, 'paused', pauseAutomatic);
      case 'resume':
        return resume(context);
      case 'off': {
        const which = args.which && (args.which === 'topup' ? 'below' : 'monthly');
        return change(context, 'off', (of) => endAutomatic({ ...of, ...(which && { which }) }));
      }
    }
  },
});

function isWhole({ what, below, add, amount: monthly, day }: AutoArgs): boolean {
  if (what === 'topup') return below !== undefined && add !== undefined;
  return what === 'recharge' && monthly !== undefined && day !== undefined;
}

/** What is weighed: the month's maximum, or, without one, what closes the gap of an empty balance in one charge. */
function weightOf({ below, monthly }: Rules): Minor {
  if (monthly) return monthly.amountMinor;
  if (!below) return 0;
  const { addMinor, belowMinor, monthlyMaxMinor } = below;
  return monthlyMaxMinor ?? Math.min(LARGEST_MINOR, Math.ceil(belowMinor / addMinor) * addMinor);
}

function rulesOf(args: TypedRules, currency: string): Rules {
  return readRules(args, currency);
}

/** Says what will happen, from which card, before anything is on. */
async function confirm(context: InWorkspace, args: AutoArgs): Promise<Answer> {
  const { account, actor, at, key, services, workspace } = context;
  const of = { account: account.id, workspace: workspace.id };
  const rules = rulesOf(args, workspace.currency);
  const about = await aboutWorkspace(services.ledger, workspace);
  const { why: _why, ...asked } = args;
  const turnOn = press('Turn on', 'auto', plainArgs({ ...asked, sure: true }), {
    workspace: workspace.id,
    key: `auto:${key}`,
    style: 'primary',
  });
  const card = await services.payments.savedCard(of);
  if (!card) return { kind: 'private', card: automaticNeedsCardCard({ about, amountMinor: oneOf(rules), go: turnOn }) };
  const head = await services.ledger.head(workspace.id);
  const after = withRules(await automaticOf(of), { workspace, by: actor.id, at, ...rules });
  const next = decide(after, head?.availableMinor ?? 0, workspace.timeZone, at);
  return {
    kind: 'private',
    card: automaticConfirmCard({
      about,
      rules,
      card: cardName(card),
      zone: workspace.timeZone,
      turnOn,
      ...(rules.below && next.do === 'charge' && { nowMinor: next.amountMinor }),
      ...(rules.monthly && after.rechargeAt && { firstAt: after.rechargeAt }),
    }),
  };
}

async function turnOn(context: InWorkspace, args: AutoArgs): Promise<Answer> {
  const { account, services, workspace } = context;
  const rules = rulesOf(args, workspace.currency);
  const card = await services.payments.savedCard({ account: account.id, workspace: workspace.id });
  if (!card) return refuse({ kind: 'noSavedCard', workspaceName: workspace.name });
  return change(context, 'on', (of) => setAutomatic({ ...of, ...rules }));
}

/**
 * Without a card there is nothing to go on with: then it says how one comes to be saved. After a handover it is somebody
 * else's card: whose it is turns them on.
 * @throws Refusal notAllowed
 */
async function resume(context: InWorkspace): Promise<Answer> {
  const { account, services, workspace } = context;
  const of = { account: account.id, workspace: workspace.id };
  const now = await automaticOf(of);
  if (now?.paused?.why === 'handedOver') await requireYes(askerIn(context), 'setAutomaticPayments');
  const forWantOfCard = now?.paused?.why === 'noCard' || now?.paused?.why === 'handedOver';
  if (!now || !forWantOfCard || (await services.payments.savedCard(of))) {
    return change(context, 'resumed', resumeAutomatic);
  }
  const about = await aboutWorkspace(services.ledger, workspace);
  const go = press('Resume', 'auto', { what: 'resume' }, { workspace: workspace.id });
  return { kind: 'private', card: automaticNeedsCardCard({ about, amountMinor: oneOf(now), go }) };
}

function askerIn({ account, actor, membership, workspace }: InWorkspace) {
  return { account, person: actor.id, role: membership.role, workspace: workspace.id };
}

function plainArgs(args: AutoArgs): Readonly<Record<string, string | boolean>> {
  return Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

function oneOf({ below, monthly }: Rules): number {
  return below?.addMinor ?? monthly?.amountMinor ?? 0;
}

type How = (of: Parameters<typeof pauseAutomatic>[0]) => Promise<Automatic | undefined>;

/** The change, its audit line and the channel's notice stand or fall together; the answer is how it stands now. */
async function change(
  context: InWorkspace,
  what: Parameters<typeof tellOfChange>[0]['change'],
  how: How,
): Promise<Answer> {
  const { approvedBy, actor, at, key, membership, services, workspace } = context;
  const own = verdict('setAutomaticPayments', membership.role).answer === 'yes';
  const by = approvedBy && !own ? approvedBy : actor;
  const about = await aboutWorkspace(services.ledger, workspace);
  await how({
    workspace,
    by: by.id,
    at,
    alongside: (after) => tellOfChange({ workspace, about, by: by.name, change: what, after, key }),
  });
  return { kind: 'private', card: await stateCard(context), replace: 'clicked' in context.invocation.ask };
}
