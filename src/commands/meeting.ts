import type { Form } from '../cards/card.js';
import { findMeetingForm, meetingOpenedCard } from '../cards/meetings/meeting-access-cards.js';
import { meetingDeleteCard, meetingDeletedCard } from '../cards/meetings/meeting-cards.js';
import { THE_HOST, WHO_READS } from '../cards/meetings/meeting-said.js';
import { press } from '../cards/parts.js';
import { meetingAsked } from '../cards/requests/asked-work-words.js';
import { offerToAskCard } from '../cards/requests/request-card.js';
import type { Answer } from '../chat/invocation.js';
import type { Meeting } from '../meetings/meeting.js';
import { deleteMeeting, getMeeting } from '../meetings/meetings.js';
import { grantAccess } from '../meetings/sharing.js';
import { inTransaction } from '../mongo.js';
import { tellDeleted } from '../notices/resources/meeting-notices.js';
import { membership as membershipOf } from '../workspace/memberships.js';
import { getPerson } from '../workspace/people.js';
import type { Facts } from '../workspace/permissions.js';
import { type AskAbout, type InWorkspace, type Whose, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { type MeetingArgs, meetingArgs, readMeeting } from './meeting-args.js';
import { accessMeant, meetingsMeant } from './meeting-meant.js';
import {
  changing,
  close,
  collaborate,
  collaboratorsForm,
  share,
  shareChoices,
  shareForm,
  unshareFrom,
  withdraw,
} from './meeting-share.js';
import { access, list, shown, withMeeting } from './meeting-views.js';
import { create, createForm, edit, editForm } from './meeting-write.js';

/** What is kept of meetings. Their host decides who reads them, whatever anybody's rank. */
export const meeting = workspaceCommand({
  args: meetingArgs,
  read: readMeeting,
  facts: factsOf,
  choices: shareChoices,
  async offer(context, args) {
    if (args.ask || !args.meeting) return undefined;
    const [meant] = await meetingsMeant(context, args.meeting);
    const host = await getPerson(context.account.id, meant.host);
    const call = { what: 'open', meeting: meant.id, ask: true };
    return offerToAskCard({
      whoDoes: WHO_READS,
      names: [host?.name ?? THE_HOST],
      ask: press('Ask', 'meeting', call, { workspace: context.workspace.id, style: 'primary' }),
      about: await aboutWorkspace(context.services.ledger, context.workspace),
    });
  },
  async asks(about, args) {
    const meant = await meetingOf(about, args);
    return meetingAsked(meant?.title);
  },
  form: formOf,
  run(context, args): Promise<Answer> {
    switch (args.what) {
      case 'list':
      case 'find':
        return list(context, args);
      case 'create':
        return create(context, args);
      case 'open':
        return withMeeting(context, args, (meant) => open(context, meant));
      case 'edit':
        return edit(context, args);
      case 'share':
      case 'grant':
        return share(context, args);
      case 'collaborator':
        return collaborate(context, args);
      case 'unshare':
        return unshareFrom(context, args);
      case 'withdraw':
        return withdraw(context, args);
      case 'close':
        return close(context, args);
      case 'access':
        return withMeeting(context, args, (meant) => access(context, meant, { offset: args.offset ?? 0 }));
      case 'delete':
        return withMeeting(context, args, (meant) => remove(context, meant, args));
    }
  },
});

async function factsOf({ account, workspace, person }: Whose, { meeting: typed }: MeetingArgs): Promise<Facts> {
  if (!workspace || !typed) return {};
  const membership = await membershipOf(account.id, workspace.id, person);
  const meant = await accessMeant({ account, workspace, membership }, person, typed);
  return meant ? { host: meant.host, shared: meant.reads, hostedBy: meant.hostedBy } : {};
}

/** The meeting of a request, as it is now: only such as a button named by its id. */
async function meetingOf({ account, workspace }: AskAbout, args: MeetingArgs): Promise<Meeting | undefined> {
  if (!workspace || !args.meeting) return undefined;
  return getMeeting({ account: account.id, workspace: workspace.id, meeting: args.meeting });
}

/** Asks for what is missing, of a meeting that is one and no other. */
async function formOf(context: InWorkspace, args: MeetingArgs): Promise<Form | undefined> {
  const { what, meeting: typed } = args;
  if (what === 'create') return createForm(context, args);
  if (what === 'find') return findMeetingForm(context.workspace);
  if (!typed || !isMissing(args)) return undefined;
  const [meant, ...others] = await meetingsMeant(context, typed);
  if (others.length > 0) return undefined;
  if (what === 'edit') return editForm(context, meant, args.version);
  return what === 'collaborator' ? collaboratorsForm(context, meant) : shareForm(context, meant);
}

function isMissing({ what, title, room, person, people }: MeetingArgs): boolean {
  if (what === 'edit') return title === undefined;
  const gives = what === 'share' || what === 'grant' || what === 'collaborator';
  return gives && !room && !person && !people;
}

/** Shows it; where the host said yes to a request, the one who asked reads it from now on. */
async function open(context: InWorkspace, meant: Meeting): Promise<Answer> {
  const { approvedBy, membership, workspace } = context;
  if (!approvedBy) return shown(context, meant);
  await grantAccess({ ...changing(context, meant), by: approvedBy.id, members: [membership] });
  return {
    kind: 'private',
    card: meetingOpenedCard({ about: workspace, meeting: meant.id, title: meant.title }),
  };
}

async function remove(context: InWorkspace, meant: Meeting, { sure }: MeetingArgs): Promise<Answer> {
  const about = await aboutWorkspace(context.services.ledger, context.workspace);
  if (!sure) return { kind: 'private', card: meetingDeleteCard({ about, meeting: meant.id, title: meant.title }) };
  await inTransaction(async () => tellDeleted(await deleteMeeting(changing(context, meant))));
  return { kind: 'private', card: meetingDeletedCard({ about, title: meant.title }), replace: true };
}
