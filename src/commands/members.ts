import { z } from 'zod';
import { memberCard } from '../cards/members/member-card.js';
import { membersCard } from '../cards/members/people-cards.js';
import type { Answer } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import type { Membership } from '../workspace/entities.js';
import { membersOf, membership as membershipOf } from '../workspace/memberships.js';
import { type Action, rankGuard, verdict } from '../workspace/permissions.js';
import { offset, person, role } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { findMember } from './find-person.js';
import { invitedLines } from './open-invitations.js';

const PAGE = 10;

/** A page of the members, or one of them with what the reader may change. */
export const members = workspaceCommand({
  args: z.strictObject({
    person: person.optional(),
    role: role.optional(),
    search: z.string().max(80).optional(),
    offset,
  }),
  read(words) {
    const [who] = words.people();
    if (who) return { person: who };
    const asked = words.role();
    return { role: asked, search: words.textBefore('in', 'of') };
  },
  async run(context, { person: who, role: asked, search, offset: start = 0 }) {
    if (who) return oneOf(context, who);
    const { account, actor, services, workspace } = context;
    const filter = { ...(asked && { role: asked }), ...(search && { search }) };
    const page = await membersOf({
      account: account.id,
      workspace: workspace.id,
      ...filter,
      offset: start,
      limit: PAGE,
    });
    const card = membersCard({
      about: await aboutWorkspace(services.ledger, workspace),
      members: page.members.map(({ person, membership: held }) => ({
        person: person.id,
        name: person.name,
        role: held.role,
        licence: held.licence,
        suspended: held.suspended,
      })),
      total: page.total,
      offset: start,
      pageSize: PAGE,
      filter,
      ...(start === 0 && !asked && !search && { invited: await invitedLines(context) }),
      zone: actor.timeZone ?? workspace.timeZone,
    });
    return { kind: 'private', card, replace: true };
  },
});

async function oneOf(context: InWorkspace, reference: string): Promise<Answer> {
  const { account, actor, services, workspace } = context;
  const target = await findMember(context, reference, workspace.id);
  const held = await membershipOf(account.id, workspace.id, target.id);
  if (!held) return refuse({ kind: 'notMember', name: target.name, workspaceName: workspace.name, person: target.id });
  const { role: now, licence, suspended, joinedAt } = held;
  const card = memberCard({
    about: await aboutWorkspace(services.ledger, workspace),
    person: target.id,
    name: target.name,
    ...(target.email && { email: target.email }),
    role: now,
    licence,
    suspended,
    joinedAt: joinedAt.toISOString(),
    zone: actor.timeZone ?? workspace.timeZone,
    may: mayChange(context, held),
  });
  return { kind: 'private', card, replace: true };
}

/** What the actor may change of somebody's place. */
function mayChange({ actor, membership }: InWorkspace, held: Membership) {
  const may = (action: Action): boolean =>
    verdict(action, membership.role, { targetRole: held.role }).answer === 'yes' &&
    rankGuard(membership.role, held.role);
  const other = held.person !== actor.id && held.role !== 'primaryOwner';
  return { role: other && may('changeAdmins'), licence: may('changeLicence'), standing: other && may('suspendMember') };
}
