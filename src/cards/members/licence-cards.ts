import type { Licence, PersonId } from '../../workspace/entities.js';
import type { Card, Form } from '../card.js';
import { licenceChoice } from '../choices.js';
import { type About, buttons, footOf, press, subtle, text } from '../parts.js';
import { aSeat } from '../role-words.js';

interface Seat {
  about: About;
  person: PersonId;
  /** Absent for the reader themself. */
  name?: string;
}

/** Asks which seat somebody is to have, and says how many are free. */
export function licenceForm(to: Seat & { has: Licence; free: ReadonlyMap<Licence, number> }): Form {
  const { about, person, name, has, free } = to;
  return {
    name: 'change-licence',
    title: 'Change a licence',
    submit: 'Change',
    intro: [`${name === undefined ? 'You have' : `${name} has`} ${aSeat(has)} in ${about.name}.`],
    call: {
      command: 'licence',
      args: { ...(name !== undefined && { person }), was: has, sure: true },
      workspace: about.id,
    },
    fields: [
      {
        name: 'licence',
        label: 'Seat',
        input: 'choice',
        initial: has,
        options: [...free].map(([licence, number]) => licenceChoice(licence, number)),
      },
    ],
  };
}

/** Asks once more before a seat is changed. */
export function licenceConfirmCard(to: Seat & { before: Licence; after: Licence; seats: string }): Card {
  const { about, person, name, before, after } = to;
  const has = name === undefined ? 'You have' : `${name} has`;
  const give = { ...(name !== undefined && { person }), licence: after, was: before, sure: true };
  return {
    name: 'licence-confirm',
    parts: [
      text(`${has} ${aSeat(before)} in ${about.name}. Change it to ${aSeat(after)}?`),
      subtle(to.seats),
      ...buttons(press(`Change to ${after}`, 'licence', give, { workspace: about.id, style: 'primary' })),
    ],
    ...footOf(about),
  };
}
