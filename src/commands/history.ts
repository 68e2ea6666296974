import { z } from 'zod';
import { entryCard, entryForm } from '../cards/balance/entry-card.js';
import { historyCard, type HistoryFilter, type HistoryLine, KIND_WORDS } from '../cards/balance/ledger-cards.js';
import { downloadCard } from '../cards/download-card.js';
import type { Answer } from '../chat/invocation.js';
import { ENTRY_KINDS, type Entry, type EntryKind, type HistoryPage } from '../ledger/entry.js';
import type { ExportQuery } from '../ledger/export.js';
import { refuse } from '../refusal.js';
import { verdict } from '../workspace/permissions.js';
import { flag, person, text } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { entryFacts, whatOf } from './entry-trace.js';
import { findMember } from './find-person.js';
import type { Reader } from './reader.js';
import { showUsage } from './usage.js';

const PAGE = 10;
const DAY_MS = 24 * 60 * 60 * 1000;
const KINDS: readonly EntryKind[] = ENTRY_KINDS.filter((kind) => kind !== 'opened' && kind !== 'settings');
const REFERENCE = /^R-[0-9A-Z]{6}$/i;

/** What people call the kinds. */
const KIND_VOCABULARY: Readonly<Record<string, EntryKind>> = {
  ...Object.fromEntries(KINDS.map((kind) => [kind, kind])),
  topups: 'topup',
  transfers: 'transfer',
  refunds: 'refund',
  disputes: 'dispute',
  holds: 'hold',
  corrections: 'adjustment',
};

const historyArgs = z.strictObject({
  days: z.coerce.number().int().min(1, 'days from 1 to 3650').max(3_650, 'days from 1 to 3650').optional(),
  kind: z.enum(KINDS, `one of ${KINDS.join(', ')}`).optional(),
  resource: text(200).optional(),
  person: person.optional(),
  /** Of what was asked in chat. */
  reference: z.string().regex(REFERENCE, 'a reference, like R-7F3K2Q').optional(),
  before: z.coerce.number().int().positive().optional(),
  /** One entry by its number, or by its key. */
  entry: z.coerce.number().int('the number of an entry').positive('the number of an entry').optional(),
  key: z.string().max(200).optional(),
  details: flag,
  csv: flag,
});

type HistoryArgs = z.infer<typeof historyArgs>;

/** A workspace's entries, newest first, each to be opened; members get the totals by resource instead. */
export const history = workspaceCommand({
  args: historyArgs,
  read,
  async form(context, args) {
    if (!args.details || args.entry !== undefined || totalsOnly(context)) return undefined;
    const page = await pageOf(context, args);
    if (page.entries.length === 0) return undefined;
    return entryForm({
      about: await aboutWorkspace(context.services.ledger, context.workspace),
      zone: zoneOf(context),
      lines: await linesOf(context, page.entries),
      filter: filterOf(args),
    });
  },
  run(context, args) {
    if (totalsOnly(context)) return showUsage(context, 'this');
    if (args.entry !== undefined || args.key !== undefined) return open(context, args);
    return args.csv ? exportAll(context, args) : list(context, args);
  },
});

function read(words: Reader) {
  const reference = words.matching(REFERENCE)?.toUpperCase();
  const entry = words.matching(/^#\d{1,15}$/)?.slice(1);
  const csv = words.choice(['csv', 'export']) && true;
  const kind = words.oneOf(KIND_VOCABULARY);
  const days = words.days();
  const resource = words.textAfter('resource');
  const [by] = words.people();
  words.drop('by', 'last', 'entry');
  return { reference, entry, csv, kind, days, resource, person: by };
}

function totalsOnly({ membership }: InWorkspace): boolean {
  const said = verdict('seeEntries', membership.role);
  return said.answer === 'yes' && said.only === 'totals';
}

async function list(context: InWorkspace, args: HistoryArgs): Promise<Answer> {
  const { services, workspace } = context;
  const page = await pageOf(context, args);
  const filterWords = await wordsOf(context, args);
  const card = historyCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: zoneOf(context),
    lines: await linesOf(context, page.entries),
    filter: filterOf(args),
    ...(filterWords && { filterWords }),
    ...(args.before !== undefined && { before: args.before }),
    ...(page.next !== undefined && { older: page.next }),
  });
  return { kind: 'private', card, replace: args.before !== undefined };
}

