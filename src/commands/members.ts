import { z } from 'zod';
import { membersCard } from '../cards/people-cards.js';
import { membersOf } from '../workspace/memberships.js';
import { rankGuard, verdict } from '../workspace/permissions.js';
import { offset, role } from './argument.js';
import { workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { invitedLines } from './open-invitations.js';

const PAGE = 10;

export const members = workspaceCommand({
  args: z.strictObject({ role: role.optional(), search: z.string().max(80).optional(), offset }),
  read(words) {
    const asked = words.role();
    return { role: asked, search: words.textBefore('in', 'of') };
  },
  async run(context, { role: asked, search, offset: start = 0 }) {
    const { account, actor, membership, services, workspace } = context;
    const filter = { ...(asked && { role: asked }), ...(search && { search }) };
    const page = await membersOf({
      account: account.id,
      workspace: workspace.id,
      ...filter,
      offset: start,
      limit: PAGE,
    });
    const mayChange = (target: { person: string; role: typeof membership.role }) =>
      verdict('changeAdmins', membership.role).answer === 'yes' &&
      target.person !== actor.id &&
      target.role !== 'primaryOwner' &&
      rankGuard(membership.role, target.role);
    const card = membersCard({
      about: await aboutWorkspace(services.ledger, workspace),
      members: page.members.map(({ person, membership: held }) => ({
        person: person.id,
        name: person.name,
        role: held.role,
        licence: held.licence,
        suspended: held.suspended,
        mayChange: mayChange(held),
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
