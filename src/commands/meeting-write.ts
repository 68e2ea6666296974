import type { Form } from '../cards/card.js';
import { type MeetingDraft, meetingForm } from '../cards/meetings/meeting-access-cards.js';
import { MEETING_SAVED, writtenDown } from '../cards/meetings/meeting-said.js';
import type { Answer } from '../chat/invocation.js';
import type { Channel } from '../channels/channel.js';
import { getChannel } from '../channels/channels.js';
import { accessTo } from '../meetings/access.js';
import { type Content, type Meeting, MOST } from '../meetings/meeting.js';
import { changeMeeting, createMeeting } from '../meetings/meetings.js';
import { inTransaction } from '../mongo.js';
import { tellShared } from '../notices/resources/meeting-notices.js';
import { refuse } from '../refusal.js';
import { bindingsAt } from '../workspace/bindings.js';
import { getPerson } from '../workspace/people.js';
import { policiesInForce } from '../workspace/policies.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import type { MeetingArgs } from './meeting-args.js';
import { changing } from './meeting-share.js';
import { meetingTime, requireTime } from './meeting-time.js';
import { shown, withMeeting } from './meeting-views.js';
import { readsRoom } from './rooms.js';
import { momentTyped } from './typed-moment.js';
import { readUrl } from '../read-url.js';

/** What a box of a form holds on every platform. */
const LONGEST_BOX = 3_000;

/** Whoever writes a meeting down is its host; who reads it from the beginning is the policy's to say. */
export async function create(context: InWorkspace, args: MeetingArgs): Promise<Answer> {
  const { account, actor, at, workspace } = context;
  const { room, ...readers } = await firstReaders(context);
  const meeting = await inTransaction(async () => {
    const made = await createMeeting({
      account: account.id,
      workspace: workspace.id,
      host: actor.id,
      ...contentOf(context, args, { startsAt: at, highlights: [] }),
      ...readers,
      at,
    });
    if (room) await tellShared(made, room);
    return made;
  });
  return shown(context, meeting, writtenDown(workspace.name, { open: readers.open, room: room?.name }));
}

/** What the policy about new meetings comes to here: a channel is that of the chat channel where it is written down. */
async function firstReaders(context: InWorkspace): Promise<{ open: boolean; channels: string[]; room?: Channel }> {
  const { account, workspace } = context;
  const { meetingVisibility, meetingSharing } = await policiesInForce(account, workspace.id);
  const widely = meetingSharing !== 'private';
  if (meetingVisibility === 'workspace') return { open: widely, channels: [] };
  const room = meetingVisibility === 'channel' ? await roomHere(context) : undefined;
  if (!room || (room.kind === 'public' && !widely)) return { open: false, channels: [] };
  return { open: false, channels: [room.id], room };
}

/** The channel of ours that this chat channel has the meetings of, where the actor reads it. */
async function roomHere(context: InWorkspace): Promise<Channel | undefined> {
  const { account, invocation, workspace } = context;
  const bindings = await bindingsAt(account.id, invocation.place);
  const id = bindings.find((binding) => binding.workspace === workspace.id)?.room;
  const room = id && (await getChannel({ account: account.id, workspace: workspace.id, channel: id }));
  return room && !room.archivedAt && (await readsRoom(context, room)) ? room : undefined;
}

/** Writes it anew, by the host or a collaborator. */
export function edit(context: InWorkspace, args: MeetingArgs): Promise<Answer> {
  return withMeeting(context, args, async (meeting) => {
    await assertWrites(context, meeting);
    if (args.version === undefined) throw new Error('the form says which version it shows');
    const content = contentOf(context, args, meeting);
    const after = await changeMeeting({ ...changing(context, meeting), content, version: args.version });
    return shown(context, after, MEETING_SAVED);
  });
}

