import { z } from 'zod';
import type { Form } from '../cards/card.js';
import {
  priceConfirmCard,
  priceForm,
  type PriceLine,
  type PriceScope,
  pricesCard,
} from '../cards/balance/price-cards.js';
import { priceSaved, whoSetsPrices } from '../cards/balance/price-said.js';
import type { Answer } from '../chat/invocation.js';
import { newId } from '../id.js';
import { looksLikeAmount, parsePrice, plainPrice } from '../money.js';
import { ITEM } from '../prices/item.js';
import { type ListedItem, listedItems } from '../prices/prices.js';
import { setPrice } from '../prices/set-price.js';
import { refuse } from '../refusal.js';
import { fold } from '../workspace/fold.js';
import { type Action, verdict } from '../workspace/permissions.js';
import { flag, offset, text } from './argument.js';
import { type Args, type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import type { Reader } from './reader.js';
import { momentMeant } from './typed-moment.js';

const PAGE = 15;
const OFF = ['off', 'none'];
const SCOPES = ['workspace', 'account'] as const;

const pricesArgs = z.strictObject({
  item: text(64).optional(),
  /** As it was typed, or `off`. */
  price: z.string().max(60, 'a price, or off').optional(),
  /** As it was typed; now where it is left out. */
  from: text(40).optional(),
  scope: z.enum(SCOPES).optional(),
  offset,
  change: flag,
  /** What the item cost when the card was drawn; null where it had no price. */
  was: z.number().nullable().optional(),
  sure: flag,
});

type PricesArgs = z.output<typeof pricesArgs>;

/** Everybody in a workspace sees its prices; setting one takes a right that depends on for whom. */
export function actionOfPrices({ price, scope }: Args): Action | undefined {
  if (price === undefined) return undefined;
  return scope === 'account' ? 'setAccountPrices' : 'setPrices';
}

export const setsPrice = ({ sure }: Args): boolean => sure === true;

/** The price list of a workspace: what it costs now and later, and the form that changes it. */
export const prices = workspaceCommand({
  args: pricesArgs,
  read: readPrices,
  form: (context, args) => formFor(context, args),
  async run(context, args) {
    if (args.item === undefined || args.price === undefined) return list(context, args);
    const change = await readChange(context, args);
    const asked = await askedOf(context, change);
    const { now } = asked;
    const outdated = args.was !== undefined && now !== args.was && now !== change.priceMicro;
    return args.sure && !outdated ? set(context, change) : confirm(context, args, asked);
  },
});

function readPrices(words: Reader): Args {
  const everywhere = words.phrase('for all workspaces', 'in all workspaces', 'everywhere', 'for the account');
  const from = words.textAfter('from');
  const change = words.choice(['set', 'change']) && true;
  words.drop('costs', 'cost', 'at', 'to', 'each');
  const off = words.choice(OFF) && 'off';
  const amount = words.left.some((word) => word.kind === 'word' && looksLikeAmount(word.text));
  const price = off ?? (amount ? words.amount() : undefined);
  return { price, from, change, item: words.rest(), ...(everywhere && { scope: 'account' }) };
}

async function formFor(context: InWorkspace, args: PricesArgs): Promise<Form | undefined> {
  const complete = args.item !== undefined && args.price !== undefined;
  if (complete || (!args.change && args.price === undefined)) return undefined;
  const scopes = scopesOf(context);
  if (scopes.length === 0) return undefined;
  return priceForm({
    about: await aboutWorkspace(context.services.ledger, context.workspace),
    scopes: args.scope ? [args.scope, ...scopes.filter((scope) => scope !== args.scope)] : scopes,
    ...(args.item && { item: args.item }),
    ...(args.price && { price: args.price }),
    ...(args.from && { from: args.from }),
  });
}

/** For whom the actor may set prices. */
function scopesOf({ account, actor, membership }: InWorkspace): PriceScope[] {
  const facts = { accountOwner: account.owner === actor.id };
  const may = (action: Action) => verdict(action, membership.role, facts).answer === 'yes';
  return SCOPES.filter((scope) => may(scope === 'account' ? 'setAccountPrices' : 'setPrices'));
}

async function list(context: InWorkspace, args: PricesArgs, said?: string): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const start = args.offset ?? 0;
  const all = await listedItems(account.id, workspace.id, at);
  const search = fold(args.item ?? '');
  const found = all.filter(({ item }) => fold(item).includes(search));
  const card = pricesCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: actor.timeZone ?? workspace.timeZone,
    prices: found.slice(start, start + PAGE).map(lineOf),
    mayChange: scopesOf(context).length > 0,
    setBy: whoSetsPrices(),
    offset: start,
    total: found.length,
    pageSize: PAGE,
    ...(args.item && { search: args.item }),
    ...(said && { said }),
  });
  return { kind: 'private', card, replace: args.offset !== undefined || said !== undefined };
}

