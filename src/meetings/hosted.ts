import { writeAudit } from '../workspace/audit.js';
import type { Handing, Held, Holder } from '../workspace/holding.js';
import { getWorkspace } from '../workspace/workspaces.js';
import { type MeetingDoc, MeetingModel } from './meeting-model.js';

/** The meetings that a person hosts in the workspace, the latest first. By their day: a title is for those who read it. */
export async function heldBy(of: Holder): Promise<Held[]> {
  const { account, workspace, person } = of;
  const docs = await MeetingModel.find({ account, workspace, host: person })
    .sort({ startsAt: -1, _id: -1 })
    .lean<MeetingDoc[]>();
  const timeZone = docs.length > 0 ? (await getWorkspace(account, workspace))?.timeZone : undefined;
  const day = (at: Date) =>
    at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone });
  return docs.map(({ _id, startsAt }) => ({ id: _id, name: `Meeting of ${day(startsAt)}` }));
}

/** Makes somebody else their host, in the caller's transaction; resolves with how many there were. */
export async function handTo(change: Handing): Promise<number> {
  const { account, workspace, from, to, by, at } = change;
  const { modifiedCount } = await MeetingModel.updateMany(
    { account, workspace, host: from },
    { $set: { host: to }, $inc: { version: 1 } },
  );
  if (modifiedCount === 0) return 0;
  const detail = { count: modifiedCount, from };
  await writeAudit({ account, workspace, by, action: 'meeting.handedOver', person: to, detail, at });
  return modifiedCount;
}
