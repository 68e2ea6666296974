import type { Licence, Role } from '../workspace/entities.js';
import type { Choice } from './card.js';
import { count } from './parts.js';

/** A role that is given; the primary owner's is handed over. */
export type RoleGiven = Exclude<Role, 'primaryOwner'>;

export const ROLES_GIVEN: readonly RoleGiven[] = ['member', 'admin', 'owner'];

const ROLE_LABELS: Readonly<Record<RoleGiven, string>> = { member: 'Member', admin: 'Admin', owner: 'Owner' };

export function roleChoice(role: RoleGiven): Choice {
  return { value: role, label: ROLE_LABELS[role] };
}

/** `pro (2 seats free)` */
export function licenceChoice(licence: Licence, free: number): Choice {
  return { value: licence, label: `${licence} (${count(free, 'seat')} free)` };
}

export function templateChoice({ id, name }: { id: string; name: string }): Choice {
  return { value: id, label: name };
}

/** `Newsletter (1,204)` */
export function listChoice({ id, name, contacts }: { id: string; name: string; contacts: number }): Choice {
  return { value: id, label: `${name} (${contacts.toLocaleString('en-GB')})` };
}

/** `Sales (private)` */
export function roomChoice({ id, name, kind }: { id: string; name: string; kind: 'public' | 'private' }): Choice {
  return { value: id, label: `${name} (${kind})` };
}
