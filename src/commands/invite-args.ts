import { z } from 'zod';
import { splitSeveral } from '../cards/several.js';
import { licence, offset, person, role, text } from './argument.js';
import type { Args } from './command.js';
import { Reader } from './reader.js';
import { shown, wordsOf } from './words.js';

const MOST_AT_ONCE = 100;
const TOO_MANY = `at most ${MOST_AT_ONCE} people at once`;

/** What is done with invitations that nobody has answered yet, by the word that is typed for it. */
const MANAGING = {
  list: 'list',
  open: 'list',
  resend: 'resend',
  again: 'resend',
  revoke: 'revoke',
  withdraw: 'revoke',
} as const;
const VERBS = Object.keys(MANAGING) as (keyof typeof MANAGING)[];

export const inviteArgs = z
  .strictObject({
    people: z.array(person).max(MOST_AT_ONCE, TOO_MANY).optional(),
    groups: z.array(z.string().max(120)).max(5, 'fewer groups at once').optional(),
    /** The form's two ways of naming people. */
    colleagues: z.string().max(8_000, TOO_MANY).optional(),
    addresses: z.string().max(8_000, 'fewer addresses').optional(),
    /** Left out, the workspace's policy says what newcomers get. */
    role: role.optional(),
    licence: licence.optional(),
    why: text(500).optional(),
    what: z.enum(['list', 'resend', 'revoke']).optional(),
    offset,
    /** An open invitation, to be sent once more or ended. */
    again: z.string().max(80).optional(),
    takeBack: z.string().max(80).optional(),
  })
  .transform(({ people = [], colleagues = '', addresses, groups = [], ...rest }, check) => {
    const picked = splitSeveral(colleagues).map((one) => one.slice(0, 254));
    const all = [...new Set([...people, ...picked, ...pastedPeople(addresses)])];
    if (all.length > MOST_AT_ONCE) {
      check.addIssue({ code: 'custom', message: TOO_MANY, path: [addresses ? 'addresses' : 'colleagues'] });
      return z.NEVER;
    }
    return { ...rest, groups, people: all };
  });

export type InviteArgs = z.infer<typeof inviteArgs>;

/** `@a @b c@x.com as admin licence pro because …`, a pasted list, `resend c@x.com`, `revoke @a`, `list`. */
export function readInvite(words: Reader): Args {
  const why = words.textAfter('because');
  const verb = words.verb(VERBS);
  const asked = { licence: words.licence('licence', 'license'), role: words.role('as') };
  const groups = words.groups();
  return { why, what: verb && MANAGING[verb], ...asked, ...(groups.length > 0 && { groups }), people: words.people() };
}

/** The people of a pasted list, a line or an address each; what is neither stays as it was typed, to be told so. */
function pastedPeople(pasted = ''): string[] {
  return pasted.split(/\r?\n/).flatMap((line) => {
    const words = new Reader(wordsOf([line]));
    const people = words.people();
    const left = words.left.map(shown);
    const unread = people.length === 0 ? [left.join(' ')] : left.filter((word) => word.includes('@'));
    return [...people, ...unread.filter(Boolean).map((text) => text.slice(0, 254))];
  });
}
