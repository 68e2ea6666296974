import mongoose from 'mongoose';
import { disableAccount } from '../../src/workspace/accounts.js';
import type { Identity } from '../../src/workspace/identity.js';
import { removeMember } from '../../src/workspace/memberships.js';
import { suspendMember } from '../../src/workspace/suspension.js';
import { disableWorkspace } from '../../src/workspace/workspaces.js';
import { NOW } from '../support/acme.js';
import type { MatrixCompany } from './matrix-company.js';

/** A state in which somebody meets the same whatever they type, though their role would let them. */
export interface MatrixState {
  state: string;
  /** Otto is an owner of Marketing; Nora and Gus come from outside. */
  who: 'Otto' | 'Nora' | 'Gus';
  says: RegExp;
  /** Where not everything is refused: what is. */
  typed?: readonly string[];
  arrange(company: MatrixCompany, identity: Identity): Promise<unknown> | void;
}

const change = ({ account, marketing, otto, olivia }: MatrixCompany) => ({
  ...{ account: account.id, workspace: marketing.id, person: otto.id, by: olivia.id, at: NOW },
});

const asA = (standing: 'full' | 'guest', { chat }: MatrixCompany, identity: Identity) =>
  chat.add(identity, { name: 'Somebody', emailVerified: false, standing });

export const MATRIX_STATES: readonly MatrixState[] = [
  {
    state: 'suspended',
    who: 'Otto',
    says: /You are suspended in Marketing/,
    arrange: (company) => suspendMember(change(company)),
  },
  {
    state: 'unlinked',
    who: 'Otto',
    says: /You are in no workspace called “Marketing”/,
    arrange: (company) => removeMember(change(company)),
  },
  {
    state: 'of a workspace that is disabled',
    who: 'Otto',
    says: /Marketing is disabled/,
    arrange: (company) => disableWorkspace(change(company)),
  },
  {
    state: 'of a company that was switched off',
    who: 'Otto',
    says: /Workspaces are switched off for Acme/,
    arrange: ({ account }) => disableAccount({ tenant: account.tenants[0]!, at: NOW }),
  },
  {
    state: 'on the free plan',
    who: 'Otto',
    says: /Policies can be set on the plans Teams and Enterprise; yours is Free/,
    typed: ['policy retype 500'],
    arrange: ({ account }) =>
      mongoose.connection
        .db!.collection<{ _id: string }>('accounts')
        .updateOne({ _id: account.id }, { $set: { plan: 'free' } }),
  },
  {
    state: 'in no workspace',
    who: 'Nora',
    says: /You are in no workspace/,
    arrange: (company, identity) => asA('full', company, identity),
  },
  {
    state: 'a guest',
    who: 'Gus',
    says: /This needs a full member of Acme; ask Olivia/,
    arrange: (company, identity) => asA('guest', company, identity),
  },
];

/** What they type: something that all may, and something that is asked for. */
export const typedIn = ({ typed = ['balance', 'invite nina@acme.com'] }: MatrixState): string[] =>
  typed.map((words) => `${words} in:Marketing`);
