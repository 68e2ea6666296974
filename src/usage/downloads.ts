import { createHash, randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { getAccount } from '../workspace/accounts.js';
import type { AccountId, PersonId, Workspace, WorkspaceId } from '../workspace/entities.js';
import { membership } from '../workspace/memberships.js';
import { type Action, type Verdict, verdict } from '../workspace/permissions.js';
import { getWorkspace } from '../workspace/workspaces.js';
import { DownloadModel, type DownloadRow, type Wanted } from './download-model.js';

const LIFETIME_MS = 15 * 60_000;

/** The right that opening it takes; in full, but for what is narrowed to the reader's part of it. */
const RIGHTS: Readonly<Record<Exclude<Wanted['kind'], 'report'>, Action>> = {
  receipt: 'seeReceipts',
  history: 'seeEntries',
  contacts: 'workWithResources',
  summary: 'seeUsage',
  accountSummary: 'seeUsage',
  audit: 'seeAudit',
};
const IN_PART: readonly Wanted['kind'][] = ['audit', 'report', 'summary'];

export interface Download {
  account: AccountId;
  workspace: Workspace;
  person: PersonId;
  what: Wanted;
  /** The part of it that the person may see. */
  only?: Part;
  ownsAccount: boolean;
}

type Part = NonNullable<Extract<Verdict, { answer: 'yes' }>['only']>;

/** A report of what people spent takes the right to see that. */
function rightTo(what: Wanted): Action {
  if (what.kind !== 'report') return RIGHTS[what.kind];
  const { by, person } = what.query;
  return by === 'person' || person !== undefined ? 'seeIndividualSpend' : 'workWithResources';
}

/** A link's token for that person: unguessable, good for 15 minutes, kept as a hash alone. */
export async function createDownload(of: {
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  what: Wanted;
  at: Date;
}): Promise<string> {
  const { at, ...download } = of;
  const token = randomBytes(32).toString('base64url');
  await DownloadModel.create({
    _id: hashOf(token),
    ...download,
    expiresAt: new Date(at.getTime() + LIFETIME_MS),
  });
  return token;
}

/** Whether the link still leads to something: for the page before the click, which tells and spends nothing. */
export async function downloadWaits(token: string, at: Date): Promise<boolean> {
  return (await inForce(token, at)) !== undefined;
}

/**
 * What the link leads to. Undefined where it is none, or its time is up, or the person whose it is may not have it any
 * more: left, suspended, of another role, or the workspace or account disabled.
 */
export async function openDownload(token: string, at: Date): Promise<Download | undefined> {
  const row = await inForce(token, at);
  if (!row) return undefined;
  const { account, person, what } = row;
  const [company, workspace, held] = await Promise.all([
    getAccount(account),
    getWorkspace(account, row.workspace),
    membership(account, row.workspace, person),
  ]);
  if (company?.status !== 'enabled' || workspace?.status !== 'active' || !held || held.suspended) return undefined;
  const said = verdict(rightTo(what), held.role);
  if (said.answer !== 'yes' || (said.only && !IN_PART.includes(what.kind))) return undefined;
  const ownsAccount = company.owner === person;
  if (what.kind === 'accountSummary' && !ownsAccount) return undefined;
  return { account, workspace, person, what, ownsAccount, ...(said.only && { only: said.only }) };
}

async function inForce(token: string, at: Date): Promise<DownloadRow | undefined> {
  const filter = { _id: hashOf(token), expiresAt: mongoose.trusted({ $gt: at }) };
  return (await DownloadModel.findOne(filter).lean<DownloadRow>()) ?? undefined;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
