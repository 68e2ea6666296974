import type { GroupMembers } from '../chat/port.js';
import { refuse } from '../refusal.js';
import { type ChatGroup, identityKey, parseGroupKey, parseTenantKey, tenantKey } from '../workspace/identity.js';
import type { Context } from './command.js';
import type { InviteArgs } from './invite-args.js';

/** More could not be carried by the form that lists them. */
const MOST_IN_GROUPS = 50;
/** Everybody whom that form carries, in characters: Slack takes 3,000 with all that is around them. */
const MOST_CARRIED = 2_000;

/** The people of the named user groups as they are now, each once, and everybody else who was named. */
export interface Grouped {
  handles: readonly string[];
  /** Identity keys. */
  inGroups: readonly string[];
  others: readonly string[];
}

/**
 * Looks into the groups that were mentioned, and into those that `@name` means where no person is meant.
 * @throws Refusal unknownGroup
 */
export async function lookIntoGroups(context: Context, { groups, people }: InviteArgs): Promise<Grouped> {
  const found: GroupMembers[] = [];
  for (const key of groups) found.push(await mentioned(context, key));
  const others: string[] = [];
  for (const reference of people) {
    const group = reference.startsWith('@') ? await called(context, reference.slice(1)) : undefined;
    if (group) found.push(group);
    else others.push(reference);
  }
  const inGroups = [...new Set(found.flatMap((group) => group.people.map(identityKey)))];
  const [first] = found;
  if (first && inGroups.length === 0) refuse({ kind: 'unknownGroup', name: first.handle, why: 'empty' });
  if (first && inGroups.length > MOST_IN_GROUPS) {
    refuse({ kind: 'unknownGroup', name: first.handle, why: 'tooMany', most: MOST_IN_GROUPS });
  }
  if (first && JSON.stringify([...others, ...inGroups]).length > MOST_CARRIED) {
    const expected = `fewer people beside @${first.handle}, or the group by itself`;
    refuse({ kind: 'badArgument', argument: 'people', typed: '', expected });
  }
  return { handles: found.map(({ handle }) => handle), inGroups, others };
}

/** Of another company's groups nothing is asked: ids in a button can be altered. */
async function mentioned({ account, services }: Context, key: string): Promise<GroupMembers> {
  const group = parseGroupKey(key);
  const ours = group && account.tenants.includes(tenantKey(group)) ? group : undefined;
  const found = ours && (await look(services, ours, { id: ours.group }));
  return found ?? refuse({ kind: 'unknownGroup', name: '', why: 'unknown' });
}

async function called({ account, services }: Context, handle: string): Promise<GroupMembers | undefined> {
  for (const tenant of account.tenants) {
    const found = await look(services, parseTenantKey(tenant), { handle });
    if (found) return found;
  }
  return undefined;
}

async function look(
  services: Context['services'],
  { platform, tenant }: Pick<ChatGroup, 'platform' | 'tenant'>,
  wanted: { id: string } | { handle: string },
): Promise<GroupMembers | undefined> {
  return services.chats[platform]?.groupMembers?.(tenant, wanted);
}
