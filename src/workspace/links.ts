import type { AccountId, Person, PersonId } from './entities.js';
import type { Identity } from './identity.js';

interface Side {
  account: AccountId;
  identity: Identity;
  person: PersonId;
  at: Date;
}

export async function startLink(_start: Side): Promise<{ code: string }> {
  throw new Error('not built yet');
}

export async function finishLink(_finish: Side & { code: string }): Promise<Person> {
  throw new Error('not built yet');
}

/** Detaches the identity into a new person without memberships, who is returned. */
export async function removeLink(_removal: Side): Promise<Person> {
  throw new Error('not built yet');
}
