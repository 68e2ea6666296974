import { z } from 'zod';
import { type RoleGiven, ROLES_GIVEN } from '../cards/choices.js';
import { noSecondLeft } from '../cards/members/impact-forms.js';
import { roleChangedCard, roleToldCard } from '../cards/members/people-cards.js';
import { roleConfirmCard, roleForm } from '../cards/members/role-cards.js';
import { roleAsked } from '../cards/requests/asked-people-words.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import type { Person, Role } from '../workspace/entities.js';
import { changeRole } from '../workspace/memberships.js';
import { rankGuard } from '../workspace/permissions.js';
import { changeableMember } from '../workspace/rank.js';
import { flag, person, role as roleArgument } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { calledBy, findMember } from './find-person.js';
import { isLastSecond } from './last-second.js';
import { tellMember } from './member-notices.js';
import { undoOffer, undoPlaceChange } from './undo-place.js';

/** What `promote` and `demote` mean by themselves. */
const ALIAS_ROLES: Readonly<Record<string, 'admin' | 'member'>> = { promote: 'admin', demote: 'member' };

export const role = workspaceCommand({
  args: z.strictObject({
    person: person.optional(),
    role: roleArgument.optional(),
    /** What they were when the card was drawn. */
    was: roleArgument.optional(),
    sure: flag,
    /** One's own change of somebody's role, to be taken back. */
    undo: z.string().max(80).optional(),
  }),
  read(words) {
    const verb = words.choice(['promote', 'demote']);
    const asked = words.role('to', 'as', 'into') ?? (verb && ALIAS_ROLES[verb]);
    return { person: words.person(), role: asked };
  },
  async form(context, args) {
    if (args.undo || (args.person && args.role)) return undefined;
    const { account, actor, membership, workspace } = context;
    const target = args.person ? await findMember(context, args.person, workspace.id) : undefined;
    const where = { account: account.id, workspace: workspace.id, by: actor.id };
    const held = target && (await changeableMember({ ...where, person: target.id }));
    return roleForm({
      about: workspace,
      ...(target && held && { whom: { person: target.id, name: target.name, role: held.role } }),
      roles: ROLES_GIVEN.filter((role) => rankGuard(membership.role, 'member', role)),
      ...(args.role && { role: args.role }),
    });
  },
  async asks(about, { person: whom = '', role: to }) {
    if (!about.workspace || !to) throw new Error('a change of a role names its workspace and role');
    return roleAsked(await calledBy(about, whom), to, about.workspace.name);
  },
  async moves({ account, workspace, ...context }, args) {
    if (!args.sure || !args.person || !args.role || args.role === 'owner') return undefined;
    const target = await findMember({ account, ...context }, args.person, workspace.id);
    if (!(await isLastSecond({ account, workspace: workspace.id, person: target.id }))) return undefined;
    return { workspace, amountMinor: 0, what: noSecondLeft(target.name), loosensTwo: true };
  },
  async run(context, args) {
    if (args.undo) return undoPlaceChange(context, args.undo);
    if (!args.person || !args.role) throw new Error('the form asks for both');
    const { account, actor, workspace } = context;
    const target = await findMember(context, args.person, workspace.id);
    const where = { account: account.id, workspace: workspace.id, person: target.id, by: actor.id };
    const held = await changeableMember(where, args.role);
    if (args.was && args.was !== held.role) {
      const of = { person: target.id, workspace: workspace.id };
      return refuse({ kind: 'changedSince', name: target.name, workspaceName: workspace.name, of });
    }
    return args.sure || held.role === args.role
      ? change(context, target, args.role)
      : confirm(context, target, held.role, args.role);
  },
});

async function confirm(
  { services, workspace }: InWorkspace,
  { id, name }: Person,
  before: Role,
  after: RoleGiven,
): Promise<Answer> {
  const about = await aboutWorkspace(services.ledger, workspace);
  return { kind: 'private', card: roleConfirmCard({ about, person: id, name, before, after }) };
}

async function change(context: InWorkspace, target: Person, to: RoleGiven): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const about = await aboutWorkspace(services.ledger, workspace);
  const changed = await inTransaction(async () => {
    const order = { account: account.id, workspace: workspace.id, person: target.id, by: actor.id, at };
    const done = await changeRole({ ...order, role: to });
    if (done.undo) await tellMember(context, target.id, 'role', roleToldCard({ about, by: actor.name, after: to }));
    return done;
  });
  const { before, after, undo } = changed;
  const card = roleChangedCard({
    about,
    name: target.name,
    before,
    after: after.role,
    ...undoOffer(context, 'role', undo),
  });
  return { kind: 'private', replace: true, card };
}
