import { z } from 'zod';
import { topUpForm } from '../cards/balance/top-up-form.js';
import { whoDoes } from '../cards/action-words.js';
import { askForButton } from '../cards/balance/balance-card.js';
import { cardCapOfferCard } from '../cards/payments/charge-cards.js';
import { chargeAsked, chargedWords, topUpAsked } from '../cards/requests/asked-money-words.js';
import { offerToAskCard } from '../cards/requests/request-card.js';
import { parseAmount, parsePayment } from '../money.js';
import { refuse } from '../refusal.js';
import { holders, verdict } from '../workspace/permissions.js';
import { policiesInForce } from '../workspace/policies.js';
import { amount, flag, text } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { holdersOfAction } from './permission.js';
import type { Reader } from './reader.js';
import { pay, savedCardOf } from './topup-pay.js';

const topupArgs = z.strictObject({
  amount: amount.optional(),
  why: text(500).optional(),
  /** The offer to ask was pressed. */
  ask: flag,
  by: z.enum(['card', 'page'], 'by card or by link').optional(),
  /** The saved card's last digits, as the button showed them. */
  card: z.string().max(4).optional(),
  /** The button that names the card was pressed. */
  sure: flag,
});

/** Adds balance by the provider's payment page or the saved card; whoever may not is offered to ask an owner, who then pays. */
export const topup = workspaceCommand({
  args: topupArgs,
  read(words) {
    const why = words.textAfter('because');
    const by = payingBy(words);
    return { why, amount: words.amount(), by };
  },
  async facts({ account, workspace }, args) {
    if (!workspace || args.by !== 'card' || !args.amount) return {};
    const { ownersCapMinor = 0 } = await policiesInForce(account, workspace.id);
    const within = parsePayment(args.amount, workspace.currency) <= ownersCapMinor;
    return { payBy: within ? 'savedCardWithinCap' : 'savedCardAboveCap' };
  },
  async offer(context, args) {
    if (args.ask) return undefined;
    const { account, services, workspace } = context;
    const amountMinor = args.amount ? parsePayment(args.amount, workspace.currency) : await lastTopUp(context);
    if (!amountMinor) return undefined;
    const about = await aboutWorkspace(services.ledger, workspace);
    if (context.membership.role === 'owner') return offerAboveCap(context, about, amountMinor, args.why);
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
    const { ask, why, by } = args;
    const kept = { ...(ask && { ask }), ...(why && { why }), ...(by && { by }) };
    const pays = verdict('addBalance', context.membership.role).answer === 'yes';
    return topUpForm({ about: context.workspace, kept, pays, suggestedMinor: await lastTopUp(context) });
  },
  async asks({ services, workspace }, args) {
    if (!workspace || !args.amount) throw new Error('a top-up names its workspace and amount');
    const amountMinor = parseAmount(args.amount, workspace.currency);
    const { balanceMinor } = await aboutWorkspace(services.ledger, workspace);
    const asked = { wallet: workspace, amountMinor, balanceMinor };
    return args.by === 'card' ? chargeAsked(asked) : topUpAsked(asked);
  },
  /** Only the saved card's: on the page somebody types a card of their own, under the amount. */
  async moves({ approvedBy, workspace }, args) {
    if (args.by !== 'card' || !(args.sure || approvedBy)) return undefined;
    const amountMinor = parsePayment(args.amount ?? '', workspace.currency);
    return { workspace, amountMinor, what: chargedWords(amountMinor, workspace) };
  },
  async run(context, args) {
    const { amount: typed = '', by, card, sure } = args;
    const meant = by === 'card' && (sure === true || context.approvedBy !== undefined);
    const amountMinor = parsePayment(typed, context.workspace.currency);
    return pay(context, amountMinor, { ...(by && { by }), ...(card && { shown: card }), meant });
  },
});

const CARD_WORDS = ['card', 'saved card', 'the card', 'the saved card', 'my card', 'our card'];

/** `by card`, `with the saved card`, `by link`. */
function payingBy(words: Reader): 'card' | 'page' | undefined {
  const by = (things: readonly string[]) =>
    things.flatMap((thing) => ['by', 'with', 'from', 'on', 'using'].map((way) => `${way} ${thing}`));
  if (words.phrase(...by(CARD_WORDS), 'saved card', 'card')) return 'card';
  return words.phrase(...by(['link', 'page', 'another card', 'a link'])) ? 'page' : undefined;
}

/** What was added last: the amount that is likely meant again. */
async function lastTopUp({ services, workspace }: InWorkspace): Promise<number | undefined> {
  const { entries } = await services.ledger.history(workspace.id, { kind: 'topup', limit: 1 });
  return entries[0]?.amountMinor;
}

async function offerAboveCap(
  context: InWorkspace,
  about: Awaited<ReturnType<typeof aboutWorkspace>>,
  amountMinor: number,
  why: string | undefined,
) {
  const { account, workspace } = context;
  const card = await savedCardOf(context);
  if (!card) return refuse({ kind: 'noSavedCard', workspaceName: workspace.name });
  const { ownersCapMinor } = await policiesInForce(account, workspace.id);
  const [primary] = await holdersOfAction(account, workspace.id, 'setOwnersCap');
  return cardCapOfferCard({
    about,
    amountMinor,
    card,
    primary: primary?.name ?? 'the primary owner',
    ...(ownersCapMinor !== undefined && { capMinor: ownersCapMinor }),
    ...(why && { why }),
  });
}
