import type { Field, Form } from '../cards/card.js';
import { count, listOf } from '../cards/parts.js';
import { invitationDefaults } from '../workspace/admission.js';
import type { Role } from '../workspace/entities.js';
import { rankGuard } from '../workspace/permissions.js';
import type { InWorkspace } from './command.js';
import type { InviteArgs } from './invite-args.js';
import { type Grouped, lookIntoGroups } from './invite-groups.js';
import { namesOf } from './invite-people.js';

/** Asks whom to invite where nobody is named; shows who is in a named group before they are invited. */
export async function inviteForm(context: InWorkspace, args: InviteArgs): Promise<Form | undefined> {
  if (args.what || args.again || args.takeBack) return undefined;
  const grouped = await lookIntoGroups(context, args);
  if (grouped.handles.length > 0) return groupForm(context, args, grouped);
  return args.people.length > 0 ? undefined : emptyForm(context, args);
}

async function emptyForm(context: InWorkspace, args: InviteArgs): Promise<Form> {
  const { workspace } = context;
  return {
    name: 'invite',
    title: 'Invite people',
    submit: 'Invite',
    intro: [`They get an invitation to ${workspace.name} and join with one click.`],
    call: { command: 'invite', args: kept(args), workspace: workspace.id },
    fields: [
      { name: 'person', label: 'A colleague', input: 'person', optional: true },
      {
        name: 'addresses',
        label: 'E-mail addresses',
        hint: 'Several with spaces, commas or lines between; a pasted list is fine.',
        input: 'lines',
        optional: true,
      },
      ...(await roleField(context, args)),
    ],
  };
}

/** The people are fixed here: who joins the group later is not invited by it. */
async function groupForm(context: InWorkspace, args: InviteArgs, grouped: Grouped): Promise<Form> {
  const { workspace } = context;
  const { handles, inGroups, others } = grouped;
  const people = [...new Set([...others, ...inGroups])];
  const groups = listOf(
    handles.map((handle) => `@${handle}`),
    'and',
    5,
  );
  const are = inGroups.length === 1 ? 'is' : 'are';
  const names = listOf(await namesOf(context, inGroups), 'and', 10);
  return {
    name: 'invite-group',
    title: 'Invite a group',
    submit: `Invite ${people.length}`,
    intro: [
      `${count(inGroups.length, 'person', 'people')} ${are} in ${groups}: ${names}.`,
      ` They are invited to ${workspace.name}; who comes to the group later is not.`,
    ],
    call: { command: 'invite', args: { ...kept(args), people }, workspace: workspace.id },
    fields: await roleField(context, args),
  };
}

function kept({ licence, role, why }: InviteArgs) {
  return { ...(licence && { licence }), ...(role && { role }), ...(why && { why }) };
}

/** Only what the reader may give, and only where there is something to choose. */
async function roleField({ account, membership, workspace }: InWorkspace, args: InviteArgs): Promise<Field[]> {
  const options = ROLE_OPTIONS.filter(({ value }) => rankGuard(membership.role, 'member', value));
  if (options.length < 2) return [];
  const { role } = await invitationDefaults(account, workspace.id);
  const initial = [args.role, role].find((wanted) => options.some(({ value }) => value === wanted)) ?? 'member';
  return [{ name: 'role', label: 'Role', input: 'choice', initial, options }];
}

const ROLE_OPTIONS: readonly { value: Exclude<Role, 'primaryOwner'>; label: string }[] = [
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Admin' },
  { value: 'owner', label: 'Owner' },
];
