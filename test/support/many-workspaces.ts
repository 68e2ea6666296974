import mongoose from 'mongoose';
import type { AccountId, PersonId } from '../../src/workspace/entities.js';
import { NOW } from './acme.js';

type Doc = { _id: string; [field: string]: unknown };

/** `Team 0000`, `Team 0001` and so on, in the account's currency, all owned by that person. */
export async function insertTeams(account: AccountId, person: PersonId, count: number): Promise<void> {
  const workspaces = Array.from({ length: count }, (_, i) => {
    const n = String(i).padStart(4, '0');
    return { _id: `ws_many${n}`, account, name: `Team ${n}`, foldedName: `team ${n}` };
  });
  const kept = { status: 'active', currency: 'GBP', timeZone: 'Europe/London', createdAt: NOW };
  await insert(
    'workspaces',
    workspaces.map((workspace) => ({ ...workspace, ...kept })),
  );
  const held = { account, person, role: 'owner', licence: 'standard', active: false, suspended: false, joinedAt: NOW };
  await insert(
    'memberships',
    workspaces.map(({ _id, foldedName }) => ({
      ...held,
      _id: `m_${_id}`,
      workspace: _id,
      workspaceName: foldedName,
    })),
  );
}

const insert = (collection: string, docs: Doc[]) => mongoose.connection.collection<Doc>(collection).insertMany(docs);
