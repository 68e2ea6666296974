import type { Licence } from '../../workspace/entities.js';
import type { Call, Field, Form } from '../card.js';
import { licenceChoice, type RoleGiven, roleChoice } from '../choices.js';
import { type About, count, listOf } from '../parts.js';

/** What the invited may get, and what stands there at first. */
export interface InviteTerms {
  /** Up to the reader's own. */
  roles: readonly RoleGiven[];
  role: RoleGiven;
  /** The licences that the plan has, with their free seats; none where the reader gives none. */
  free: ReadonlyMap<Licence, number>;
  licence: Licence;
}

interface Invite {
  about: Pick<About, 'id' | 'name'>;
  terms: InviteTerms;
  /** What was typed and has no field. */
  kept: Call['args'];
}

/** Asks whom to invite: colleagues, addresses or both. `nobody`: it was sent without either. */
export function inviteForm({ about, terms, kept, nobody }: Invite & { nobody: boolean }): Form {
  return {
    name: 'invite',
    title: 'Invite people',
    submit: 'Invite',
    intro: [`They get an invitation to ${about.name} and join with one click.`],
    call: { command: 'invite', args: kept, workspace: about.id },
    fields: [
      {
        name: 'colleagues',
        label: 'Colleagues',
        input: 'people',
        optional: true,
        ...(nobody && { error: 'Please pick a colleague here, or give an address below.' }),
      },
      {
        name: 'addresses',
        label: 'E-mail addresses',
        hint: 'Several with spaces, commas or lines between; a pasted list is fine.',
        input: 'lines',
        optional: true,
      },
      ...termsFields(terms),
    ],
  };
}

/** Shows who is in user groups before they are invited. `inGroups`: their names, the first of them. */
export function inviteGroupForm(
  to: Invite & { handles: readonly string[]; inGroups: readonly string[]; people: readonly string[] },
): Form {
  const { about, handles, inGroups, kept, people, terms } = to;
  const groups = handles.map((handle) => `@${handle}`);
  const are = inGroups.length === 1 ? 'is' : 'are';
  return {
    name: 'invite-group',
    title: 'Invite a group',
    submit: `Invite ${people.length}`,
    intro: [
      `${count(inGroups.length, 'person', 'people')} ${are} in ${listOf(groups, 'and', 5)}: ${listOf(inGroups, 'and', 10)}.`,
      ` They are invited to ${about.name}; who comes to the group later is not.`,
    ],
    call: { command: 'invite', args: { ...kept, people }, workspace: about.id },
    fields: termsFields(terms),
  };
}

/** Only where there is something to choose. */
function termsFields({ roles, role, free, licence }: InviteTerms): Field[] {
  const tiers = [...free].map(([tier, number]) => licenceChoice(tier, number));
  return [
    ...(roles.length > 1
      ? [{ name: 'role', label: 'Role', input: 'choice' as const, initial: role, options: roles.map(roleChoice) }]
      : []),
    ...(tiers.length > 1
      ? [{ name: 'licence', label: 'Licence', input: 'choice' as const, initial: licence, options: tiers }]
      : []),
  ];
}
