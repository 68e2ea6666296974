import type { GroupMembers } from '../port.js';
import type { Clients } from './clients.js';
import { slackError } from './failure.js';
import type { Tokens } from './tokens.js';

/**
 * What says that there is no group to look into: none of that id, none on the team's plan, an installation older than the
 * scope or for a whole enterprise (where Slack wants to be told the team), a client without groups.
 */
const NO_GROUPS = new Set([
  'no_such_subteam',
  'plan_upgrade_required',
  'missing_scope',
  'missing_argument',
  'invalid_team',
  'unknown_method',
]);

/** Who is in a user group now, or undefined where the Slack team has no such group. */
export async function groupMembers(
  clients: Clients,
  tokens: Tokens,
  tenant: string,
  wanted: { id: string } | { handle: string },
): Promise<GroupMembers | undefined> {
  const usergroups = clients.interactions.usergroups;
  const token = await tokens.botToken(tenant);
  try {
    const { usergroups: all = [] } = await usergroups.list({ token });
    const group = all.find(({ id, handle }) =>
      'id' in wanted ? id === wanted.id : handle?.toLowerCase() === wanted.handle.toLowerCase(),
    );
    if (!group?.id) return undefined;
    const { users = [] } = await usergroups.users.list({ token, usergroup: group.id });
    const people = users.map((user) => ({ platform: 'slack' as const, tenant, user }));
    return { handle: group.handle ?? group.name ?? 'group', people };
  } catch (error) {
    if (NO_GROUPS.has(slackError(error) ?? '')) return undefined;
    throw error;
  }
}
