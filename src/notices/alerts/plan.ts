import { type AlertFacts, alertCard, alertOverCard, allClearCard, doingWords } from '../../cards/notices/alert-card.js';
import type { AlertEvent } from '../../cards/notices/alert-story-cards.js';
import type { Card } from '../../cards/card.js';
import type { Ledger } from '../../ledger/entry.js';
import { topUpOnItsWay } from '../../payments/telling.js';
import { type Person, ROLES, type Workspace } from '../../workspace/entities.js';
import { holdersOf } from '../../workspace/memberships.js';
import { type Recipient, recipientKey } from '../outbox/notice.js';
import { recipientsOf } from '../outbox/recipients.js';
import type { AlertRow } from './alert-model.js';
import { alertAudience } from './alert-audience.js';
import { alertRow } from './alert-row.js';
import { decide, type Step } from './decide.js';
import { type AboutBalance, aboutOf, alertFacts, creditSince, namesIn, whatCleared } from './facts.js';
import { recipientsOfGroups } from './group-recipients.js';
import { type Look, look } from './look.js';
import { type Deed, nextRow, withDeed } from './next-row.js';
import { type UnusualDay, unusualDay } from './unusual.js';

/** What is to be written of a workspace's alert, all of it or nothing. */
export interface Plan {
  at: Date;
  workspace: Workspace;
  about: AboutBalance;
  /** As the forecast has it now. */
  daysLeft?: number;
  before: AlertRow;
  next: AlertRow;
  step: Step;
  /** Absent where nothing changes that is shown. */
  card?: Card;
  /** What somebody does about it, in words. */
  doing?: string;
  /** The same for owners who are told directly because nobody reacted. */
  escalated?: Card;
  /** Who get a message of its own, and whose messages are edited. */
  post: readonly Recipient[];
  edit: readonly Recipient[];
  /** Who had it already. */
  told: readonly Recipient[];
  /** No channel is chosen: it goes to people. */
  personal: boolean;
  story?: AlertEvent;
  /** Owners who have not heard of it. */
  owners: readonly Person[];
  /** Those of them whom a message about several tells. */
  informed?: readonly Person[];
  unusual?: UnusualDay;
}

/** What becomes of the workspace's alert at that moment, or by what somebody did; nothing is written. */
export async function planAlert(ledger: Ledger, workspace: Workspace, at: Date, done?: Deed): Promise<Plan> {
  const before = await alertRow(workspace, at);
  const deed = done ?? (await onItsWay(before, at));
  const row = withDeed(await withoutMet(ledger, workspace, before), deed, at);
  const now = await look(ledger, workspace, row, at);
  const on = workspace.status === 'active';
  const step = on ? stepOf(before, row, now, deed) : row.level === 'ok' ? 'none' : 'clear';
  const unusual = on ? await unusualDay(ledger, workspace, row, now) : undefined;
  const next = nextRow({ ...row, ...(unusual && { unusualOn: unusual.day }) }, step, now);
  const about = aboutOf(workspace, now.head);
  const quiet: Plan = {
    at,
    workspace,
    about,
    ...(now.seen.daysLeft !== undefined && { daysLeft: now.seen.daysLeft }),
    before,
    next,
    step,
    post: [],
    edit: [],
    told: [],
    personal: false,
    owners: [],
    ...(unusual && { unusual }),
  };
  if (step === 'clear') return { ...quiet, ...(await clearing(ledger, quiet)) };
  const escalates = isEscalated(row, step, now);
  if ((step === 'none' || step === 'wait') && !escalates) return quiet;
  const facts = await alertFacts(workspace, now, next);
  const told = step === 'post' && next.episode > before.episode ? [] : await toldOf(workspace, subjectOf(next));
  const story = await storyOf(next, deed);
  return {
    ...quiet,
    ...(story && { story, next: { ...next, storied: true } }),
    card: alertCard(facts),
    doing: doingWords(facts),
    told,
    ...(await addressedOf(quiet, told)),
    ...(escalates && (await escalating(quiet, facts, told))),
  };
}

/** Paid while the message said that somebody is paying, or by itself. */
async function onItsWay({ _id, account, level, reaction }: AlertRow, at: Date): Promise<Deed | undefined> {
  if (level === 'ok' || reaction?.kind === 'onItsWay') return undefined;
  const topUp = await topUpOnItsWay(account, _id);
  return topUp && { reaction: { kind: 'onItsWay', by: topUp.by, amountMinor: topUp.amountMinor, at } };
}

