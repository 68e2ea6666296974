import { z } from 'zod';
import { meetingCard, meetingDeleteCard, type MeetingLine, myMeetingsCard } from '../cards/meetings/meeting-cards.js';
import type { Answer } from '../chat/invocation.js';
import type { Meeting } from '../meetings/meeting.js';
import { deleteMeeting, meetingOfHost, meetingsHostedBy } from '../meetings/meetings.js';
import { inTransaction } from '../mongo.js';
import { tellDeleted } from '../notices/resources/meeting-notices.js';
import { refuse } from '../refusal.js';
import type { WorkspaceId } from '../workspace/entities.js';
import { suspendedIn } from '../workspace/memberships.js';
import { disabledWorkspaces } from '../workspace/workspaces.js';
import { flag, offset } from './argument.js';
import { type Args, type Context, personCommand } from './command.js';
import { wordsOf } from './meeting-views.js';
import { seatsByWorkspace } from './my-seats.js';

const PAGE = 10;

/**
 * The meetings that a person hosts, in whatever workspace, also one that they are no longer in: those stay theirs to read
 * and to delete. Where they are suspended, or the workspace is disabled, they wait.
 */
export const meetings = personCommand({
  args: z.strictObject({
    what: z.enum(['list', 'open', 'delete'], 'list, open or delete').default('list'),
    meeting: z.string().max(80).optional(),
    offset,
    sure: flag,
  }),
  async run(context, args) {
    if (args.what === 'list' || !args.meeting) return list(context, args.offset ?? 0);
    const meeting = await own(context, args.meeting);
    return args.what === 'delete' ? remove(context, meeting, args.sure) : open(context, meeting);
  },
});

async function list(context: Context, start: number, said?: string): Promise<Answer> {
  const { account, actor } = context;
  const without = await closedTo(context);
  const page = await meetingsHostedBy({ account: account.id, person: actor.id, without, offset: start, limit: PAGE });
  const seats = await seatsByWorkspace(
    context,
    page.meetings.map(({ workspace }) => workspace),
  );
  const lines = page.meetings.map(({ id, title, startsAt, workspace }): MeetingLine => {
    const seat = seats.get(workspace);
    return {
      id,
      title,
      startsAt: startsAt.toISOString(),
      zone: actor.timeZone ?? seat?.workspace.timeZone ?? account.timeZone,
      by: seat ? seat.workspace.name : 'a workspace you have left',
      ...(seat && { workspace }),
    };
  });
  const card = myMeetingsCard({
    meetings: lines,
    total: page.total,
    offset: start,
    pageSize: PAGE,
    ...(said && { said }),
  });
  return { kind: 'private', card, replace: true };
}

/** Where the person may do nothing at present. */
async function closedTo({ account, actor }: Context): Promise<WorkspaceId[]> {
  return [...(await disabledWorkspaces(account.id)), ...(await suspendedIn(account.id, actor.id))];
}

/** @throws Refusal unknownMeeting: also where the person is suspended, or no longer its host */
async function own(context: Context, id: string): Promise<Meeting> {
  const { account, actor } = context;
  const found = await meetingOfHost({ account: account.id, person: actor.id, meeting: id });
  if (!found || (await closedTo(context)).includes(found.workspace))
    return refuse({ kind: 'unknownMeeting', typed: '' });
  return found;
}

async function open(context: Context, meeting: Meeting): Promise<Answer> {
  const { account, actor } = context;
  const words = await wordsOf(account, meeting, { zone: actor.timeZone ?? account.timeZone });
  return { kind: 'private', card: meetingCard({ meeting: words, rights: { host: true, writes: false } }) };
}

async function remove(context: Context, meeting: Meeting, sure: boolean | undefined): Promise<Answer> {
  const { actor, at } = context;
  const { id, account, workspace, title } = meeting;
  if (!sure) return { kind: 'private', card: meetingDeleteCard({ meeting: id, title }) };
  await inTransaction(async () =>
    tellDeleted(await deleteMeeting({ account, workspace, meeting: id, by: actor.id, at })),
  );
  return list(context, 0, `“${title}” is deleted.`);
}

export function deletesMeeting({ what, sure }: Args): boolean {
  return what === 'delete' && sure === true;
}
