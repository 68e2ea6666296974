import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { useOffice } from '../../commands/harness.js';
import { MATRIX_CASES, matrixCells, metIn, type Who } from '../../commands/matrix-cases.js';
import { addRoles, type MatrixCompany } from '../../commands/matrix-company.js';
import { MATRIX_STATES, typedIn } from '../../commands/matrix-states.js';
import { readCard } from '../../e2e/teams-card.js';
import { Bench, onTeamsToo } from './harness.js';

/** The matrix once more, as activities with Microsoft's token that the Bot Framework's adapter receives. */

const USER: Readonly<Record<Who, string>> = {
  primaryOwner: '00000000-0000-4000-8000-000000000001',
  owner: '00000000-0000-4000-8000-000000000004',
  admin: '00000000-0000-4000-8000-000000000002',
  member: '00000000-0000-4000-8000-000000000003',
  none: '00000000-0000-4000-8000-000000000008',
};

const office = useOffice(addRoles);
let bench: Bench;
beforeAll(async () => {
  bench = await Bench.start();
  bench.answer = (invocation) => office().dispatch({ ...invocation, at: office().at });
});
afterAll(() => bench.stop());
beforeEach(async () => {
  const { account, otto, adam, mia, nora } = office().acme as MatrixCompany;
  const others = { [otto.id]: USER.owner, [adam.id]: USER.admin, [mia.id]: USER.member, [nora.id]: USER.none };
  await onTeamsToo(bench.teams, account, USER.primaryOwner, others);
});

/** The words of the card that comes back, which may be after the activity was answered. */
async function answerTo(user: string, typed: string): Promise<string> {
  const { teams } = bench;
  const before = teams.seen(user).length;
  await teams.say(user, typed);
  while (teams.seen(user).length === before) await once(teams.world.changes, 'shown');
  return readCard(JSON.parse(JSON.stringify(teams.seen(user).at(-1)?.card))).lines.join('\n');
}

describe('what somebody may', () => {
  test.each(MATRIX_CASES)('“$typed”, from the member up', async (one) => {
    await one.given?.(office().acme as MatrixCompany);
    for (const { role, met } of matrixCells([one]).toReversed()) {
      const seen = await answerTo(USER[role], one.typed);
      expect([role, metIn(seen, one), seen]).toEqual([role, met, seen]);
    }
  });
});

describe('whoever is not as their role has it', () => {
  const OUTSIDERS = {
    Nora: USER.none,
    Gus: '00000000-0000-4000-8000-000000000009',
  };

  test.each(MATRIX_STATES)('$state: is refused', async (one) => {
    const { world } = bench.teams;
    const user = one.who === 'Otto' ? USER.owner : OUTSIDERS[one.who];
    world.users.set(user, { user, name: one.who });
    await one.arrange(office().acme as MatrixCompany, { platform: 'teams', tenant: world.tenant, user });
    for (const typed of typedIn(one)) expect(await answerTo(user, typed)).toMatch(one.says);
  });
});
