import type { Licence, PersonId, Role } from '../../workspace/entities.js';
import type { Card } from '../card.js';
import { type About, buttons, footOf, press } from '../parts.js';
import { roleName } from '../role-words.js';

/** What the reader may change of somebody's place. */
export interface MayChange {
  role: boolean;
  licence: boolean;
  /** Suspend or reactivate, and remove. */
  standing: boolean;
}

/** Private: one member of a workspace, and what the reader may change. */
export function memberCard(to: {
  about: About;
  person: PersonId;
  name: string;
  email?: string;
  role: Role;
  licence: Licence;
  suspended: boolean;
  joinedAt: string;
  zone: string;
  may: MayChange;
}): Card {
  const { about, person, may, suspended } = to;
  const where = { workspace: about.id };
  return {
    name: 'member',
    heading: suspended ? { text: `${to.name} is suspended`, mood: 'warning' } : { text: to.name },
    parts: [
      {
        part: 'facts',
        facts: [
          { label: 'Role', value: [roleName(to.role)] },
          { label: 'Licence', value: [to.licence] },
          { label: 'Since', value: [{ time: to.joinedAt, show: 'date', zone: to.zone }] },
          ...(to.email ? [{ label: 'E-mail', value: [to.email] }] : []),
        ],
      },
      ...buttons(
        may.role ? press('Change role', 'role', { person }, where) : undefined,
        may.licence ? press('Change licence', 'licence', { person }, where) : undefined,
        may.standing
          ? suspended
            ? press('Reactivate', 'reactivate', { person }, where)
            : press('Suspend', 'suspend', { person }, where)
          : undefined,
        may.standing ? press('Remove', 'remove', { person }, { ...where, style: 'danger' }) : undefined,
        press('Show everybody', 'members', {}, where),
      ),
    ],
    ...footOf(about),
  };
}
