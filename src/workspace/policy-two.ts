import { refuse } from '../refusal.js';
import { type Account, type AccountId, type PersonId, ROLES, type WorkspaceId } from './entities.js';
import { holdersOf } from './memberships.js';
import { peopleApart } from './people-apart.js';
import { holders } from './permissions.js';
import { workspaceName } from './rank.js';
import { thoseThere } from './standing.js';

/** Of those who could be the second person and are there, how many different humans they are. */
export async function eligibleForTwo(place: {
  account: AccountId;
  workspace: WorkspaceId;
  /** Somebody who is left out of the count. */
  without?: PersonId;
}): Promise<{ names: string[]; humans: number }> {
  const { account, workspace, without } = place;
  const able = holders('secondPerson');
  const roles = ROLES.filter((role) => able.includes(role));
  const holding = (await holdersOf(account, workspace, roles)).filter(({ id }) => id !== without);
  const there = await thoseThere(
    account,
    holding.map(({ id }) => id),
  );
  const people = holding.filter(({ id }) => there.has(id));
  const apart = await peopleApart(
    account,
    people.map((person) => person.id),
  );
  return { names: people.map((person) => person.name), humans: apart.length };
}

/** @throws Refusal twoNeeded */
export async function assertTwoAreEligible(setting: { account: Account; workspace: WorkspaceId }): Promise<void> {
  const place = { account: setting.account.id, workspace: setting.workspace };
  const { names, humans } = await eligibleForTwo(place);
  if (humans >= 2) return;
  refuse({ kind: 'twoNeeded', workspaceName: await workspaceName(place), eligible: names });
}