interface Change {
  item: string;
  priceMicro: number | null;
  from?: Date;
  scope: PriceScope;
}

/** @throws Refusal badAmount, badArgument */
async function readChange(context: InWorkspace, args: PricesArgs): Promise<Change> {
  const { account, actor, at, workspace } = context;
  const { item = '', price = '', from, scope } = args;
  if (!ITEM.test(item)) {
    refuse({
      kind: 'badArgument',
      argument: 'item',
      typed: item,
      expected: 'an item like sms: letters, digits, dots and dashes',
    });
  }
  const off = OFF.includes(price.trim().toLowerCase());
  const priceMicro = off ? null : parsePrice(price, workspace.currency);
  const zone = actor.timeZone ?? workspace.timeZone;
  const moment =
    from === undefined ? undefined : (momentMeant(from, zone, at) ?? momentMeant(`${from} 00:00`, zone, at));
  if (from !== undefined && (!moment || moment <= at)) {
    refuse({ kind: 'badArgument', argument: 'from', typed: from, expected: 'a day to come, like 1 December' });
  }
  const listed = await listedItems(account.id, workspace.id, at);
  const known = listed.find((one) => fold(one.item) === fold(item));
  return {
    item: known?.item ?? item,
    priceMicro,
    scope: scope ?? 'workspace',
    ...(moment && { from: moment }),
  };
}

interface AskedChange extends Change {
  /** What the item costs until then; null where it has no price. */
  now: number | null;
  /** What the workspace falls back to where its own price is taken away. */
  thenMicro?: number;
}

async function askedOf({ account, at, workspace }: InWorkspace, change: Change): Promise<AskedChange> {
  const { from, item, priceMicro, scope } = change;
  const known = (await listedItems(account.id, workspace.id, from ?? at)).find((one) => one.item === item);
  const now = scope === 'account' ? accountPrice(known) : known?.now;
  const then = scope === 'workspace' && priceMicro === null ? accountPrice(known) : undefined;
  return { ...change, now: now?.priceMicro ?? null, ...(then && { thenMicro: then.priceMicro }) };
}

async function confirm(context: InWorkspace, args: PricesArgs, asked: AskedChange): Promise<Answer> {
  const { actor, at, services, workspace } = context;
  const { from, item, now, priceMicro, scope, thenMicro } = asked;
  const price = priceMicro === null ? 'off' : plainPrice(priceMicro, workspace.currency);
  const card = priceConfirmCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: actor.timeZone ?? workspace.timeZone,
    item,
    priceMicro,
    scope,
    ...(now !== null && { beforeMicro: now }),
    ...(thenMicro !== undefined && { thenMicro }),
    ...(from && { from: from.toISOString() }),
    args: { item, price, scope, ...(args.from && { from: args.from }) },
    key: newId('op', at),
    anew: args.sure === true,
  });
  return { kind: 'private', card, replace: args.sure === true };
}

const accountPrice = (known: ListedItem | undefined) => (known?.now?.of === 'account' ? known.now : known?.ofAccount);

async function set(context: InWorkspace, { item, priceMicro, from, scope }: Change): Promise<Answer> {
  const { account, actor, at, workspace } = context;
  await setPrice({
    account: account.id,
    ...(scope === 'workspace' && { workspace: workspace.id }),
    item,
    priceMicro,
    validFrom: from ?? at,
    by: actor.id,
    at,
  });
  return list(context, {}, priceSaved(item));
}

function lineOf({ item, now, ofAccount, next }: ListedItem): PriceLine {
  return {
    item,
    own: now?.of === 'workspace',
    ...(now && { priceMicro: now.priceMicro }),
    ...(ofAccount && { accountMicro: ofAccount.priceMicro }),
    ...(next && { next: { priceMicro: next.priceMicro, from: next.validFrom.toISOString() } }),
  };
}
