import type { Licence, Role } from '../../workspace/entities.js';
import { noSecondLeft } from '../members/impact-forms.js';
import { type LargerPlan, seatWords, tooFewSeats } from '../members/seat-words.js';
import { count, listOf } from '../parts.js';
import { asA, aSeat, asRole } from '../role-words.js';

/** `more`: whom a policy keeps out, and what binds those who come. */
export function invitationAsked(of: {
  names: readonly string[];
  role: Role;
  licence: Licence;
  free: number;
  wanted: number;
  next: LargerPlan | undefined;
  more: readonly string[];
}) {
  const { names, role, licence, free, wanted, next, more } = of;
  const as = role === 'member' ? '' : ` ${asRole(role)}`;
  return {
    wants: `to invite ${listOf(names, 'and', 10)}${as}`,
    context: [`${count(free, 'seat')} free.`],
    details: [
      ...(licence === 'standard' ? [] : [`With a ${licence} licence.`]),
      ...(free < wanted ? [tooFewSeats({ licence, free, wanted, next })] : []),
      ...more,
    ],
  };
}

/** Of a role that takes away the last who could be the second person. */
export function roleAsked(name: string, to: Role, workspaceName: string) {
  return { wants: `to make ${name} ${asA(to)} of ${workspaceName}`, context: [noSecondLeft(name)] };
}

export function licenceAsked(of: {
  licence: Licence;
  workspaceName: string;
  free: number;
  next: LargerPlan | undefined;
}) {
  const { licence, workspaceName, free, next } = of;
  return { wants: `for ${aSeat(licence)} in ${workspaceName}`, context: [seatWords(licence, free, next)] };
}

/** `gone`: the primary owner's name, unless they are there again. */
export function takeOverAsked(workspaceName: string, gone: string | undefined) {
  return {
    wants: `to take over as primary owner of ${workspaceName}`,
    context:
      gone === undefined
        ? [`The primary owner of ${workspaceName} is there again.`]
        : [`${gone} is gone from the chat, becomes an owner, and pays no more.`],
  };
}
