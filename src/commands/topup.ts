import { z } from 'zod';
import { whoDoes } from '../cards/action-words.js';
import { askForButton, payCard } from '../cards/balance-card.js';
import type { Form } from '../cards/card.js';
import { offerToAskCard } from '../cards/request-card.js';
import { formatMoney, parseAmount, parsePayment, plainAmount } from '../money.js';
import { holders, verdict } from '../workspace/permissions.js';
import { amount, flag, text } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { holdersOfAction } from './permission.js';

const topupArgs = z.strictObject({
  amount: amount.optional(),
  why: text(500).optional(),
  /** The offer to ask was pressed. */
  ask: flag,
});

/** Adds balance by the provider's payment page; whoever may not is offered to ask an owner, who then pays. */
export const topup = workspaceCommand({
  args: topupArgs,
  read(words) {
    const why = words.textAfter('because');
    return { why, amount: words.amount() };
  },
  async offer(context, args) {
    if (args.ask) return undefined;
    const { account, services, workspace } = context;
    const amountMinor = args.amount ? parsePayment(args.amount, workspace.currency) : await lastTopUp(context);
    if (!amountMinor) return undefined;
    const about = await aboutWorkspace(services.ledger, workspace);
    const people = await holdersOfAction(account, workspace.id, 'addBalance');
    return offerToAskCard({
      whoDoes: whoDoes('addBalance', holders('addBalance')),
      names: people.map((person) => person.name),
      ask: askForButton(about, amountMinor, args.why),
      about,
    });
  },
  async form(context, args) {
    if (args.amount) return undefined;
    const kept = { ...(args.ask && { ask: true }), ...(args.why && { why: args.why }) };
    const pays = verdict('addBalance', context.membership.role).answer === 'yes';
    return amountForm(context.workspace, { kept, pays }, await lastTopUp(context));
  },
  async asks({ workspace }, args) {
    if (!workspace || !args.amount) throw new Error('a top-up names its workspace and amount');
    const money = formatMoney(parseAmount(args.amount, workspace.currency), workspace.currency);
    return { wants: `for ${money} for ${workspace.name}`, context: [], yes: `Pay ${money}` };
  },
  async run(context, args) {
    const { account, actor, at, key, services, workspace } = context;
    const { currency } = workspace;
    const amountMinor = parsePayment(args.amount ?? '', currency);
    const order = { account: account.id, workspace: workspace.id, amountMinor, currency, by: actor.id, key, at };
    const { url } = await services.payments.startTopUp(order);
    return {
      kind: 'private',
      card: payCard({ about: await aboutWorkspace(services.ledger, workspace), amountMinor, url }),
    };
  },
});

/** What was added last: the amount that is likely meant again. */
async function lastTopUp({ services, workspace }: InWorkspace): Promise<number | undefined> {
  const { entries } = await services.ledger.history(workspace.id, { kind: 'topup', limit: 1 });
  return entries[0]?.amountMinor;
}

function amountForm(
  workspace: InWorkspace['workspace'],
  { kept, pays }: { kept: { ask?: boolean; why?: string }; pays: boolean },
  suggestedMinor: number | undefined,
): Form {
  const initial = suggestedMinor && { initial: plainAmount(suggestedMinor, workspace.currency) };
  return {
    name: 'topup-amount',
    title: pays ? 'Add balance' : 'Ask for balance',
    submit: pays ? 'Go on' : 'Ask',
    intro: [`For ${workspace.name}. ${pays ? 'You pay on the next page.' : 'An owner says yes, and pays.'}`],
    call: { command: 'topup', args: kept, workspace: workspace.id },
    fields: [{ name: 'amount', label: 'How much', input: 'amount', currency: workspace.currency, ...initial }],
  };
}
