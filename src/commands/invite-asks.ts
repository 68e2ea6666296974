import { wordsOfCard } from '../cards/plain-text.js';
import { refusalCard } from '../cards/refusals/refusal-card.js';
import { invitationAsked } from '../cards/requests/asked-people-words.js';
import { Refusal } from '../refusal.js';
import { assertAdmitted, invitationDefaults } from '../workspace/admission.js';
import type { Account, Workspace } from '../workspace/entities.js';
import { parseIdentityKey } from '../workspace/identity.js';
import { personByEmail, personOfIdentity } from '../workspace/people.js';
import { nextPlanOf, seatsFree } from '../workspace/seats.js';
import type { AskAbout, Asking } from './command.js';
import type { InviteArgs } from './invite-args.js';
import { namesOf } from './invite-people.js';
import { bindingOn } from './newcomer-policies.js';
import { isEmail } from './words.js';

/** Whom a member asks to invite, and what who decides should know: seats, what more cost, what will bind them. */
export async function inviteAsks(about: AskAbout, args: InviteArgs): Promise<Asking> {
  const { account, workspace } = about;
  if (!workspace) throw new Error('an invitation names its workspace');
  const { people, role = 'member' } = args;
  const licence = args.licence ?? (await invitationDefaults(account, workspace.id)).licence;
  const free = await seatsFree(account, licence);
  return invitationAsked({
    names: await namesOf(about, people),
    role,
    licence,
    free,
    wanted: people.length,
    next: nextPlanOf(account, licence),
    more: [...(await keptOut(account, workspace, people)), ...(await bindingOn({ ...about, workspace }, role))],
  });
}

const LOOKED_AT = 10;

/** Those of the first few whom a policy keeps out: a yes would not bring them in. */
async function keptOut(account: Account, workspace: Workspace, people: readonly string[]): Promise<string[]> {
  const told: string[] = [];
  for (const reference of people.slice(0, LOOKED_AT)) {
    const who = await known(account, reference);
    const why = who && (await whyNot(() => assertAdmitted({ account, workspace: workspace.id, who })));
    if (why) told.push(why);
  }
  return told;
}

async function known(account: Account, reference: string): Promise<{ person: string } | { email: string } | undefined> {
  if (isEmail(reference)) {
    const person = await personByEmail(account.id, reference);
    return person ? { person: person.id } : { email: reference };
  }
  const person = parseIdentityKey(reference) && (await personOfIdentity(account.id, reference));
  return person && { person: person.id };
}

async function whyNot(check: () => Promise<void>): Promise<string | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const card = refusalCard(error.reason);
    return wordsOfCard({ ...card, parts: card.parts.slice(0, 1) });
  }
}
