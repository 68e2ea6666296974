import mongoose from 'mongoose';
import { createChannel } from '../../src/channels/channels.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { createMeeting } from '../../src/meetings/meetings.js';
import { writeAudit } from '../../src/workspace/audit.js';
import type { Person, Policies, PolicyKey } from '../../src/workspace/entities.js';
import { ensurePerson } from '../../src/workspace/people.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { type Acme, addTo, NOW, slackUser } from '../support/acme.js';

/** Acme with a person for each role of Marketing, who are in Support too; Max is another owner, Pat another member. */
export interface MatrixCompany extends Acme {
  /** Owner of Marketing. */
  otto: Person;
  /** A member of it. */
  pat: Person;
  /** In no workspace. */
  nora: Person;
}

/** Adds to Acme whom the matrix needs besides. */
export async function addRoles(acme: Acme): Promise<MatrixCompany> {
  const { marketing, support, olivia, adam, mia, max } = acme;
  const account = { ...acme.account, seats: { standard: 20, pro: 20 } };
  const { seats } = account;
  await mongoose.connection
    .db!.collection<{ _id: string }>('accounts')
    .updateOne({ _id: account.id }, { $set: { seats } });
  const person = (name: string) =>
    ensurePerson(
      account,
      slackUser(`U0${name.toUpperCase()}`),
      { name, email: `${name.toLowerCase()}@acme.com`, emailVerified: true, standing: 'full' },
      NOW,
    );
  const [otto, pat, nora] = [await person('Otto'), await person('Pat'), await person('Nora')];
  await addTo(account, marketing, olivia, otto, 'owner');
  await addTo(account, marketing, olivia, max, 'owner');
  await addTo(account, marketing, olivia, pat, 'member');
  for (const one of [otto, adam, mia]) await addTo(account, support, olivia, one, 'member');
  return { ...acme, account, otto, pat, nora };
}

export const meetingOfPat = ({ account, marketing, pat }: MatrixCompany) =>
  createMeeting({
    ...{ account: account.id, workspace: marketing.id, host: pat.id, at: NOW },
    ...{ title: 'Kick-off', startsAt: NOW, highlights: [], open: false },
  });

export const channelBy =
  (whose: 'max' | 'mia', kind: 'public' | 'private') =>
  ({ account, marketing, ...people }: MatrixCompany) =>
    createChannel({
      account: account.id,
      workspace: marketing.id,
      name: 'Launch',
      kind,
      by: people[whose].id,
      at: NOW,
    });

export const policy =
  <K extends PolicyKey>(key: K, value: Policies[K]) =>
  ({ account, marketing, olivia }: MatrixCompany) =>
    setPolicy({ account, workspace: marketing.id, key, value, by: olivia.id, at: NOW });

export const fund = ({ marketing }: MatrixCompany) =>
  createLedger(mongoose.connection.db!).post({
    ...{ wallet: marketing.id, key: 'topup:matrix', kind: 'topup', amountMinor: 10_000, contra: 'provider', at: NOW },
  });

/** Pat's, to be seen by those who see individuals. */
export const spent = async (company: MatrixCompany) => {
  await fund(company);
  const usage = { key: 'u:matrix', kind: 'usage', amountMinor: -500, contra: 'revenue', at: NOW } as const;
  const { marketing, pat } = company;
  const ledger = createLedger(mongoose.connection.db!);
  await ledger.post({ ...usage, wallet: marketing.id, person: pat.id, resource: 'Spring' });
};

export const billed = ({ account, marketing, olivia }: MatrixCompany) =>
  writeAudit({
    ...{ account: account.id, workspace: marketing.id, by: olivia.id, at: NOW },
    ...{ action: 'billing.detailsChanged', detail: { name: 'Acme Ltd' } },
  });
