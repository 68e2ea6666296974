import mongoose from 'mongoose';
import { toEntry } from './audit.js';
import { AUDIT_TOPICS, type AuditTopic } from './audit-actions.js';
import type { AuditEntry } from './audit-entry.js';
import { type AuditDoc, AuditModel } from './audit-model.js';
import type { AccountId, PersonId, WorkspaceId } from './entities.js';
import { PersonModel } from './person-model.js';

/** Which lines of a workspace somebody looks at, and which of them they may see. */
export interface AuditQuery {
  account: AccountId;
  /** Absent for one's own lines wherever they are. */
  workspace?: WorkspaceId;
  reader: PersonId;
  /** The part that the reader's role lets them see: what they did or what was done to them; all but billing. */
  only?: 'own' | 'notBilling';
  /** The company's own lines too, which belong to no workspace: for the account owner. One's own are seen anyway. */
  andAccount?: boolean;
  /** What this person did, and what was done to them. */
  person?: PersonId;
  topic?: AuditTopic;
  from?: Date;
  to?: Date;
}

/** Newest first, from before the line `before`; `next` is the cursor of the page behind, if there is one. */
export async function auditPage(
  query: AuditQuery & { before?: number; limit: number },
): Promise<{ lines: AuditEntry[]; next?: number }> {
  const { before, limit, ...asked } = query;
  const filter = await matching(asked);
  const docs = await AuditModel.find({
    ...filter,
    ...(before !== undefined && { sequence: mongoose.trusted({ $lt: before }) }),
  })
    .sort({ sequence: -1 })
    .limit(limit + 1)
    .lean<AuditDoc[]>();
  const lines = docs.slice(0, limit).map(toEntry);
  const last = lines.at(-1);
  return { lines, ...(docs.length > limit && last && { next: last.sequence }) };
}

/** All that match, oldest first, read only as fast as they are taken. */
export async function* auditLines(query: AuditQuery): AsyncGenerator<AuditEntry, void, undefined> {
  const found = AuditModel.find(await matching(query)).sort({ sequence: 1 });
  for await (const doc of found.lean<AuditDoc>().cursor()) yield toEntry(doc);
}

async function matching(query: AuditQuery) {
  const { account, workspace, reader, only, andAccount, person, topic, from, to } = query;
  const ofNone = { workspace: mongoose.trusted({ $exists: false }) };
  const also = andAccount || only === 'own' ? [ofNone] : [];
  const there = workspace === undefined ? [] : [{ $or: [{ workspace }, ...also] }];
  const own = only === 'own' || workspace === undefined ? [await concerning(account, reader)] : [];
  const theirs = person === undefined ? [] : [await concerning(account, person)];
  const time = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
  const actions = [
    ...(topic ? [{ action: mongoose.trusted({ $regex: `^(${AUDIT_TOPICS[topic].join('|')})\\.` }) }] : []),
    ...(only === 'notBilling' ? [{ action: mongoose.trusted({ $not: /^billing\./ }) }] : []),
  ];
  return {
    account,
    $and: [...there, ...own, ...theirs, ...actions],
    ...((from || to) && { at: mongoose.trusted(time) }),
  };
}

/** By the person or done to them, also under what they were before they were linked to themselves. */
async function concerning(account: AccountId, person: PersonId) {
  const former = await PersonModel.find({ account, mergedInto: person }, { _id: 1 }).lean<{ _id: PersonId }[]>();
  const all = mongoose.trusted({ $in: [person, ...former.map(({ _id }) => _id)] });
  return { $or: [{ by: all }, { person: all }] };
}