/** @throws Refusal notAllowed, which names the host */
async function assertWrites({ account, actor, membership }: InWorkspace, meeting: Meeting): Promise<void> {
  const { host, collaborator } = await accessTo(meeting, actor.id, membership);
  if (host || collaborator) return;
  const holder = await getPerson(account.id, meeting.host);
  refuse({ kind: 'notAllowed', doing: 'edit that meeting', holders: holder ? [holder.name] : [] });
}

/** What the form holds; an empty field is empty, and what was too long for a field stays as it was. */
function contentOf(
  context: InWorkspace,
  args: MeetingArgs,
  before: Pick<Meeting, 'startsAt' | 'highlights' | 'notes'>,
): Content {
  const { at } = context;
  const zone = zoneOf(context);
  const kept = args.kept?.split(' ') ?? [];
  if (!args.title) return refuse({ kind: 'badArgument', argument: 'title', typed: '', expected: 'a title' });
  const startsAt = args.when ? requireTime('when', args.when, zone, at) : before.startsAt;
  const endsAt = args.until ? requireTime('until', args.until, zone, at) : undefined;
  if (endsAt && endsAt <= startsAt) {
    return refuse({
      kind: 'badArgument',
      argument: 'until',
      typed: args.until ?? '',
      expected: 'a time after it began',
    });
  }
  const notes = kept.includes('notes') ? before.notes : args.notes?.trim();
  return {
    title: args.title,
    startsAt,
    highlights: kept.includes('highlights') ? before.highlights : linesOf(args.highlights ?? ''),
    ...(endsAt && { endsAt }),
    ...(notes && { notes }),
    ...(args.link && { link: readLink(args.link) }),
  };
}

function linesOf(typed: string): string[] {
  const lines = typed
    .split('\n')
    .map((line) => line.replace(/^\s*[•*-]\s*/, '').trim())
    .filter(Boolean);
  if (lines.length <= MOST.highlights && lines.every((line) => line.length <= MOST.highlight)) return lines;
  const expected = `at most ${MOST.highlights} lines of ${MOST.highlight} characters`;
  return refuse({ kind: 'badArgument', argument: 'highlights', typed: '', expected });
}

function readLink(typed: string): string {
  const url = readUrl(typed.trim());
  if (url && /^https?:$/.test(url.protocol) && !url.username) return url.href;
  return refuse({ kind: 'badArgument', argument: 'link', typed, expected: 'an address that begins with https://' });
}

/** The form of a new meeting, where its title is not typed, or its time cannot be read. */
export async function createForm(context: InWorkspace, { title, when }: MeetingArgs): Promise<Form | undefined> {
  const { at, invocation, services, workspace } = context;
  const isSubmitted = 'submitted' in invocation.ask;
  if (title && (isSubmitted || !when || meetingTime(when, zoneOf(context), at))) return undefined;
  const about = await aboutWorkspace(services.ledger, workspace);
  return meetingForm({ about, draft: { ...(title && { title }), ...(when && { when }) } });
}

/**
 * The form of a meeting as it is, without the fields that are too long for one. Shown once more it stays a change of the
 * version that it was first shown for.
 */
export async function editForm(context: InWorkspace, meeting: Meeting, version = meeting.version): Promise<Form> {
  const { services, workspace } = context;
  await assertWrites(context, meeting);
  const zone = zoneOf(context);
  const { id, title, startsAt, endsAt, link, notes } = meeting;
  const draft: MeetingDraft = {
    title,
    when: momentTyped(startsAt, zone),
    highlights: meeting.highlights.join('\n'),
    ...(endsAt && { until: momentTyped(endsAt, zone) }),
    ...(link && { link }),
    ...(notes && { notes }),
  };
  const kept = (['highlights', 'notes'] as const).filter((field) => (draft[field]?.length ?? 0) > LONGEST_BOX);
  const about = await aboutWorkspace(services.ledger, workspace);
  return meetingForm({ about, draft, existing: { id, version, kept } });
}

function zoneOf({ actor, workspace }: InWorkspace): string {
  return actor.timeZone ?? workspace.timeZone;
}
