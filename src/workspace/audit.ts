import mongoose from 'mongoose';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { type AuditCheckpoint, type AuditEntry, type AuditLine, BEFORE_THE_FIRST, chainHash } from './audit-entry.js';
import { auditFrom } from './audit-from.js';
import { type AuditDoc, AuditHeadModel, AuditModel } from './audit-model.js';
import type { AccountId, PersonId, WorkspaceId } from './entities.js';

/**
 * Adds a line to the account's chain, in the surrounding transaction where there is one. Where it was done, and by which
 * request, is known from what runs: see audit-from.ts. What the product does by itself it does nowhere.
 */
export function writeAudit(given: AuditLine): Promise<void> {
  const line = { ...(given.by === 'system' ? {} : auditFrom()), ...given };
  return inTransaction(async () => {
    const head = (await AuditHeadModel.findOne({ _id: line.account }).lean()) ?? BEFORE_THE_FIRST;
    const sequence = head.sequence + 1;
    const hash = chainHash(head.hash, { ...line, sequence });
    await AuditHeadModel.updateOne(
      { _id: line.account },
      { $set: { account: line.account, sequence, hash } },
      { upsert: true },
    );
    await AuditModel.create({ _id: newId('au', line.at), ...line, sequence, hash });
  });
}

/** Newest first. `person` finds what the person did and what was done to them. */
export async function auditTrail(query: {
  account: AccountId;
  workspace?: WorkspaceId;
  person?: PersonId;
  from?: Date;
  limit: number;
}): Promise<AuditEntry[]> {
  const { account, workspace, person, from, limit } = query;
  const lines = await AuditModel.find({
    account,
    ...(workspace && { workspace }),
    ...(person && { $or: [{ by: person }, { person }] }),
    ...(from && { at: mongoose.trusted({ $gte: from }) }),
  })
    .sort({ sequence: -1 })
    .limit(limit)
    .lean<AuditDoc[]>();
  return lines.map(toEntry);
}

/**
 * Checks the account's whole chain: a line edited, removed, reordered or cut off the end is a finding. Whoever can
 * rewrite the database could rewrite the whole chain: a `checkpoint` kept elsewhere shows that too.
 */
export function verifyAudit(
  account: AccountId,
  checkpoint?: AuditCheckpoint,
): Promise<{ entries: number; head: AuditCheckpoint; findings: string[] }> {
  return inTransaction(async () => {
    const findings: string[] = [];
    let last = BEFORE_THE_FIRST;
    let entries = 0;
    let passedCheckpoint = checkpoint === undefined;
    for await (const line of AuditModel.find({ account }).sort({ sequence: 1 }).lean<AuditDoc>().cursor()) {
      entries += 1;
      const { sequence, hash } = line;
      if (sequence !== last.sequence + 1) findings.push(`audit line ${last.sequence + 1} of ${account} is missing`);
      else if (hash !== chainHash(last.hash, toEntry(line)))
        findings.push(`audit line ${sequence} of ${account} is not what was written`);
      if (sequence === checkpoint?.sequence) passedCheckpoint = hash === checkpoint.hash;
      last = { sequence, hash };
    }
    const stored = await AuditHeadModel.findOne({ _id: account }).lean();
    const head = stored ? { sequence: stored.sequence, hash: stored.hash } : BEFORE_THE_FIRST;
    if (head.sequence !== last.sequence || head.hash !== last.hash)
      findings.push(`the audit chain of ${account} ends at ${last.sequence}, its head says ${head.sequence}`);
    if (!passedCheckpoint) findings.push(`the audit chain of ${account} does not hold its checkpoint`);
    return { entries, head, findings };
  });
}

export function toEntry(doc: AuditDoc): AuditEntry {
  const { account, by, action, at, sequence, hash } = doc;
  return {
    account,
    by,
    action,
    at,
    sequence,
    hash,
    ...(doc.workspace !== undefined && { workspace: doc.workspace }),
    ...(doc.person !== undefined && { person: doc.person }),
    ...(doc.request !== undefined && { request: doc.request }),
    ...(doc.detail !== undefined && { detail: doc.detail }),
    ...(doc.from !== undefined && { from: doc.from }),
  };
}
