import { strict as assert } from 'node:assert';
import mongoose from 'mongoose';
import { createLedger } from '../../../src/ledger/ledger.js';
import { type AuditEntry, chainHash } from '../../../src/workspace/audit-entry.js';
import { identityKey } from '../../../src/workspace/identity.js';
import { openRequest } from '../../../src/workspace/requests.js';
import { countSeats } from '../../../src/workspace/seats.js';
import { createWorkspace } from '../../../src/workspace/workspaces.js';
import { type BenchCompany, foundBenchCompany, slackUser } from '../bench-company.js';

export interface Size {
  /** Of Marketing, its owner counted. */
  members: number;
  workspaces: number;
}

const FEW = 4;
const FUNDS_MINOR = 500_00;
/** Of Marketing's, so that others can help it out. */
const GONE_MINOR = 300_00;

type Doc = { _id: string; [field: string]: unknown };

const collection = (name: string) => mongoose.connection.collection<Doc>(name);
const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i).padStart(4, '0'));

/**
 * A company of that size in an empty database: everybody is in Marketing and in one team more, its owner is in all. The
 * first few came by the product's own ways, the others are copies of what those wrote. Mongoose must be connected.
 */
export async function foundCompanyOf({ members, workspaces }: Size): Promise<void> {
  const company = await foundBenchCompany(FEW);
  const ledger = createLedger(mongoose.connection.db!);
  const { account, owner } = company;
  const at = new Date();
  const first = { name: 'Team first', primaryOwner: owner.id, by: owner.id, at };
  const team = await createWorkspace({ ledger, account, ...first });
  const teams = [team.id, ...(await addTeams(team.id, workspaces - 2))];
  await addMembers(company, teams, members - FEW - 1);
  await Promise.all(
    [company.workspace.id, ...teams].map(async (wallet) => {
      await ledger.open({ wallet, account: account.id, currency: account.currency, at });
      const funds = { kind: 'topup', amountMinor: FUNDS_MINOR, contra: 'provider', at } as const;
      await ledger.post({ wallet, key: 'topup:1', ...funds });
    }),
  );
  const gone = { kind: 'adjustment', amountMinor: -GONE_MINOR, contra: 'suspense', at } as const;
  await ledger.post({ wallet: company.workspace.id, key: 'adjustment:1', ...gone });
  await askTwice(company);
}

async function addTeams(like: string, count: number): Promise<string[]> {
  const workspace = await collection('workspaces').findOne({ _id: like });
  const membership = await collection('memberships').findOne({ workspace: like });
  assert(workspace && membership, 'the first team stands');
  const added = numbers(count).map((n) => ({ ...workspace, _id: `${like}${n}`, name: `Team ${n}` }));
  await insertAll(
    'workspaces',
    added.map((doc) => ({ ...doc, foldedName: doc.name.toLowerCase() })),
  );
  await insertAll(
    'memberships',
    added.map(({ _id, name }) => ({
      ...membership,
      ...{ _id: `${membership._id}${_id}`, workspace: _id, workspaceName: name.toLowerCase(), active: false },
    })),
  );
  return added.map(({ _id }) => _id);
}

async function addMembers({ account, users, workspace }: BenchCompany, teams: string[], count: number): Promise<void> {
  const key = identityKey(slackUser(users[0]!));
  const identity = await collection('identities').findOne({ account: account.id, key });
  const person = await collection('people').findOne({ _id: String(identity?.['person']) });
  const membership = await collection('memberships').findOne({ workspace: workspace.id, person: person?._id });
  assert(identity && person && membership, 'the first member stands');
  const added = numbers(count).map((n) => ({ ...person, _id: `${person._id}${n}`, ...namesOf(n) }));
  await insertAll('people', added);
  await insertAll(
    'identities',
    added.map(({ _id, email, foldedName }) => ({
      ...identity,
      ...{ _id: `${identity._id}${foldedName}`, person: _id, verifiedEmail: email, key: `${key}${_id}` },
    })),
  );
  const held = added.map(({ _id, email, foldedName }) => ({
    ...membership,
    ...{ person: _id, foldedName, searched: `${foldedName}\n${email}` },
  }));
  await insertAll(
    'memberships',
    held.flatMap((one, i) => [
      { ...one, _id: `${membership._id}${one.person}` },
      { ...one, _id: `${membership._id}${one.person}b`, workspace: teams[i % teams.length], active: false },
    ]),
  );
  await mongoose.connection
    .collection('accounts')
    .updateOne({ tenants: account.tenants[0] }, { $set: { seatsUsed: await countSeats(account.id) } });
  await addAudit(account.id, added);
}

const namesOf = (n: string) => ({
  name: `Person ${n}`,
  foldedName: `person ${n}`,
  email: `person${n}@bench.test`,
});

/** Each of them joined, as the last who did. */
async function addAudit(account: string, people: readonly Doc[]): Promise<void> {
  const lines = mongoose.connection.collection<AuditEntry & { _id: string }>('audit');
  const last = await lines.findOne({ account }, { sort: { sequence: -1 } });
  const like = await lines.findOne({ account, person: { $exists: true }, action: /join/i }, { sort: { sequence: -1 } });
  assert(last && like, 'somebody joined');
  let { sequence, hash } = last;
  const added = people.map(({ _id: person }) => {
    const { _id, hash: _hash, ...line } = { ...like, person, sequence: sequence + 1 };
    sequence += 1;
    hash = chainHash(hash, line);
    return { ...line, _id: `${_id}${person}`, hash };
  });
  await insertAll('audit', added);
  await mongoose.connection.collection('audit_heads').updateOne({ account }, { $set: { sequence, hash } });
}

/** Two requests wait, so that whoever says yes to one is asked which. */
async function askTwice({ account, workspace, users }: BenchCompany): Promise<void> {
  for (const user of users.slice(0, 2)) {
    const identity = identityKey(slackUser(user));
    const known = await collection('identities').findOne({ account: account.id, key: identity });
    assert(known, 'a member is known');
    await openRequest({
      account: account.id,
      workspace: workspace.id,
      by: String(known['person']),
      byIdentity: identity,
      action: 'invite',
      call: { command: 'invite', args: { people: ['friend@bench.test'], role: 'member' } },
      at: new Date(),
    });
  }
}

async function insertAll(name: string, docs: readonly Doc[]): Promise<void> {
  if (docs.length > 0) await collection(name).insertMany([...docs], { ordered: false });
}
