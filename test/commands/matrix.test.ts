import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { disableAccount } from '../../src/workspace/accounts.js';
import type { Role } from '../../src/workspace/entities.js';
import type { Identity } from '../../src/workspace/identity.js';
import { suspendMember } from '../../src/workspace/suspension.js';
import { ADAM, MIA, NOW, OLIVIA, slackUser, TEAM } from '../support/acme.js';
import { MATRIX_ACTIONS } from '../support/matrix.js';
import { said, useOffice } from './harness.js';
import {
  addRoles,
  MATRIX_CASES,
  type MatrixCase,
  type MatrixCompany,
  matrixCells,
  metIn,
  NOT_TYPED,
} from './matrix-cases.js';

/** Of each cell of the matrix: what somebody of that role meets who types it, through dispatch. */

const office = useOffice(addRoles);
const company = () => office().acme as MatrixCompany;

const OTTO = slackUser('U0OTTO');
const WHO: Readonly<Record<Role, Identity>> = { primaryOwner: OLIVIA, owner: OTTO, admin: ADAM, member: MIA };

test('every action is typed by a case, or it is said why not', () => {
  const typed = new Set([...MATRIX_CASES.map(({ action }) => action), ...Object.keys(NOT_TYPED)]);
  expect(MATRIX_ACTIONS.filter((action) => !typed.has(action))).toEqual([]);
});

describe('what somebody may', () => {
  test.each(matrixCells(MATRIX_CASES))('“$typed” by $role: $met', async ({ one, role, met }) => {
    await one.given?.(company());
    const answer = await office().type(WHO[role], one.typed);
    const words = said(answer);
    expect([metIn(words), words]).toEqual([met, words]);
  });
});

const OF_WORKSPACE = MATRIX_CASES.filter(({ ofPerson }) => !ofPerson);

describe('whoever is suspended', () => {
  beforeEach(async () => {
    const { account, marketing, olivia, otto } = company();
    await suspendMember({ account: account.id, workspace: marketing.id, person: otto.id, by: olivia.id, at: NOW });
  });

  test('is refused whatever they type', async () => {
    for (const { typed } of OF_WORKSPACE) {
      expect(said(await office().type(OTTO, `${typed} in:Marketing`))).toContain('You are suspended in Marketing');
    }
  });
});

/** Who is not in any workspace, not of the company, or of one for which nothing is switched on. */
const OUTSIDE: readonly { who: string; identity: Identity; says: RegExp; arrange?: () => Promise<unknown> }[] = [
  {
    who: 'whoever is in no workspace',
    identity: slackUser('U0NORA'),
    says: /You are in no workspace/,
    arrange: async () => office().acme.chat.add(slackUser('U0NORA'), profile('Nora', 'full')),
  },
  {
    who: 'a guest',
    identity: slackUser('U0GUS'),
    says: /This needs a full member of Acme; ask Olivia/,
    arrange: async () => office().acme.chat.add(slackUser('U0GUS'), profile('Gus', 'guest')),
  },
  {
    who: 'somebody of another company',
    identity: slackUser('U0HANK', 'T99'),
    says: /Workspaces aren't on for|This needs a full member of Acme/,
    arrange: async () => office().acme.chat.add(slackUser('U0HANK', 'T99'), profile('Hank', 'full')),
  },
  {
    who: 'everybody of a company that was switched off',
    identity: OTTO,
    says: /Workspaces are switched off for Acme/,
    arrange: () => disableAccount({ tenant: `slack:${TEAM}`, at: NOW }),
  },
];

const profile = (name: string, standing: 'full' | 'guest') => ({ name, emailVerified: false, standing });

describe.each(OUTSIDE)('$who', ({ identity, says, arrange }) => {
  test('is refused whatever they type, and leaves no trace', async () => {
    await arrange?.();
    const before = await traces();
    for (const { typed } of OF_WORKSPACE) expect(said(await office().type(identity, typed))).toMatch(says);
    expect(await traces()).toEqual(before);
  });
});

/** What a refused command must not leave behind. */
async function traces(): Promise<Record<string, number>> {
  const count = async (name: string) =>
    [name, await mongoose.connection.db!.collection(name).countDocuments()] as const;
  return Object.fromEntries(await Promise.all(['entries', 'audit', 'requests', 'outbox', 'invitations'].map(count)));
}

describe('on the free plan', () => {
  const settings: readonly MatrixCase['action'][] = ['setPolicies', 'setOwnersCap'];

  beforeEach(async () => {
    await mongoose.connection.db!.collection('accounts').updateOne({ name: 'Acme' }, { $set: { plan: 'free' } });
  });

  test.each(MATRIX_CASES.filter(({ action }) => settings.includes(action)))(
    '“$typed” says what it takes',
    async ({ typed }) => {
      expect(said(await office().type(OLIVIA, typed))).toMatch(
        /Policies can be set on the plans Teams and Enterprise; yours is Free/,
      );
    },
  );

  test('policies can be read', async () => {
    expect(metIn(said(await office().type(OLIVIA, 'policy')))).toBe('yes');
  });
});
