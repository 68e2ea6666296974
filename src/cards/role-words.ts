import type { Licence, Role } from '../workspace/entities.js';

const NAMES: Readonly<Record<Role, string>> = {
  member: 'member',
  admin: 'admin',
  owner: 'owner',
  primaryOwner: 'primary owner',
};
const MANY: Readonly<Record<Role, string>> = {
  member: 'members',
  admin: 'admins',
  owner: 'owners',
  primaryOwner: 'the primary owner',
};

export function roleName(role: Role): string {
  return NAMES[role];
}

/** `as admin`, as in an invitation. */
export function asRole(role: Role): string {
  return `as ${NAMES[role]}`;
}

/** `an admin`, as somebody becomes one. */
export function asA(role: Role): string {
  if (role === 'primaryOwner') return 'the primary owner';
  return role === 'member' ? 'a member' : `an ${NAMES[role]}`;
}

/** `a pro seat`, as somebody has one. */
export function aSeat(licence: Licence): string {
  return `a ${licence} seat`;
}

/** `Owners and admins`: those who hold a right. A primary owner is an owner too, and named only where alone. */
export function rolesThat(roles: readonly Role[]): string {
  const named = (['primaryOwner', 'owner', 'admin', 'member'] as const).filter(
    (role) => roles.includes(role) && !(role === 'primaryOwner' && roles.includes('owner')),
  );
  const words = named.map((role) => MANY[role]);
  const all = words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
  return all.charAt(0).toUpperCase() + all.slice(1);
}