async function pageOf(context: InWorkspace, args: HistoryArgs): Promise<HistoryPage> {
  const query = await queryOf(context, args);
  const { before } = args;
  return context.services.ledger.history(context.workspace.id, { ...query, limit: PAGE, ...(before && { before }) });
}

async function queryOf(context: InWorkspace, args: HistoryArgs): Promise<Omit<ExportQuery, 'after' | 'to'>> {
  const { days, kind, resource, person: named, reference } = args;
  return {
    ...(kind && { kind }),
    ...(resource && { resource }),
    ...(named && { person: (await findMember(context, named, context.workspace.id)).id }),
    ...(reference && { reference }),
    ...(days && { from: new Date(context.at.getTime() - days * DAY_MS) }),
  };
}

function filterOf({ days, kind, resource, person: named, reference }: HistoryArgs): HistoryFilter {
  return {
    ...(kind && { kind }),
    ...(days && { days }),
    ...(resource && { resource }),
    ...(named && { person: named }),
    ...(reference && { reference }),
  };
}

/** `Transfer, the last 30 days, by Adam`. */
async function wordsOf(context: InWorkspace, args: HistoryArgs): Promise<string | undefined> {
  const { days, kind, resource, person: named, reference } = args;
  const words = [
    kind && KIND_WORDS[kind],
    days && `the last ${days === 1 ? 'day' : `${days} days`}`,
    resource,
    named && `by ${(await findMember(context, named, context.workspace.id)).name}`,
    reference && `asked for under ${reference}`,
  ].filter((said) => typeof said === 'string');
  return words.length > 0 ? `Only: ${words.join(', ')}.` : undefined;
}

async function open(context: InWorkspace, { entry: sequence, key }: HistoryArgs): Promise<Answer> {
  const { services, workspace } = context;
  const { ledger } = services;
  const entry =
    sequence === undefined
      ? await ledger.entry(workspace.id, key ?? '')
      : (await ledger.history(workspace.id, { after: sequence - 1, before: sequence + 1, limit: 1 })).entries[0];
  if (!entry) {
    const typed = String(sequence ?? key);
    return refuse({ kind: 'badArgument', argument: 'entry', typed, expected: 'the number of an entry, like #17' });
  }
  const about = await aboutWorkspace(ledger, workspace);
  const facts = await entryFacts(context, entry);
  return { kind: 'private', card: entryCard({ about, zone: zoneOf(context), entry: facts }) };
}

async function exportAll(context: InWorkspace, args: HistoryArgs): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const what = { kind: 'history', query: await queryOf(context, args) } as const;
  const of = { account: account.id, workspace: workspace.id, person: actor.id, what, at };
  const only = await wordsOf(context, args);
  const card = downloadCard({
    about: await aboutWorkspace(services.ledger, workspace),
    what: `The entries of ${workspace.name} are ready as CSV, all of them, oldest first.${only ? ` ${only}` : ''}`,
    url: await services.createDownload(of),
  });
  return { kind: 'private', card };
}

async function linesOf(context: InWorkspace, entries: readonly Entry[]): Promise<HistoryLine[]> {
  const said = await whatOf(entries, context);
  return entries.map(({ sequence, kind, amountMinor, balanceMinor, at }, index) => {
    const what = said[index];
    return { sequence, kind, at: at.toISOString(), amountMinor, balanceMinor, ...(what && { what }) };
  });
}

const zoneOf = ({ actor, workspace }: InWorkspace) => actor.timeZone ?? workspace.timeZone;
