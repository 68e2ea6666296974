import type { Licence, PersonId, PlaceChange, Role } from '../../workspace/entities.js';
import type { Card } from '../card.js';
import { type About, buttons, footOf, press, subtle, text } from '../parts.js';
import { aSeat, asA, asRole } from '../role-words.js';
import { type UndoOffer, undoParts } from './undo-parts.js';

/** To whoever suspended somebody. */
export function suspendedCard(to: { about: About; name: string; undo?: UndoOffer }): Card {
  const { about, name } = to;
  return {
    name: 'member-suspended',
    parts: [
      text(`${name} is suspended in ${about.name}: commands and buttons there do nothing for them.`),
      subtle(`Their seat is kept. Type reactivate and their name when they may come back.`),
      ...undoParts(about, to.undo),
    ],
    ...footOf(about),
  };
}

/** To whoever would have suspended somebody, who is. */
export function alreadySuspendedCard(to: { about: About; person: PersonId; name: string }): Card {
  const { about, person, name } = to;
  return {
    name: 'member-suspended-already',
    parts: [
      text(`${name} is suspended in ${about.name} already.`),
      ...buttons(press('Reactivate', 'reactivate', { person }, { workspace: about.id })),
    ],
    ...footOf(about),
  };
}

/** To the one suspended, kindly; without the balance, which is not theirs to see meanwhile. */
export function suspendedToldCard(to: { workspace: string; by: string; reason?: string; nowActive?: string }): Card {
  const next = to.nowActive ? ` ${to.nowActive} is active for you now.` : '';
  return {
    name: 'member-suspended-told',
    parts: [
      text(`${to.by} suspended you in ${to.workspace} for now${to.reason ? `: “${to.reason}”.` : '.'}${next}`),
      subtle('Your seat and what you made there are kept. If this is a mistake, please ask them.'),
      ...buttons(press('My workspaces', 'list')),
    ],
  };
}

/** To whoever reactivated somebody. */
export function reactivatedCard(to: { about: About; name: string; role: Role; already: boolean }): Card {
  const words = to.already
    ? `${to.name} is not suspended in ${to.about.name}.`
    : `${to.name} can use ${to.about.name} again, ${asRole(to.role)} as before.`;
  return { name: 'member-reactivated', parts: [text(words)], ...footOf(to.about) };
}

/** To the one who may come back. */
export function reactivatedToldCard(to: { about: About; by: string; active: boolean }): Card {
  const { about } = to;
  return {
    name: 'member-reactivated-told',
    parts: [
      text(`${to.by} lifted your suspension: ${about.name} is open to you again, as it was.`),
      ...buttons(
        to.active
          ? undefined
          : press(`Switch to ${about.name}`, 'switch', {}, { workspace: about.id, style: 'primary' }),
      ),
    ],
    ...footOf(about),
  };
}

/** To the one who changed it, or asked for their own. */
export function licenceChangedCard(to: {
  about: About;
  /** Absent for the reader themself. */
  name?: string;
  before: Licence;
  after: Licence;
  undo?: UndoOffer;
}): Card {
  const { about, before, after } = to;
  const has = to.name === undefined ? 'You have' : `${to.name} has`;
  const words =
    before === after
      ? `${has} ${aSeat(after)} already.`
      : `${has} ${aSeat(after)} in ${about.name} now, instead of ${aSeat(before)}.`;
  return { name: 'licence-changed', parts: [text(words), ...undoParts(about, to.undo)], ...footOf(about) };
}

/** To the one whose seat it is. */
export function licenceToldCard(to: { about: About; by: string; before: Licence; after: Licence }): Card {
  return {
    name: 'licence-told',
    parts: [text(`${to.by} gave you ${aSeat(to.after)} in ${to.about.name}, instead of ${aSeat(to.before)}.`)],
    ...footOf(to.about),
  };
}

interface Undone {
  about: About;
  what: PlaceChange;
  role: Role;
  licence: Licence;
}

/** To whoever took their change back. */
export function changeUndoneCard(to: Undone & { name: string; handedOver: boolean }): Card {
  return {
    name: 'member-change-undone',
    parts: [text(undoneWords(to)), ...(to.handedOver ? [subtle('What was handed over stays where it is now.')] : [])],
    ...footOf(to.about),
  };
}

function undoneWords({ about, name, what, role, licence }: Undone & { name: string }): string {
  switch (what) {
    case 'role':
      return `Undone: ${name} is ${asA(role)} of ${about.name} again.`;
    case 'licence':
      return `Undone: ${name} has ${aSeat(licence)} again.`;
    case 'suspension':
      return `Undone: ${name} can use ${about.name} again.`;
    case 'removal':
      return `Undone: ${name} is in ${about.name} again, ${asRole(role)}.`;
  }
}

/** To the one whose place is as it was. */
export function changeUndoneToldCard(to: Undone & { by: string }): Card {
  return {
    name: 'member-change-undone-told',
    parts: [text(undoneToldWords(to))],
    ...footOf(to.about),
  };
}

function undoneToldWords({ about, by, what, role, licence }: Undone & { by: string }): string {
  switch (what) {
    case 'role':
      return `${by} took that back: you are in ${about.name} ${asRole(role)}, as before.`;
    case 'licence':
      return `${by} took that back: you have ${aSeat(licence)}, as before.`;
    case 'suspension':
      return `${by} took that back: ${about.name} is open to you as before.`;
    case 'removal':
      return `${by} took that back: you are in ${about.name} again, ${asRole(role)} as before.`;
  }
}

/** To whoever got what somebody held that is gone. */
export function handedToCard(to: { about: About; from: string; by?: string; held: string }): Card {
  const gone = to.by ? `${to.by} took ${to.from} out of ${to.about.name}` : `${to.from} left ${to.about.name}`;
  return {
    name: 'handed-to',
    parts: [
      text(`${gone}, and handed to you: ${to.held}.`),
      subtle('They go on as they were; you answer for them now.'),
    ],
    ...footOf(to.about),
  };
}
