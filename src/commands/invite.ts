import { z } from 'zod';
import { type InviteOutcome, inviteResultsCard } from '../cards/invitation-card.js';
import { count, listOf } from '../cards/parts.js';
import { plainText } from '../cards/plain-text.js';
import { refusalCard } from '../cards/refusal-card.js';
import { asRole } from '../cards/role-words.js';
import { inTransaction } from '../mongo.js';
import { Refusal } from '../refusal.js';
import type { Account, Licence, Role } from '../workspace/entities.js';
import { invite as inviteOne } from '../workspace/invitations.js';
import { seatsUsed } from '../workspace/seats.js';
import { licence, person, role, text } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { calledBy, findPerson } from './find-person.js';
import { sendAgain, takeBack } from './open-invitations.js';
import { Reader } from './reader.js';
import { sendInvitation } from './send-invitation.js';
import { wordsOf } from './words.js';

const MOST_AT_ONCE = 50;

const inviteArgs = z
  .strictObject({
    people: z.array(person).max(MOST_AT_ONCE, `at most ${MOST_AT_ONCE} people at once`).optional(),
    /** The form's two ways of naming people. */
    person: person.optional(),
    addresses: z.string().max(4_000, 'fewer addresses').optional(),
    role: role.default('member'),
    licence: licence.default('standard'),
    why: text(500).optional(),
    /** An open invitation, to be sent once more or ended. */
    again: z.string().max(80).optional(),
    takeBack: z.string().max(80).optional(),
  })
  .transform((args) => ({
    people: [
      ...new Set([...(args.people ?? []), ...(args.person ? [args.person] : []), ...typedPeople(args.addresses)]),
    ],
    role: args.role,
    licence: args.licence,
    again: args.again,
    takeBack: args.takeBack,
    ...(args.why && { why: args.why }),
  }));

export const invite = workspaceCommand({
  args: inviteArgs,
  read(words) {
    const why = words.textAfter('because');
    const asked = { why, licence: words.licence('licence', 'license'), role: words.role('as') };
    return { ...asked, people: words.people() };
  },
  form: ({ workspace }, args) =>
    args.people.length > 0 || args.again || args.takeBack
      ? undefined
      : {
          name: 'invite',
          title: 'Invite people',
          submit: 'Invite',
          intro: [`They get an invitation to ${workspace.name} and join with one click.`],
          call: {
            command: 'invite',
            args: { licence: args.licence, ...(args.why && { why: args.why }) },
            workspace: workspace.id,
          },
          fields: [
            { name: 'person', label: 'A colleague', input: 'person', optional: true },
            {
              name: 'addresses',
              label: 'E-mail addresses',
              hint: 'Several with spaces between.',
              input: 'lines',
              optional: true,
            },
            { name: 'role', label: 'Role', input: 'choice', initial: args.role, options: ROLE_OPTIONS },
          ],
        },
  async asks(about, args) {
    const names = await Promise.all(args.people.map((reference) => calledBy(about, reference)));
    const free = await seatsFree(about.account, args.licence);
    const as = args.role === 'member' ? '' : ` ${asRole(args.role)}`;
    return { wants: `to invite ${listOf(names, 'and', 10)}${as}`, context: [`${count(free, 'seat')} free.`] };
  },
  async run(context, { people, role: asked, licence: seat, again, takeBack: ended }) {
    if (again) return sendAgain(context, again);
    if (ended) return takeBack(context, ended);
    const results: InviteOutcome[] = [];
    for (const reference of people) results.push(await outcomeOf(context, reference, asked, seat, people.length === 1));
    const { account, workspace } = context;
    const card = inviteResultsCard({
      workspace: workspace.name,
      role: asked,
      results,
      seatsFree: await seatsFree(account, seat),
    });
    return { kind: 'private', card };
  },
});

const ROLE_OPTIONS = [
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Admin' },
  { value: 'owner', label: 'Owner' },
];

/** One person's refusal does not stop the others; alone, it is the answer. */
async function outcomeOf(
  context: InWorkspace,
  reference: string,
  role: Role,
  seat: Licence,
  alone: boolean,
): Promise<InviteOutcome> {
  try {
    return await inviteAndTell(context, reference, role, seat);
  } catch (error) {
    if (!(error instanceof Refusal) || alone) throw error;
    const card = refusalCard(error.reason);
    const why = plainText({ ...card, parts: card.parts.slice(0, 1) });
    const named = error.reason.kind === 'noSeat' ? `${await calledBy(context, reference)}: ` : '';
    return { outcome: 'refused', why: named + why };
  }
}

async function inviteAndTell(
  context: InWorkspace,
  reference: string,
  role: Role,
  seat: Licence,
): Promise<InviteOutcome> {
  const { account, actor, approvedBy, at, workspace } = context;
  const found = await findPerson(context, reference, workspace.id);
  const to = 'person' in found ? { person: found.person.id } : { email: found.email };
  const inviting = { account, workspace: workspace.id, to, role, licence: seat, by: actor.id, at };
  return inTransaction(async () => {
    const made = await inviteOne({ ...inviting, ...(approvedBy && { approvedBy: approvedBy.id }) });
    await sendInvitation(context, made, `invitation:${made.invitation.id}`);
    return {
      name: 'person' in found ? found.person.name : found.email,
      outcome: 'invited',
      by: 'person' in found ? 'chat' : 'email',
    };
  });
}

async function seatsFree(account: Account, seat: Licence): Promise<number> {
  return Math.max(0, account.seats[seat] - (await seatsUsed(account.id))[seat]);
}

function typedPeople(addresses: string | undefined): string[] {
  return addresses ? new Reader(wordsOf([addresses])).people() : [];
}
