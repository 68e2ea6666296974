import { roleName } from '../cards/role-words.js';
import { refuse } from '../refusal.js';
import type { Account, AccountId, Person, PersonId } from '../workspace/entities.js';
import { type Identity, identityKey, parseIdentityKey, tenantKey } from '../workspace/identity.js';
import { membersOf } from '../workspace/memberships.js';
import { ensurePerson, getPerson, personByEmail, personOfIdentity } from '../workspace/people.js';
import { personName } from '../workspace/person-name.js';
import type { AskAbout, Context } from './command.js';
import { isEmail } from './words.js';

/** Of those whose name it could be: a button for each. */
const MOST_NAMED = 4;

/** Somebody known here, or an address that nobody here has yet. */
export type Found = { person: Person } | { email: string };

/**
 * Whom a reference means: an identity key, an e-mail address, a person's id, or a name among the workspace's members.
 * Chat users of the account's own tenants become known people; the platform's word for who they are is asked each time.
 * @throws Refusal unknownPerson, ambiguousPerson, cannotJoin
 */
export async function findPerson(context: Context, reference: string, workspace?: string): Promise<Found> {
  const { account } = context;
  const identity = parseIdentityKey(reference);
  if (identity) return { person: await chatUser(context, identity) };
  if (isEmail(reference)) return byEmail(context, reference.toLowerCase());
  const known = /^p_[0-9a-z]+$/.test(reference) ? await getPerson(account.id, reference) : undefined;
  if (known) return { person: known };
  return { person: await memberNamed(account, reference, workspace) };
}

/** As findPerson, for commands that act on a member: an address that nobody has is nobody. */
export async function findMember(context: Context, reference: string, workspace: string): Promise<Person> {
  const identity = parseIdentityKey(reference);
  const known = identity && (await personOfIdentity(context.account.id, reference));
  if (known) return known;
  const found = await findPerson(context, reference, workspace);
  return 'person' in found ? found.person : refuse({ kind: 'unknownPerson', typed: reference });
}

/** Whether a reference means that person: by identity, address or id, or by the name they have. */
export async function means(account: AccountId, reference: string, person: PersonId): Promise<boolean> {
  if (reference === person) return true;
  const identity = parseIdentityKey(reference);
  if (identity) return (await personOfIdentity(account, identityKey(identity)))?.id === person;
  if (isEmail(reference)) return (await personByEmail(account, reference))?.id === person;
  const name = (await getPerson(account, person))?.name.toLowerCase();
  return name === reference.replace(/^@/, '').trim().toLowerCase();
}

/** Of another company's people nothing is asked, not even their names: ids in a button can be altered. */
async function chatUser({ account, services, at }: Context, identity: Identity): Promise<Person> {
  if (!account.tenants.includes(tenantKey(identity)))
    return refuse({ kind: 'cannotJoin', name: 'This person', who: 'connect' });
  const known = await personOfIdentity(account.id, identityKey(identity));
  const profile = await services.chats[identity.platform]?.profile(identity);
  const name = known?.name ?? (profile ? personName(profile.name) : 'This person');
  if (!profile) return known ?? refuse({ kind: 'unknownPerson', typed: name });
  if (profile.standing !== 'full') return refuse({ kind: 'cannotJoin', name, who: profile.standing });
  return known ?? ensurePerson(account, identity, profile, at);
}

/** What a reference is called on a card, whether or not the person is known here yet. */
export async function calledBy({ account, services }: AskAbout, reference: string): Promise<string> {
  const identity = parseIdentityKey(reference);
  if (!identity) return (await getPerson(account.id, reference))?.name ?? reference;
  if (!account.tenants.includes(tenantKey(identity))) return 'a colleague';
  const known = await personOfIdentity(account.id, reference);
  if (known) return known.name;
  const profile = await services.chats[identity.platform]?.profile(identity);
  return profile ? personName(profile.name) : 'a colleague';
}

async function byEmail(context: Context, email: string): Promise<Found> {
  const { account, services } = context;
  const known = await personByEmail(account.id, email);
  if (known) return { person: known };
  for (const key of account.tenants) {
    const [platform, tenant] = key.split(':') as [Identity['platform'], string];
    const identity = await services.chats[platform]?.findByEmail(tenant, email);
    if (identity) return { person: await chatUser(context, identity) };
  }
  return { email };
}

async function memberNamed(account: Account, typed: string, workspace: string | undefined): Promise<Person> {
  const name = typed.replace(/^@/, '').trim();
  if (!workspace || !name) return refuse({ kind: 'unknownPerson', typed });
  const { members } = await membersOf({
    account: account.id,
    workspace,
    search: name,
    offset: 0,
    limit: MOST_NAMED + 1,
  });
  const exact = members.filter(({ person }) => person.name.toLowerCase() === name.toLowerCase());
  const meant = exact.length > 0 ? exact : members;
  const [only, ...others] = meant;
  if (!only) return refuse({ kind: 'unknownPerson', typed });
  if (others.length === 0) return only.person;
  const people = meant.slice(0, MOST_NAMED).map(({ person, membership }) => {
    const alone = meant.filter((other) => other.person.name === person.name).length === 1;
    return {
      id: person.id,
      name: alone ? person.name : `${person.name} (${person.email ?? roleName(membership.role)})`,
    };
  });
  return refuse({ kind: 'ambiguousPerson', typed, people, ...(meant.length > MOST_NAMED && { more: true as const }) });
}
