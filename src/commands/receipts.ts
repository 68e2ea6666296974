import { DateTime } from 'luxon';
import { z } from 'zod';
import {
  billingDetailsCard,
  billingDetailsForm,
  findReceiptForm,
  receiptCard,
  type ReceiptLine,
  receiptsCard,
} from '../cards/payments/receipt-cards.js';
import type { Answer } from '../chat/invocation.js';
import { billingDetailsOf, setBillingDetails } from '../payments/receipts/billing-details.js';
import { findReceipt, receiptsOf, receiptsOfTopUp } from '../payments/receipts/find.js';
import { paidWords } from '../payments/receipts/receipt-words.js';
import { MISSING, typeface } from '../typeface.js';
import { LABEL, type Receipt } from '../payments/receipts/receipt.js';
import type { Minor } from '../ledger/entry.js';
import { looksLikeAmount, parseAmount } from '../money.js';
import { Refusal, refuse } from '../refusal.js';
import { originWords } from '../workspace/chat-origin.js';
import { verdict } from '../workspace/permissions.js';
import { text } from './argument.js';
import { type Args, type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { MONTHS, monthMeant } from './months.js';
import type { Reader } from './reader.js';
import { tidy } from './words.js';

const PAGE = 8;
const ADDRESS_LINES = 8;

export const actionOfReceipts = ({ what }: Args) => (what === 'details' ? 'manageBilling' : 'seeReceipts');
export const changesBilling = ({ what, name }: Args) => what === 'details' && name !== undefined;

const address = z
  .string()
  .transform((typed) => typed.split('\n').map(tidy).filter(Boolean))
  .pipe(
    z
      .array(z.string().max(120, 'address lines of at most 120 characters'))
      .max(ADDRESS_LINES, `an address of at most ${ADDRESS_LINES} lines`),
  );

const receiptsArgs = z.strictObject({
  what: z.enum(['details', 'find'], 'details, find, or nothing').optional(),
  month: z.string().max(20).optional(),
  /** A receipt's id or label. */
  open: z.string().max(60).optional(),
  /** Part of the number, of who added the balance or is billed, or an amount. */
  search: text(80).optional(),
  before: z.coerce.number().int().positive().optional(),
  name: text(200).optional(),
  address: address.optional(),
  taxId: text(60).optional(),
});

type ReceiptsArgs = z.infer<typeof receiptsArgs>;

/** Receipts and credit notes, each as PDF; and who is billed. For owners, privately. */
export const receipts = workspaceCommand({
  args: receiptsArgs,
  read(words) {
    if (words.choice(['find', 'search'])) return readSearch(words);
    const what = words.choice(['details']);
    words.drop('billing');
    const open = words.matching(LABEL);
    const month = words.choice(['this', 'last', ...MONTHS]) ?? words.matching(/^\d{4}-\d{2}$/);
    words.drop('month', "month's");
    return { what, open, month };
  },
  async form({ account, services, workspace }, { what, name, search }) {
    if (what === 'find' && search === undefined) return findReceiptForm(workspace);
    if (what !== 'details' || name !== undefined) return undefined;
    const details = await billingDetailsOf(account.id, workspace.id);
    const about = await aboutWorkspace(services.ledger, workspace);
    return billingDetailsForm({ about, company: account.name, ...(details && { details }) });
  },
  run(context, args) {
    if (args.what === 'details') return saveDetails(context, args);
    return args.open ? open(context, args.open) : list(context, args);
  },
});

function readSearch(words: Reader): Args {
  const search = words.rest();
  return search === undefined ? { what: 'find' } : { search };
}

async function list(context: InWorkspace, { month, search, before }: ReceiptsArgs): Promise<Answer> {
  const { account, at, membership, services, workspace } = context;
  const from = month && monthMeant(month, DateTime.fromJSDate(at, { zone: workspace.timeZone }));
  const page = await receiptsOf({
    account: account.id,
    workspace: workspace.id,
    limit: PAGE,
    ...(from && { from: from.toJSDate(), to: from.plus({ months: 1 }).toJSDate() }),
    ...(search && searchOf(search, workspace.currency)),
    ...(before !== undefined && { beforeNumber: before }),
  });
  const last = page.receipts.at(-1);
  const card = receiptsCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: workspace.timeZone,
    receipts: page.receipts.map(lineOf),
    newest: before === undefined,
    mayChangeDetails: verdict('manageBilling', membership.role).answer === 'yes',
    ...(from && { month: { asked: from.toFormat('yyyy-MM'), words: from.toFormat('LLLL yyyy') } }),
    ...(search && { search }),
    ...(page.more && last && { older: last.number }),
  });
  return { kind: 'private', card, replace: before !== undefined || search !== undefined };
}

function searchOf(search: string, currency: string): { search: string; totalMinor?: Minor } {
  const totalMinor = amountIn(search, currency);
  return { search, ...(totalMinor !== undefined && { totalMinor }) };
}

/** What was typed as an amount; undefined where it is none. */
function amountIn(typed: string, currency: string): Minor | undefined {
  if (!looksLikeAmount(typed)) return undefined;
  try {
    return parseAmount(typed, currency);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

async function open(context: InWorkspace, asked: string): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const of = { account: account.id, workspace: workspace.id };
  const receipt = await findReceipt({ ...of, receipt: asked });
  if (!receipt) {
    const expected = 'the number of a receipt of this workspace, like K3F9QZ-000001';
    return refuse({ kind: 'badArgument', argument: 'open', typed: asked, expected });
  }
  const related = await receiptsOfTopUp({ ...of, topUp: receipt.topUp });
  const what = { kind: 'receipt', receipt: receipt.id } as const;
  const card = receiptCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: receipt.zone,
    receipt: {
      ...lineOf(receipt),
      buyer: receipt.buyer.name,
      netMinor: receipt.netMinor,
      taxes: receipt.taxes,
      paidWith: paidWords(receipt.paid),
      entry: receipt.entry.sequence,
      related: related.filter(({ id }) => id !== receipt.id),
      pdf: await services.createDownload({ ...of, person: actor.id, what, at }),
      ...(receipt.origin && { askedIn: originWords(receipt.origin) }),
    },
  });
  return { kind: 'private', card };
}

async function saveDetails(context: InWorkspace, typed: ReceiptsArgs): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const { name = account.name, address: lines = [], taxId } = typed;
  await requirePrintable({ name, address: lines.join('\n'), ...(taxId && { taxId }) });
  const details = { name, address: lines, ...(taxId && { taxId }) };
  await setBillingDetails({ account: account.id, workspace: workspace.id, details, by: actor.id, at });
  const about = await aboutWorkspace(services.ledger, workspace);
  return { kind: 'private', card: billingDetailsCard({ about, details }) };
}

/** Better to say so now than to print boxes later. */
async function requirePrintable(typed: Readonly<Record<string, string>>): Promise<void> {
  const { printable } = await typeface();
  for (const [argument, value] of Object.entries(typed)) {
    if (!printable(value.replaceAll('\n', ' ')).includes(MISSING)) continue;
    const expected = 'Latin, Greek or Cyrillic letters: receipts are printed without others';
    refuse({ kind: 'badArgument', argument, typed: value, expected });
  }
}

function lineOf({ id, label, kind, issuedAt, totalMinor, by }: Receipt): ReceiptLine {
  return { id, label, kind, issuedAt: issuedAt.toISOString(), totalMinor, by: by.name };
}
