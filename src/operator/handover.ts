import { parseArgs } from 'node:util';
import { inTransaction } from '../mongo.js';
import { tellContinuityEnded } from '../notices/ownership/continuity-notices.js';
import { tellEnded, tellSettled } from '../notices/ownership/handover-notices.js';
import { followPrimaryOwner } from '../notices/ownership/primary-owner-moved.js';
import { nameAccountOwner } from '../workspace/account-owner.js';
import { accountOfTenant } from '../workspace/accounts.js';
import { openContinuities, settlePrimaryOwner } from '../workspace/continuities.js';
import type { Account, Person } from '../workspace/entities.js';
import { type Identity, identityKey, parseIdentityKey, tenantKey } from '../workspace/identity.js';
import { getPerson, personOfIdentity } from '../workspace/people.js';
import { getWorkspace, workspacesOfAccount } from '../workspace/workspaces.js';
import type { Outcome, Subcommand } from './subcommand.js';
import { UsageFault } from './usage-fault.js';

const LISTED = 100;
const USAGE = 'handover list | handover WORKSPACE --to slack:TEAM:USER|teams:TENANT:USER';
const OWNER_USAGE = 'owner ACCOUNT --to slack:TEAM:USER|teams:TENANT:USER';

/** Workspaces whose primary owner is gone: support names another member, who then is the primary owner. */
export const handover: Subcommand = {
  name: 'handover',
  usage: USAGE,
  read(args) {
    const { to, positionals } = parsed(args, USAGE);
    const [what, ...rest] = positionals;
    if (!what || rest.length > 0 || (what === 'list' && to !== undefined)) throw new UsageFault(`${USAGE}.`);
    if (what === 'list') return listOpen;
    const identity = identityIn(to, USAGE);
    return (at) => settle(what, identity, at);
  },
};

/** The account's owner, as where the one before has left the company. */
export const owner: Subcommand = {
  name: 'owner',
  usage: OWNER_USAGE,
  read(args) {
    const { to, positionals } = parsed(args, OWNER_USAGE);
    const [account, ...rest] = positionals;
    if (!account || rest.length > 0) throw new UsageFault(`${OWNER_USAGE}.`);
    const identity = identityIn(to, OWNER_USAGE);
    return async (at) => {
      const found = await personBehind(identity);
      if (found?.account.id !== account) return unknownPerson(identity);
      const { name } = await nameAccountOwner({ account, to: found.person.id, at });
      return { done: true, lines: [`${found.person.name} owns the account of ${name} now.`] };
    };
  },
};

async function listOpen(): Promise<Outcome> {
  const open = await openContinuities(LISTED);
  const lines = await Promise.all(
    open.map(async ({ account, workspace: id, person, openedAt }) => {
      const [workspace, gone] = await Promise.all([getWorkspace(account, id), getPerson(account, person)]);
      return `${id}  ${workspace?.name ?? '?'}  ${account}  ${gone?.name ?? person} gone since ${openedAt.toISOString()}`;
    }),
  );
  return { done: true, lines: lines.length > 0 ? lines : ['Every primary owner is there.'] };
}

/** Role, billing, notices and audit stand or fall together. */
async function settle(typed: string, identity: Identity, at: Date): Promise<Outcome> {
  const found = await personBehind(identity);
  if (!found) return unknownPerson(identity);
  const { account, person } = found;
  const all = await workspacesOfAccount(account.id);
  const workspace = all.find(({ id, name }) => id === typed || name.toLowerCase() === typed.toLowerCase());
  if (!workspace) return { done: false, lines: [`${account.name} has no workspace ${typed}.`] };
  const { id } = workspace;
  const moved = await inTransaction(async () => {
    const taken = await settlePrimaryOwner({ account: account.id, workspace: id, to: person.id, at });
    if (!taken) return undefined;
    const done = await followPrimaryOwner({ workspace, from: taken.from, to: person.id, at });
    await tellSettled({ workspace, from: taken.from, to: person.id, moved: done, by: 'Support', at });
    if (taken.continuity) await tellContinuityEnded(taken.continuity, done.to);
    if (taken.cancelled) await tellEnded({ workspace, handover: taken.cancelled });
    return done;
  });
  const said = moved ? `now; ${moved.from} is an owner` : 'already';
  return { done: true, lines: [`${person.name} is the primary owner of ${workspace.name} ${said}.`] };
}

async function personBehind(identity: Identity): Promise<{ account: Account; person: Person } | undefined> {
  const account = await accountOfTenant(tenantKey(identity));
  const person = account && (await personOfIdentity(account.id, identityKey(identity)));
  return person && { account, person };
}

function unknownPerson(identity: Identity): Outcome {
  return { done: false, lines: [`${identityKey(identity)} is nobody known there.`] };
}

function identityIn(typed: string | undefined, usage: string): Identity {
  const identity = typed === undefined ? undefined : parseIdentityKey(typed);
  if (!identity) throw new UsageFault(`--to is typed slack:TEAM:USER or teams:TENANT:USER. ${usage}.`);
  return identity;
}

function parsed(args: readonly string[], usage: string): { to: string | undefined; positionals: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { to: { type: 'string' } },
    });
    return { to: values.to, positionals };
  } catch (error) {
    throw new UsageFault(error instanceof Error ? `${error.message} ${usage}.` : usage);
  }
}
