import type { Form } from '../cards/card.js';
import { ROLES_GIVEN } from '../cards/choices.js';
import { inviteForm as emptyForm, inviteGroupForm, type InviteTerms } from '../cards/members/invite-forms.js';
import { invitationDefaults } from '../workspace/admission.js';
import { LICENCES } from '../workspace/entities.js';
import { rankGuard, verdict } from '../workspace/permissions.js';
import { seatsFree } from '../workspace/seats.js';
import type { InWorkspace } from './command.js';
import type { InviteArgs } from './invite-args.js';
import { type Grouped, lookIntoGroups } from './invite-groups.js';
import { namesOf } from './invite-people.js';

/** Asks whom to invite where nobody is named; shows who is in a named group before they are invited. */
export async function inviteForm(context: InWorkspace, args: InviteArgs): Promise<Form | undefined> {
  if (args.what || args.again || args.takeBack) return undefined;
  const grouped = await lookIntoGroups(context, args);
  if (grouped.handles.length > 0) return groupForm(context, args, grouped);
  if (args.people.length > 0) return undefined;
  const terms = await offered(context, args);
  const nobody = 'submitted' in context.invocation.ask;
  return emptyForm({ about: context.workspace, terms, kept: kept(args), nobody });
}

/** The people are fixed here: who joins the group later is not invited by it. */
async function groupForm(context: InWorkspace, args: InviteArgs, grouped: Grouped): Promise<Form> {
  const { handles, inGroups, others } = grouped;
  return inviteGroupForm({
    about: context.workspace,
    terms: await offered(context, args),
    kept: kept(args),
    handles,
    inGroups: await namesOf(context, inGroups),
    people: [...new Set([...others, ...inGroups])],
  });
}

function kept({ licence, role, why }: InviteArgs) {
  return { ...(licence && { licence }), ...(role && { role }), ...(why && { why }) };
}

/** Only what the reader may give, and what the plan has. */
async function offered({ account, membership, workspace }: InWorkspace, args: InviteArgs): Promise<InviteTerms> {
  const usual = await invitationDefaults(account, workspace.id);
  const roles = ROLES_GIVEN.filter((role) => rankGuard(membership.role, 'member', role));
  const gives = verdict('changeLicence', membership.role).answer === 'yes';
  const tiers = LICENCES.filter((licence) => gives && account.seats[licence] > 0);
  const free = await Promise.all(tiers.map(async (licence) => [licence, await seatsFree(account, licence)] as const));
  return {
    roles,
    role: [args.role, usual.role].find((role) => role && roles.includes(role)) ?? 'member',
    free: new Map(free),
    licence: [args.licence, usual.licence].find((licence) => licence && tiers.includes(licence)) ?? 'standard',
  };
}
