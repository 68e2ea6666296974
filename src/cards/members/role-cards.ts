import type { PersonId, Role } from '../../workspace/entities.js';
import type { Card, Form } from '../card.js';
import { type RoleGiven, roleChoice } from '../choices.js';
import { type About, press } from '../parts.js';
import { asA, roleName } from '../role-words.js';
import { saidCard } from '../said-card.js';

/** Asks for the role, and where nobody was named, whose. `whom.role`: what they are now. */
export function roleForm(to: {
  about: Pick<About, 'id' | 'name'>;
  whom?: { person: PersonId; name: string; role: Role };
  roles: readonly RoleGiven[];
  /** What was typed. */
  role?: RoleGiven;
}): Form {
  const { about, whom, roles } = to;
  const initial = to.role ?? whom?.role;
  return {
    name: 'change-role',
    title: 'Change a role',
    submit: 'Change',
    ...(whom && { intro: [`${whom.name} is ${asA(whom.role)} of ${about.name}.`] }),
    call: {
      command: 'role',
      args: { ...(whom && { person: whom.person, was: whom.role }), sure: true },
      workspace: about.id,
    },
    fields: [
      ...(whom ? [] : [{ name: 'person', label: 'Who', input: 'person' as const }]),
      {
        name: 'role',
        label: 'Role',
        input: 'choice',
        options: roles.map(roleChoice),
        ...(initial && { initial }),
      },
    ],
  };
}

/** Asks once more before a role is changed. */
export function roleConfirmCard(to: {
  about: About;
  person: PersonId;
  name: string;
  before: Role;
  after: RoleGiven;
}): Card {
  const { about, person, name, before, after } = to;
  const again = { person, role: after, was: before, sure: true };
  const button = press(`Make ${roleName(after)}`, 'role', again, { workspace: about.id, style: 'primary' });
  const words = `${name} is ${asA(before)} of ${about.name}. Make them ${asA(after)}?`;
  return saidCard('role-confirm', words, { about, buttons: [button] });
}
