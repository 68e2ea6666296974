import type { Channel } from '../channels/channel.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from '../workspace/audit.js';
import type { AuditAction } from '../workspace/audit-actions.js';
import type { Membership, PersonId } from '../workspace/entities.js';
import { countsStill } from '../workspace/members-among.js';
import { type Given, type Meeting, MOST, type Which } from './meeting.js';
import { type MeetingDoc, MeetingModel, toMeeting } from './meeting-model.js';

/** What a meeting's host does about who reads it. `changed` is false where it was so already. */
interface ByHost extends Which {
  /** The host: whoever is not is refused as if there were no such meeting. */
  by: PersonId;
  at: Date;
}

interface Outcome {
  meeting: Meeting;
  changed: boolean;
}

/** Lets whoever reads the channel read the meeting. Whether the host may share it there is the caller's to know. */
export function shareTo(change: ByHost & { channel: Channel }): Promise<Outcome> {
  const { channel } = change;
  return byHost(change, (meeting) => {
    if (meeting.channels.includes(channel.id)) return undefined;
    const channels = atMost([...meeting.channels, channel.id], MOST.channels, 'room');
    return { change: { channels }, lines: [{ action: 'meeting.shared', detail: openName(channel) }] };
  });
}

export function unshare(change: ByHost & { channel: Channel }): Promise<Outcome> {
  const { channel } = change;
  return byHost(change, (meeting) => {
    if (!meeting.channels.includes(channel.id)) return undefined;
    const channels = meeting.channels.filter((id) => id !== channel.id);
    return { change: { channels }, lines: [{ action: 'meeting.unshared', detail: openName(channel) }] };
  });
}

/** Ends that everybody in the workspace reads it; whom it is shared with by name or channel still does. */
export function closeMeeting(change: ByHost): Promise<Outcome> {
  return byHost(change, ({ open }) =>
    open ? { change: { open: false }, lines: [{ action: 'meeting.unshared' }] } : undefined,
  );
}

/** Lets members of the workspace read it. */
export function grantAccess(change: ByHost & { members: readonly Membership[] }): Promise<Outcome> {
  return give(change, 'readers', 'meeting.granted');
}

/** Lets members of the workspace read it and write its highlights and notes. */
export function addCollaborators(change: ByHost & { members: readonly Membership[] }): Promise<Outcome> {
  return give(change, 'collaborators', 'meeting.collaboratorAdded');
}

/** Ends what somebody was given by name, as reader and as collaborator. */
export function withdrawAccess(change: ByHost & { person: PersonId }): Promise<Outcome> {
  const { person } = change;
  return byHost(change, ({ readers, collaborators }) => {
    const without = (given: readonly Given[]) => given.filter((each) => each.person !== person);
    const left = { readers: without(readers), collaborators: without(collaborators) };
    const wrote = left.collaborators.length < collaborators.length;
    if (!wrote && left.readers.length === readers.length) return undefined;
    return {
      change: left,
      lines: [{ action: wrote ? 'meeting.collaboratorRemoved' : 'meeting.withdrawn', person }],
    };
  });
}

function give(
  change: ByHost & { members: readonly Membership[] },
  what: 'readers' | 'collaborators',
  action: AuditAction,
): Promise<Outcome> {
  const { members, at } = change;
  return byHost(change, (meeting) => {
    const before = meeting[what];
    const fresh = members.filter(
      (member) => !before.some(({ person, since }) => person === member.person && countsStill(member, since)),
    );
    if (fresh.length === 0) return undefined;
    const people = fresh.map(({ person }) => person);
    const others = before.filter(({ person }) => !people.includes(person));
    const given = atMost([...others, ...people.map((person) => ({ person, since: at }))], MOST[what], 'person');
    return { change: { [what]: given }, lines: people.map((person) => ({ action, person })) };
  });
}

/** What becomes of a meeting, and what the audit trail says of it. */
interface Step {
  change: Partial<Pick<Meeting, 'channels' | 'readers' | 'collaborators' | 'open'>>;
  lines: readonly { action: AuditAction; person?: PersonId; detail?: Readonly<Record<string, string>> }[];
}

/** Reads, changes and audits in one transaction; `next` answers undefined where it is so already. */
function byHost(
  { account, workspace, meeting: id, by, at }: ByHost,
  next: (meeting: Meeting) => Step | undefined,
): Promise<Outcome> {
  return inTransaction(async () => {
    const where = { account, workspace, _id: id, host: by };
    const before = await MeetingModel.findOne(where).lean<MeetingDoc>();
    if (!before) return refuse({ kind: 'unknownMeeting', typed: '' });
    const step = next(toMeeting(before));
    if (!step) return { meeting: toMeeting(before), changed: false };
    const changed = { ...step.change, version: before.version + 1 };
    await MeetingModel.updateOne(where, { $set: changed });
    for (const { detail, ...line } of step.lines) {
      await writeAudit({ account, workspace, by, ...line, detail: { meeting: id, ...detail }, at });
    }
    return { meeting: { ...toMeeting(before), ...changed }, changed: true };
  });
}

/** What the audit trail says of a channel: a private one's name is for those who are in it. */
function openName({ kind, name }: Channel): Readonly<Record<string, string>> {
  return kind === 'public' ? { channel: name } : {};
}

function atMost<T>(all: readonly T[], most: number, argument: string): readonly T[] {
  if (all.length <= most) return all;
  return refuse({ kind: 'badArgument', argument, typed: '', expected: `at most ${most}, or share it to a channel` });
}
