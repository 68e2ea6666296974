import { z } from 'zod';
import { type AuditFilter, auditCard, TOPIC_WORDS } from '../cards/audit/audit-card.js';
import { auditForm } from '../cards/audit/audit-form.js';
import { downloadCard } from '../cards/download-card.js';
import type { Answer } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import { AUDIT_TOPICS, type AuditTopic } from '../workspace/audit-actions.js';
import { auditPage, type AuditQuery } from '../workspace/audit-reading.js';
import { verdict } from '../workspace/permissions.js';
import { flag, person } from './argument.js';
import { auditItems } from './audit-items.js';
import { type Args, type Context, type InWorkspace, personCommand, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { findMember } from './find-person.js';
import type { Reader } from './reader.js';

const PAGE = 10;
const DAY_MS = 24 * 60 * 60 * 1000;
const TOPICS = Object.keys(AUDIT_TOPICS) as AuditTopic[];

/** What people call the topics. */
const TOPIC_VOCABULARY: Readonly<Record<string, AuditTopic>> = {
  ...Object.fromEntries(TOPICS.map((topic) => [topic, topic])),
  members: 'people',
  roles: 'people',
  invitations: 'people',
  request: 'requests',
  policies: 'rules',
  policy: 'rules',
  billing: 'money',
  transfers: 'money',
  channels: 'rooms',
  meetings: 'rooms',
  webhooks: 'keys',
  campaigns: 'resources',
};

const auditArgs = z.strictObject({
  person: person.optional(),
  topic: z.enum(TOPICS, `one of ${TOPICS.join(', ')}`).optional(),
  days: z.coerce.number().int().min(1, 'days from 1 to 3650').max(3_650, 'days from 1 to 3650').optional(),
  before: z.coerce.number().int().positive().optional(),
  narrow: flag,
  csv: flag,
});

type AuditArgs = z.infer<typeof auditArgs>;

/** Who did what to whom, when, from where, by which request: all of it, all but billing, or one's own. */
export const audit = workspaceCommand({
  args: auditArgs,
  read,
  async form({ services, workspace }, args) {
    if (!args.narrow) return undefined;
    return auditForm({ about: await aboutWorkspace(services.ledger, workspace), filter: filterOf(args) });
  },
  run: (context, args) => (args.csv ? exportAll(context, args) : list(context, args)),
});

/** For somebody who is in no workspace: what they did and what was done to them, wherever it was. */
export const ownAudit = personCommand({
  args: auditArgs,
  async run({ account, actor, at }: Context, { before, csv, days, narrow, person: named, topic }) {
    if (csv || narrow || named) return refuse({ kind: 'noWorkspace', hasInvitations: false });
    const zone = actor.timeZone ?? account.timeZone;
    const query = { account: account.id, reader: actor.id, limit: PAGE, ...narrowed({ days, topic }, at) };
    const page = await auditPage({ ...query, only: 'own', ...(before !== undefined && { before }) });
    const card = auditCard({
      zone,
      items: await auditItems({ account, zone, currency: account.currency }, page.lines),
      filter: filterOf({ days, topic }),
      only: 'own',
      ...(before !== undefined && { before }),
      ...(page.next !== undefined && { older: page.next }),
    });
    return { kind: 'private', card, replace: before !== undefined };
  },
});

function read(words: Reader): Args {
  const csv = words.choice(['csv', 'export']) && true;
  const topic = words.oneOf(TOPIC_VOCABULARY);
  const days = words.days();
  const [named] = words.people();
  words.drop('by', 'of', 'last', 'only', 'about');
  return { csv, topic, days, person: named };
}

async function list(context: InWorkspace, args: AuditArgs): Promise<Answer> {
  const { account, actor, services, workspace } = context;
  const zone = actor.timeZone ?? workspace.timeZone;
  const query = await queryOf(context, args);
  const { before } = args;
  const page = await auditPage({ ...query, limit: PAGE, ...(before !== undefined && { before }) });
  const filterWords = await wordsOf(context, args);
  const card = auditCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone,
    items: await auditItems({ account, zone, currency: workspace.currency }, page.lines),
    filter: filterOf(args),
    ...(filterWords && { filterWords }),
    ...(query.only && { only: query.only }),
    ...(before !== undefined && { before }),
    ...(page.next !== undefined && { older: page.next }),
  });
  return { kind: 'private', card, replace: before !== undefined };
}

async function exportAll(context: InWorkspace, args: AuditArgs): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const { person: of, topic, from } = await queryOf(context, args);
  const query = { ...(of && { person: of }), ...(topic && { topic }), ...(from && { from }) };
  const what = { kind: 'audit', query } as const;
  const only = await wordsOf(context, args);
  const card = downloadCard({
    about: await aboutWorkspace(services.ledger, workspace),
    what: `What happened in ${workspace.name} is ready as CSV, oldest first.${only ? ` ${only}` : ''}`,
    url: await services.createDownload({ account: account.id, workspace: workspace.id, person: actor.id, what, at }),
  });
  return { kind: 'private', card };
}

async function queryOf(context: InWorkspace, args: AuditArgs): Promise<AuditQuery> {
  const { account, actor, at, membership, workspace } = context;
  const said = verdict('seeAudit', membership.role);
  const only = said.answer === 'yes' && said.only !== 'totals' ? said.only : undefined;
  const { days, person: named, topic } = args;
  return {
    account: account.id,
    workspace: workspace.id,
    reader: actor.id,
    ...(only && { only }),
    ...(account.owner === actor.id && { andAccount: true }),
    ...(named && { person: (await findMember(context, named, workspace.id)).id }),
    ...narrowed({ days, topic }, at),
  };
}

function narrowed({ days, topic }: Pick<AuditArgs, 'days' | 'topic'>, at: Date) {
  return { ...(topic && { topic }), ...(days && { from: new Date(at.getTime() - days * DAY_MS) }) };
}

function filterOf({ days, person: named, topic }: AuditArgs): AuditFilter {
  return { ...(named && { person: named }), ...(topic && { topic }), ...(days && { days }) };
}

/** `Only: Requests, the last 7 days, by or about Adam.` */
async function wordsOf(context: InWorkspace, { days, person: named, topic }: AuditArgs): Promise<string | undefined> {
  const words = [
    topic && TOPIC_WORDS[topic],
    days && `the last ${days === 1 ? 'day' : `${days} days`}`,
    named && `by or about ${(await findMember(context, named, context.workspace.id)).name}`,
  ].filter((said) => typeof said === 'string');
  return words.length > 0 ? `Only: ${words.join(', ')}.` : undefined;
}
