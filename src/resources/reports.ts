import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from '../workspace/audit.js';
import type { PersonId } from '../workspace/entities.js';
import type { ClientRequest } from './client-request.js';
import type { Report, ReportAsk } from './report.js';
import { REPORT, type ReportDoc, ReportModel, toReport } from './report-model.js';
import { assertNameFree, madeBefore } from './resource-changes.js';
import { resourceName } from './resource-name.js';
import type { Place } from './resource-page.js';
import { resourceReading } from './resource-reading.js';

export const {
  meant: reportMeant,
  find: findReports,
  count: reportCount,
  after: reportsAfter,
} = resourceReading(ReportModel, toReport);

/**
 * Keeps what a report asks for under a name.
 * @throws Refusal resourceNameTaken, keyConflict, badArgument
 */
export async function saveReport(
  wanted: Place & { name: string; ask: ReportAsk; by: PersonId; byKey?: string; client: ClientRequest; at: Date },
): Promise<Report> {
  const { account, workspace, ask, by, byKey, client, at } = wanted;
  const named = resourceName(wanted.name);
  return inTransaction(async () => {
    const first = await madeBefore(REPORT, { account, workspace }, client);
    if (first) return toReport(first);
    await assertNameFree(REPORT, { account, workspace, ...named });
    const doc: ReportDoc = {
      _id: newId('rp', at),
      ...{ account, workspace, ...named, ...ask, client },
      archived: false,
      version: 1,
      ...{ createdBy: by, createdAt: at, changedAt: at },
    };
    await ReportModel.create(doc);
    const detail = { name: doc.name, ...(byKey !== undefined && { key: byKey }) };
    await writeAudit({ account, workspace, by, action: 'report.saved', detail, at });
    return toReport(doc);
  });
}

/**
 * Renames a report, puts it out of the lists or takes it back.
 * @throws Refusal unknownResource, resourceNameTaken, badArgument
 */
export async function changeReport(
  change: Place & { id: string; name?: string; archived?: boolean; by: PersonId; byKey?: string; at: Date },
): Promise<Report> {
  const { account, workspace, id, by, byKey, at } = change;
  return inTransaction(async () => {
    const before = await ReportModel.findOne({ account, workspace, _id: id }).lean<ReportDoc>();
    if (!before) return refuse({ kind: 'unknownResource', what: 'report', typed: '', nearest: [] });
    const { archived = before.archived } = change;
    const named = resourceName(change.name ?? before.name);
    if (named.name === before.name && archived === before.archived) return toReport(before);
    if (!archived) await assertNameFree(REPORT, { ...before, ...named });
    const after = await ReportModel.findOneAndUpdate(
      { account, workspace, _id: id, version: before.version },
      { $set: { ...named, archived, changedAt: at }, $inc: { version: 1 } },
      { returnDocument: 'after' },
    )
      .lean<ReportDoc>()
      .orFail();
    const action = archived === before.archived ? 'report.renamed' : archived ? 'report.archived' : 'report.restored';
    const from = named.name !== before.name && { from: before.name };
    const detail = { name: named.name, ...from, ...(byKey !== undefined && { key: byKey }) };
    await writeAudit({ account, workspace, by, action, detail, at });
    return toReport(after);
  });
}
