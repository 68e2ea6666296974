import { z } from 'zod';
import { forecastCard, quantityCard, quantityForm } from '../cards/forecast/forecast-card.js';
import type { Answer } from '../chat/invocation.js';
import { forecast as forecastBy } from '../forecast/forecast.js';
import { spendHistory } from '../forecast/spend-history.js';
import { automaticWords } from '../notices/payments/automatic-words.js';
import { automaticOf } from '../payments/automatic/store.js';
import { costOf, type Price, priceList } from '../prices/prices.js';
import { refuse } from '../refusal.js';
import { fold } from '../workspace/fold.js';
import { flag, text } from './argument.js';
import { type Args, type InWorkspace, workspaceCommand } from './command.js';
import { aboutWith } from './context.js';
import { nearest } from './near.js';
import type { Reader } from './reader.js';

const QUANTITY = /^\d{1,3}(?:[.,']\d{3})+k?$|^\d+k?$/i;

const forecastArgs = z.strictObject({
  /** As it was typed: `5000`, `5,000`, `5k`. */
  quantity: z.string().max(20, 'a quantity, like 5000').optional(),
  item: text(64).optional(),
  /** The form that asks for both. */
  ask: flag,
  share: flag,
  /** The chat channel that it is shared to. */
  where: z.string().max(300).optional(),
});

type ForecastArgs = z.output<typeof forecastArgs>;

/** How long a workspace's balance lasts, and what a quantity of an item would do to that. */
export const forecast = workspaceCommand({
  args: forecastArgs,
  read: readForecast,
  form: formFor,
  async run(context, { quantity, item, share, where }) {
    if (quantity === undefined && item === undefined) return showForecast(context, { share, where });
    return showQuantity(context, quantity ?? '1', item ?? '');
  },
});

function readForecast(words: Reader): Args {
  words.drop('of', 'with', 'after', 'for', 'more');
  const quantity = words.matching(QUANTITY);
  // Without a quantity, what is left names the workspace.
  return quantity === undefined ? {} : { quantity, item: words.rest() };
}

async function formFor({ account, at, workspace }: InWorkspace, args: ForecastArgs) {
  const { quantity, item, ask } = args;
  const incomplete = quantity !== undefined && item === undefined;
  if (!ask && !incomplete) return undefined;
  const items = (await priceList(account.id, workspace.id, at)).map((price) => price.item);
  if (items.length === 0) return undefined;
  return quantityForm({
    about: aboutWith(workspace, 0),
    items,
    ...(quantity !== undefined && { quantity }),
    ...(item !== undefined && { item }),
  });
}

async function showForecast(
  { actor, at, invocation, services, workspace }: InWorkspace,
  { share, where }: Pick<ForecastArgs, 'share' | 'where'>,
): Promise<Answer> {
  const { account, id, timeZone: zone, currency } = workspace;
  const [head, history, paid] = await Promise.all([
    services.ledger.head(id),
    spendHistory(services.ledger, { wallet: id, zone, at }),
    automaticOf({ account, workspace: id }),
  ]);
  const about = aboutWith(workspace, head?.balanceMinor ?? 0);
  const automatic = automaticWords(paid, { currency, zone });
  const lasts = forecastBy(about.balanceMinor, history, at);
  const facts = { about, lasts, zone, ...(automatic && { automatic }) };
  if (share)
    return { kind: 'open', card: forecastCard(facts, { shared: { by: actor.name } }), ...(where && { where }) };
  const { kind, channel } = invocation.place;
  return { kind: 'private', card: forecastCard(facts, kind === 'direct' ? {} : { asked: channel }) };
}

/** @throws Refusal badArgument */
async function showQuantity(context: InWorkspace, typed: string, item: string): Promise<Answer> {
  const { account, at, services, workspace } = context;
  const { id, timeZone: zone } = workspace;
  const quantity = readQuantity(typed);
  const price = itemMeant(await priceList(account.id, id, at), item);
  const cost = costOf(price.priceMicro, quantity);
  if (!cost) return refuse({ kind: 'badArgument', argument: 'quantity', typed, expected: 'a smaller quantity' });
  const costMinor = cost.amountMinor + (cost.amountMicro > 0 ? 1 : 0);
  const [head, history] = await Promise.all([
    services.ledger.head(id),
    spendHistory(services.ledger, { wallet: id, zone, at }),
  ]);
  const about = aboutWith(workspace, head?.balanceMinor ?? 0);
  const card = quantityCard({
    about,
    availableMinor: head?.availableMinor ?? 0,
    ...{ item: price.item, quantity, costMinor },
    now: forecastBy(about.balanceMinor, history, at),
    after: forecastBy(about.balanceMinor - costMinor, history, at),
  });
  return { kind: 'private', card };
}

function readQuantity(typed: string): number {
  const digits = typed.trim();
  const quantity = Number(digits.replace(/[.,']/g, '').replace(/k$/i, '')) * (/k$/i.test(digits) ? 1_000 : 1);
  if (QUANTITY.test(digits) && Number.isSafeInteger(quantity) && quantity > 0) return quantity;
  return refuse({ kind: 'badArgument', argument: 'quantity', typed, expected: 'a whole number, like 5000' });
}

function itemMeant(prices: readonly Price[], typed: string): Price {
  const found = prices.find(({ item }) => fold(item) === fold(typed));
  if (found) return found;
  const items = prices.map(({ item }) => item);
  const near = nearest(typed, items);
  const some = near.length > 0 ? near : items.slice(0, 3);
  const expected =
    some.length > 0 ? `an item of the price list, like ${some.join(' or ')}` : 'an item that has a price';
  return refuse({ kind: 'badArgument', argument: 'item', typed, expected });
}
