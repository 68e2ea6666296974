import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { createLedger } from '../../src/ledger/ledger.js';
import { type Reason, Refusal } from '../../src/refusal.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import type { Account, Licence, Person, Plan, Role, Workspace } from '../../src/workspace/entities.js';
import type { Identity, Platform, Profile } from '../../src/workspace/identity.js';
import { invite, joinByInvitation } from '../../src/workspace/invitations.js';
import { ensurePerson } from '../../src/workspace/people.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';

export const AT = new Date('2026-11-02T09:00:00Z');
const MINUTE = 60_000;
export const minutesLater = (minutes: number): Date => new Date(AT.getTime() + minutes * MINUTE);
export const daysLater = (days: number): Date => minutesLater(days * 24 * 60);

export const profileOf = (name: string, also: Partial<Profile> = {}): Profile => ({
  name,
  email: `${name.toLowerCase()}@acme.com`,
  emailVerified: true,
  standing: 'full',
  ...also,
});

/** A company of its own, with Olivia as account owner. */
export interface Company {
  account: Account;
  olivia: Person;
  identity(name: string, platform?: Platform): Identity;
  person(name: string, also?: Partial<Profile>, platform?: Platform): Promise<Person>;
  workspace(name: string, primaryOwner?: Person): Promise<Workspace>;
  join(workspace: Workspace, person: Person, role?: Role, licence?: Licence, at?: Date): Promise<void>;
  member(workspace: Workspace, name: string, role?: Role): Promise<Person>;
}

export async function openCompany(plan: Plan = 'enterprise', also: { strictSingle?: boolean } = {}): Promise<Company> {
  const tenant = `T${randomBytes(5).toString('hex')}`;
  const identity = (name: string, platform: Platform = 'slack'): Identity => ({ platform, tenant, user: `U-${name}` });
  const enabling = { name: 'Acme', currency: 'GBP', plan, timeZone: 'Europe/London', at: AT, ownerUser: 'U-Olivia' };
  const { account: first, owner } = await enableAccount({
    ...enabling,
    ...also,
    tenant: `slack:${tenant}`,
    ownerProfile: profileOf('Olivia'),
  });
  const { account } = await enableAccount({ ...enabling, tenant: `teams:${tenant}`, account: first.id });
  const ledger = createLedger(mongoose.connection.db!);

  const company: Company = {
    account,
    olivia: owner,
    identity,
    person: (name, also, platform) => ensurePerson(account, identity(name, platform), profileOf(name, also), AT),
    workspace: (name, primaryOwner = owner) =>
      createWorkspace({ ledger, account, name, primaryOwner: primaryOwner.id, by: owner.id, at: AT }),
    async join(workspace, person, role = 'member', licence = 'standard', at = AT) {
      await invite({
        account,
        workspace: workspace.id,
        to: { person: person.id },
        role,
        licence,
        by: owner.id,
        at,
      });
      await joinByInvitation({ account: account.id, person: person.id, at });
    },
    async member(workspace, name, role) {
      const person = await company.person(name);
      await company.join(workspace, person, role);
      return person;
    },
  };
  return company;
}

/** The reason of a refusal; anything else that happens fails the test. */
export async function refusalOf(attempt: Promise<unknown>): Promise<Reason> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  throw new Error('it was not refused');
}

export const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** Runs them all at once: how many succeeded, and the reasons of the others. An outage fails the test. */
export async function race(attempts: readonly Promise<unknown>[]): Promise<{ won: number; refused: Reason[] }> {
  const settled = await Promise.allSettled(attempts);
  const refused = settled.flatMap((outcome) => {
    if (outcome.status === 'fulfilled') return [];
    if (outcome.reason instanceof Refusal) return [outcome.reason.reason];
    throw outcome.reason;
  });
  return { won: settled.length - refused.length, refused };
}
