import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { slackUser, TEAM } from '../../support/acme.js';
import { useOffice } from '../../commands/harness.js';
import { MATRIX_CASES, matrixCells, metIn, type Who } from '../../commands/matrix-cases.js';
import { addRoles, type MatrixCompany } from '../../commands/matrix-company.js';
import { MATRIX_STATES, typedIn } from '../../commands/matrix-states.js';
import { words } from '../../fakes/slack/words.js';
import { Bench } from './harness.js';

/** The matrix once more, as signed slash commands that Bolt receives. */

const USER: Readonly<Record<Who, string>> = {
  primaryOwner: 'U0OLIVIA',
  owner: 'U0OTTO',
  admin: 'U0ADAM',
  member: 'U0MIA',
  none: 'U0NORA',
};

const office = useOffice(addRoles);
let bench: Bench;
beforeAll(async () => {
  bench = await Bench.start({
    team: TEAM,
    users: [...Object.values(USER), 'U0GUS'].map((id) => ({ id, name: id.slice(2) })),
  });
  bench.answer = (invocation) => office().dispatch({ ...invocation, at: office().at });
});
afterAll(() => bench.stop());

describe('what somebody may', () => {
  test.each(MATRIX_CASES)('“$typed”, from the member up', async (one) => {
    await one.given?.(office().acme as MatrixCompany);
    for (const { role, met } of matrixCells([one]).toReversed()) {
      await bench.slack.command(USER[role], one.typed);
      const seen = words(await bench.slack.privateTo(USER[role]));
      expect([role, metIn(seen, one), seen]).toEqual([role, met, seen]);
    }
  });
});

describe('whoever is not as their role has it', () => {
  test.each(MATRIX_STATES)('$state: is refused', async (one) => {
    const user = `U0${one.who.toUpperCase()}`;
    await one.arrange(office().acme as MatrixCompany, slackUser(user));
    for (const typed of typedIn(one)) {
      await bench.slack.command(user, typed);
      expect(words(await bench.slack.privateTo(user))).toMatch(one.says);
    }
  });
});
