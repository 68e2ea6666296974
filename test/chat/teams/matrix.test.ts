import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { enableAccount } from '../../../src/workspace/accounts.js';
import type { Role } from '../../../src/workspace/entities.js';
import { addIdentity } from '../../../src/workspace/people.js';
import { NOW } from '../../support/acme.js';
import { useOffice } from '../../commands/harness.js';
import { addRoles, MATRIX_CASES, type MatrixCompany, matrixCells, metIn } from '../../commands/matrix-cases.js';
import { readCard } from '../../e2e/teams-card.js';
import { Bench } from './harness.js';

/** The matrix once more, as activities with Microsoft's token that the Bot Framework's adapter receives. */

const USER: Readonly<Record<Role, string>> = {
  primaryOwner: '00000000-0000-4000-8000-000000000001',
  owner: '00000000-0000-4000-8000-000000000004',
  admin: '00000000-0000-4000-8000-000000000002',
  member: '00000000-0000-4000-8000-000000000003',
};

const office = useOffice(addRoles);
let bench: Bench;
beforeAll(async () => {
  bench = await Bench.start();
  bench.answer = (invocation) => office().dispatch({ ...invocation, at: office().at });
});
afterAll(() => bench.stop());
beforeEach(() => onTeamsToo(office().acme as MatrixCompany, bench.teams.world.tenant));

/** The company's Teams beside its Slack, with the same people in it. */
async function onTeamsToo({ account, otto, adam, mia }: MatrixCompany, tenant: string): Promise<void> {
  const { name, currency, plan, timeZone } = account;
  const owner = { ownerUser: USER.primaryOwner, account: account.id };
  await enableAccount({ name, tenant: `teams:${tenant}`, currency, plan, timeZone, ...owner, at: NOW });
  for (const [role, { id }] of [
    ['owner', otto],
    ['admin', adam],
    ['member', mia],
  ] as const) {
    bench.teams.world.users.set(USER[role], { user: USER[role], name: role });
    await addIdentity(account.id, id, `teams:${tenant}:${USER[role]}`, undefined, NOW);
  }
}

/** The words of the card that comes back, which may be after the activity was answered. */
async function answerTo(user: string, typed: string): Promise<string> {
  const { teams } = bench;
  const before = teams.seen(user).length;
  await teams.say(user, typed);
  while (teams.seen(user).length === before) await once(teams.world.changes, 'shown');
  return readCard(JSON.parse(JSON.stringify(teams.seen(user).at(-1)?.card))).lines.join('\n');
}

describe('what somebody may', () => {
  test.each(matrixCells(MATRIX_CASES))('“$typed” by $role: $met', async ({ one, role, met }) => {
    await one.given?.(office().acme as MatrixCompany);
    const seen = await answerTo(USER[role], one.typed);
    expect([metIn(seen), seen]).toEqual([met, seen]);
  });
});
