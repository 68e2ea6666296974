import { inviteResultsCard } from '../cards/members/invitation-card.js';
import { seatsFree } from '../workspace/seats.js';
import { workspaceCommand } from './command.js';
import { inviteArgs, readInvite } from './invite-args.js';
import { inviteAsks } from './invite-asks.js';
import { inviteFacts } from './invite-facts.js';
import { inviteForm } from './invite-form.js';
import { invitePeople, termsOf } from './invite-people.js';
import { listOpen, manageTyped, sendAgain, takeBack } from './open-invitations.js';

/** Invites people, however they are named; and what can be done about those who have not answered. */
export const invite = workspaceCommand({
  args: inviteArgs,
  read: readInvite,
  facts: inviteFacts,
  form: inviteForm,
  asks: inviteAsks,
  async run(context, args) {
    const { again, takeBack: ended, offset, people, what } = args;
    if (again) return sendAgain(context, again);
    if (ended) return takeBack(context, ended);
    if (what === 'list' || (what && people.length === 0)) return listOpen(context, offset);
    if (what) return manageTyped(context, what, people);
    const terms = await termsOf(context, args);
    const { account, workspace } = context;
    const card = inviteResultsCard({
      workspace: workspace.name,
      role: terms.role,
      results: await invitePeople(context, people, terms),
      seatsFree: await seatsFree(account, terms.licence),
    });
    return { kind: 'private', card };
  },
});
