import { identityKey } from '../../workspace/identity.js';
import type { Clients } from './clients.js';
import { LIMITS } from './draw/limits.js';
import type { Pickable } from './draw/form.js';
import type { Tokens } from './tokens.js';

/** The members of a local Slack, whose client has no people picker; small enough to be listed whole. */
export function localPeople(clients: Clients, tokens: Tokens): (tenant: string) => Promise<Pickable[]> {
  return async (tenant) => {
    const { members = [] } = await clients.interactions.users.list({
      token: await tokens.botToken(tenant),
      limit: LIMITS.options,
    });
    return members.flatMap((member) => {
      const name = member.profile?.real_name ?? member.name;
      return member.id && name && !member.is_bot && !member.deleted
        ? [{ key: identityKey({ platform: 'slack', tenant, user: member.id }), name }]
        : [];
    });
  };
}