/** The row without what somebody does about it, where that is done: balance came in since, or nothing is on its way any more. */
async function withoutMet(ledger: Ledger, workspace: Workspace, row: AlertRow): Promise<AlertRow> {
  const { reaction, ...rest } = row;
  if (!reaction) return row;
  const met =
    reaction.kind === 'onItsWay'
      ? !(await topUpOnItsWay(workspace.account, workspace.id))
      : await creditSince(ledger, workspace.id, new Date(reaction.at.getTime() + 1));
  return met ? rest : row;
}

/** What ended by itself, or was done, shows too. */
function stepOf(before: AlertRow, row: AlertRow, { seen, at, quietUntil }: Look, deed: Deed | undefined): Step {
  const step = decide(row, seen, { at, quietUntil });
  const ended = (before.snooze && !row.snooze) || (before.reaction && !row.reaction);
  return step === 'none' && row.level !== 'ok' && (deed || ended || before.stale) ? 'edit' : step;
}

async function clearing(ledger: Ledger, { workspace, about, before }: Plan): Promise<Partial<Plan>> {
  const told = await toldOf(workspace, subjectOf(before));
  if (workspace.status !== 'active') return { card: alertOverCard(about), told, edit: told };
  const added = before.since && (await whatCleared(ledger, workspace, before.since));
  return {
    card: allClearCard({ about, ...(added && { added }) }),
    told,
    edit: told,
    ...(before.storied && { story: { kind: 'clear' } }),
  };
}

/** Better news goes to those who had the bad; worse news also to channels bound since. */
async function addressedOf(
  { next, workspace, step }: Plan,
  told: readonly Recipient[],
): Promise<Pick<Plan, 'post' | 'edit' | 'personal'>> {
  const personal = told.every((to) => 'person' in to);
  if (step !== 'post') return { post: [], edit: step === 'edit' ? told : [], personal };
  const audience = await alertAudience(workspace, next.level);
  const posted = new Set(audience.to.map(recipientKey));
  const edit = told.filter((to) => !posted.has(recipientKey(to)));
  return { post: audience.to, edit, personal: audience.personal };
}

/** Those who have it and are still in the workspace. */
async function toldOf({ account, id }: Workspace, subject: string): Promise<Recipient[]> {
  const told = await recipientsOf(account, subject);
  if (!told.some((to) => 'person' in to)) return told;
  const inside = new Set((await holdersOf(account, id, ROLES)).map((person) => person.id));
  return told.filter((to) => !('person' in to) || inside.has(to.person));
}

/** That somebody asks or is about to pay stands in the message alone: it may come to nothing. */
async function storyOf(row: AlertRow, deed: Deed | undefined): Promise<AlertEvent | undefined> {
  if (!deed) return undefined;
  const { snoozed, reaction } = await namesIn(row);
  if ('snooze' in deed && snoozed) return { kind: 'snoozed', ...snoozed };
  if ('reaction' in deed) return reaction?.kind === 'onItsWay' ? { kind: 'reaction', reaction } : undefined;
  return 'wake' in deed ? { kind: 'woken', by: deed.by } : undefined;
}

/** Nobody did anything for long enough, and the balance shrank since it was told. */
function isEscalated(row: AlertRow, step: Step, { seen, at, quietUntil }: Look): boolean {
  if (step === 'post' || row.level === 'ok' || !row.escalateAt || row.escalateAt > at) return false;
  if (row.snooze || (quietUntil && !seen.cannotWait)) return false;
  return seen.level === 'empty' || seen.balanceMinor < (row.postedMinor ?? 0);
}

async function escalating(
  { before, workspace }: Plan,
  facts: AlertFacts,
  told: readonly Recipient[],
): Promise<Pick<Plan, 'owners' | 'escalated'>> {
  const together = await recipientsOfGroups(workspace.account, before.groups);
  const knowing = new Set([...told, ...together].map(recipientKey));
  const owners = await holdersOf(workspace.account, workspace.id, ['primaryOwner', 'owner']);
  return {
    owners: owners.filter(({ id }) => !knowing.has(recipientKey({ person: id }))),
    escalated: alertCard({ ...facts, escalated: true }),
  };
}

/** Of all notices of one episode. */
export function subjectOf({ _id, episode }: Pick<AlertRow, '_id' | 'episode'>): string {
  return `alert:${_id}:${episode}`;
}
