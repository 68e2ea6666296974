import mongoose from 'mongoose';
import type { Ledger, Minor } from '../ledger/entry.js';
import { inTransaction } from '../mongo.js';
import { recordEvent } from '../webhooks/events.js';
import { writeAudit } from '../workspace/audit.js';
import type { CampaignState } from './campaign.js';
import { CampaignModel, type CampaignRow } from './campaign-model.js';
import { getContactList } from './contact-lists.js';
import { getTemplate } from './templates.js';

/** Clocks of replicas differ: what was charged last may carry a time a little ahead of ours. */
const AHEAD_MS = 60_000;

/** Compare-and-set of the state: undefined where it is another by now. */
export async function moveCampaign(
  { account, workspace, _id }: Pick<CampaignRow, 'account' | 'workspace' | '_id'>,
  from: readonly CampaignState[],
  change: Partial<CampaignRow>,
): Promise<CampaignRow | undefined> {
  const moved = await CampaignModel.findOneAndUpdate(
    { account, workspace, _id, state: mongoose.trusted({ $in: from }) },
    { $set: change, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean<CampaignRow>();
  return moved ?? undefined;
}

/** A start that set nothing aside: it is a draft as it was. */
export async function giveUpStart({ account, workspace, _id }: CampaignRow): Promise<void> {
  await CampaignModel.updateOne(
    { account, workspace, _id, state: 'starting' },
    { $set: { state: 'draft' }, $unset: { start: 1, askedAt: 1 }, $inc: { version: 1 } },
  );
}

export function currentRow({ account, workspace, _id }: CampaignRow): Promise<CampaignRow> {
  return CampaignModel.findOne({ account, workspace, _id }).lean<CampaignRow>().orFail();
}

/**
 * Writes down that the estimate is set aside, and tells the engine: in one transaction, once, whoever comes first. The
 * hold stands, so it runs: with what was decided at its start, even where the row was taken for a draft again meanwhile.
 */
export async function settleStarted(row: CampaignRow, currency: string): Promise<CampaignRow> {
  const { account, workspace, _id: id, name, start } = row;
  if (!start) throw new Error(`campaign ${id} runs without having been started`);
  const { by, approvedBy, at, template, list, sendAt, estimateMinor } = start;
  return inTransaction(async () => {
    const content = { template, list, start, ...(sendAt && { sendAt }) };
    const running = await moveCampaign(row, ['starting', 'draft'], {
      ...content,
      state: 'running',
      archived: false,
      changedAt: at,
    });
    if (!running) return currentRow(row);
    const detail = { name, estimateMinor, currency, ...(approvedBy && { approvedBy }) };
    await writeAudit({ account, workspace, by, action: 'campaign.started', detail, at });
    const data = await whatToSend(row, start);
    await recordEvent({
      account,
      workspace,
      type: 'campaign.started',
      id,
      at,
      data: { ...data, estimateMinor, currency },
    });
    return running;
  });
}

/** What the engine needs in order to send: usage under `resource` is taken out of `hold`. */
async function whatToSend(
  { account, workspace, _id: id, name }: CampaignRow,
  start: NonNullable<CampaignRow['start']>,
) {
  const [template, list] = await Promise.all([
    getTemplate(account, workspace, start.template),
    getContactList(account, workspace, start.list),
  ]);
  if (!template || !list) throw new Error(`campaign ${id} has lost its template or contact list`);
  return {
    campaign: id,
    name,
    resource: name,
    hold: id,
    item: start.item,
    template: { id: template.id, name: template.name, text: template.text },
    contactList: { id: list.id, name: list.name, contacts: start.contacts },
    ...(start.sendAt && { sendAt: start.sendAt.toISOString() }),
  };
}

/** Writes down that what was left of its estimate is free again, and what it spent; once, whoever comes first. */
export async function settleEnded(
  ledger: Pick<Ledger, 'totals'>,
  row: CampaignRow,
  of: { currency: string; at: Date },
): Promise<CampaignRow> {
  const { account, workspace, _id: id, name, owner, start, endedBy, endedByKey } = row;
  const { currency, at } = of;
  if (!start || !endedBy) throw new Error(`campaign ${id} ends without having been started`);
  const spentMinor = await spentOn(ledger, { workspace, name, from: start.at, to: at });
  return inTransaction(async () => {
    const told = endedBy === owner && endedByKey === undefined;
    const change = { state: 'ended', endedAt: at, changedAt: at, spentMinor, told } as const;
    const ended = await moveCampaign(row, ['ending'], change);
    if (!ended) return currentRow(row);
    const detail = { name, spentMinor, currency, ...(endedByKey !== undefined && { key: endedByKey }) };
    await writeAudit({ account, workspace, by: endedBy, action: 'campaign.ended', detail, at });
    const data = { campaign: id, name, resource: name, estimateMinor: start.estimateMinor, spentMinor, currency };
    await recordEvent({ account, workspace, type: 'campaign.ended', id, at, data });
    return ended;
  });
}

/** What was charged under a campaign's name, above zero. */
export async function spentOn(
  ledger: Pick<Ledger, 'totals'>,
  of: { workspace: string; name: string; from: Date; to: Date },
): Promise<Minor> {
  const { spendByResource } = await ledger.totals(of.workspace, of.from, new Date(of.to.getTime() + AHEAD_MS));
  return spendByResource.get(of.name) ?? 0;
}
