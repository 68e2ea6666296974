import type { Role, Workspace } from '../../src/workspace/entities.js';
import type { Identity } from '../../src/workspace/identity.js';
import { ensurePerson } from '../../src/workspace/people.js';
import { addTo, slackUser } from '../support/acme.js';
import type { Office } from './harness.js';

/** Somebody more at Acme, in these workspaces. */
export async function colleague(
  { acme, at }: Office,
  name: string,
  roles: readonly (readonly [Workspace, Role])[],
): Promise<{ who: Identity; id: string }> {
  const who = slackUser(`U0${name.toUpperCase()}`);
  const profile = { name, email: `${name.toLowerCase()}@acme.com`, emailVerified: true, standing: 'full' as const };
  acme.chat.add(who, profile);
  const person = await ensurePerson(acme.account, who, profile, at);
  for (const [workspace, role] of roles) await addTo(acme.account, workspace, acme.olivia, person, role, at);
  return { who, id: person.id };
}

/** Nora, who owns Marketing beside Olivia. */
export function nora(
  office: Office,
  roles: readonly (readonly [Workspace, Role])[] = [[office.acme.marketing, 'owner']],
) {
  return colleague(office, 'Nora', roles);
}
