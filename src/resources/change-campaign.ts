import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from '../workspace/audit.js';
import type { PersonId } from '../workspace/entities.js';
import type { Campaign, CampaignId } from './campaign.js';
import { CAMPAIGN, CampaignModel, type CampaignRow, toCampaign } from './campaign-model.js';
import { getCampaign } from './campaigns.js';
import type { Place } from './resource-page.js';
import { getContactList } from './contact-lists.js';
import type { ClientRequest } from './client-request.js';
import { assertNameFree, madeBefore } from './resource-changes.js';
import { resourceName } from './resource-name.js';
import { getTemplate } from './templates.js';

export interface NewCampaign extends Place {
  name: string;
  template: string;
  list: string;
  sendAt?: Date;
  by: PersonId;
  /** Its key is unique in the workspace: the same key is the same campaign, however often it is sent. */
  client: ClientRequest;
  at: Date;
  /** The name of the API key that it came by. */
  byKey?: string;
}

/**
 * Makes a draft.
 * @throws Refusal resourceNameTaken, unknownResource, keyConflict, badArgument
 */
export async function createCampaign(wanted: NewCampaign): Promise<Campaign> {
  const { account, workspace, template, list, sendAt, by, byKey, client, at } = wanted;
  const named = resourceName(wanted.name);
  return inTransaction(async () => {
    const first = await madeBefore(CAMPAIGN, { account, workspace }, client);
    if (first) return toCampaign(first);
    await assertFits({ account, workspace }, { ...named, template, list });
    assertAhead(sendAt, at);
    const row: CampaignRow = {
      _id: newId('cp', at),
      ...{ account, workspace, ...named, template, list, client },
      ...(sendAt && { sendAt }),
      state: 'draft',
      ...{ owner: by, createdBy: by, createdAt: at, changedAt: at },
      version: 1,
      archived: false,
      told: true,
    };
    await CampaignModel.create(row);
    await writeAudit({
      account,
      workspace,
      by,
      action: 'campaign.created',
      detail: { name: row.name, ...keyed(byKey) },
      at,
    });
    return toCampaign(row);
  });
}

/** A change of one campaign by somebody. `version`: as it was when they looked; none where that does not matter. */
export interface CampaignChange extends Place {
  id: CampaignId;
  version?: number;
  by: PersonId;
  byKey?: string;
  at: Date;
}

/**
 * Changes a draft; `sendAt: null` is at once. What is the same already changes nothing.
 * @throws Refusal unknownResource, campaignState, campaignChanged, resourceNameTaken, badArgument
 */
export async function changeCampaign(
  change: CampaignChange & { name?: string; template?: string; list?: string; sendAt?: Date | null },
): Promise<Campaign> {
  const { account, workspace, id, version, by, byKey, at, name, template, list, sendAt } = change;
  return inTransaction(async () => {
    const before = await current({ account, workspace }, id);
    const after = {
      ...resourceName(name ?? before.name),
      template: template ?? before.template,
      list: list ?? before.list,
      ...(sendAt === undefined ? before.sendAt && { sendAt: before.sendAt } : sendAt && { sendAt }),
    };
    if (isSame(before, after)) return before;
    if (before.state !== 'draft' || before.archived) refuseState(before, 'change');
    if (version !== undefined && version !== before.version) refuseChanged(before);
    await assertFits({ account, workspace }, after, before);
    if (after.sendAt?.getTime() !== before.sendAt?.getTime()) assertAhead(after.sendAt, at);
    const row = await CampaignModel.findOneAndUpdate(
      { account, workspace, _id: id, version: before.version },
      {
        $set: { ...after, changedAt: at },
        ...(!after.sendAt && { $unset: { sendAt: 1 } }),
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    )
      .lean<CampaignRow>()
      .orFail();
    await writeAudit({
      account,
      workspace,
      by,
      action: 'campaign.changed',
      detail: { name: after.name, ...keyed(byKey) },
      at,
    });
    return toCampaign(row);
  });
}

/**
 * Puts a draft or an ended campaign out of the lists; its name stays taken.
 * @throws Refusal unknownResource, campaignState
 */
export function archiveCampaign(change: CampaignChange): Promise<Campaign> {
  return setArchived(change, true);
}

/** @throws Refusal unknownResource */
export function restoreCampaign(change: CampaignChange): Promise<Campaign> {
  return setArchived(change, false);
}

async function setArchived(change: CampaignChange, archived: boolean): Promise<Campaign> {
  const { account, workspace, id, by, byKey, at } = change;
  return inTransaction(async () => {
    const before = await current({ account, workspace }, id);
    if (before.archived === archived) return before;
    if (archived && before.state !== 'draft' && before.state !== 'ended') refuseState(before, 'archive');
    const row = await CampaignModel.findOneAndUpdate(
      { account, workspace, _id: id, version: before.version },
      { $set: { archived, changedAt: at }, $inc: { version: 1 } },
      { returnDocument: 'after' },
    )
      .lean<CampaignRow>()
      .orFail();
    const action = archived ? 'campaign.archived' : 'campaign.restored';
    const detail = { name: before.name, ...keyed(byKey) };
    await writeAudit({ account, workspace, by, action, detail, at });
    return toCampaign(row);
  });
}

/** What the audit trail says of a change that came by an API key. */
const keyed = (byKey: string | undefined) => byKey !== undefined && { key: byKey };

export function refuseState(
  { id, name, state, archived }: Campaign,
  doing: 'change' | 'start' | 'end' | 'archive',
): never {
  return refuse({ kind: 'campaignState', name, campaign: id, state: archived ? 'archived' : state, doing });
}

function refuseChanged({ id, name, workspace }: Campaign): never {
  return refuse({ kind: 'campaignChanged', name, campaign: id, workspace });
}

async function current({ account, workspace }: Place, id: CampaignId): Promise<Campaign> {
  const campaign = await getCampaign(account, workspace, id);
  return campaign ?? refuse({ kind: 'unknownResource', what: 'campaign', typed: '', nearest: [] });
}

type Content = Pick<Campaign, 'name' | 'template' | 'list' | 'sendAt'>;

function isSame(before: Content, after: Content): boolean {
  const { name, template, list, sendAt } = after;
  const sameTime = before.sendAt?.getTime() === sendAt?.getTime();
  return before.name === name && before.template === template && before.list === list && sameTime;
}

/** Its name is free, its template and list are there: of what is changed. */
async function assertFits(
  { account, workspace }: Place,
  wanted: Omit<Content, 'sendAt'> & { foldedName: string },
  before?: Content & { id: CampaignId },
): Promise<void> {
  const { name, foldedName, template, list } = wanted;
  const own = before && { _id: before.id };
  await assertNameFree(CAMPAIGN, { account, workspace, name, foldedName, ...own }, { orArchived: true });
  if (template !== before?.template && !isOpen(await getTemplate(account, workspace, template))) {
    refuse({ kind: 'unknownResource', what: 'template', typed: '', nearest: [] });
  }
  if (list !== before?.list && !isOpen(await getContactList(account, workspace, list))) {
    refuse({ kind: 'unknownResource', what: 'contact list', typed: '', nearest: [] });
  }
}

const isOpen = (resource: { archivedAt?: Date } | undefined) => resource !== undefined && !resource.archivedAt;

function assertAhead(sendAt: Date | undefined, at: Date): void {
  if (!sendAt || sendAt > at) return;
  const typed = sendAt.toISOString();
  refuse({ kind: 'badArgument', argument: 'sendAt', typed, expected: 'a time that lies ahead' });
}
