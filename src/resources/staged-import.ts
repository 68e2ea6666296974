import mongoose from 'mongoose';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { type CheckedContacts, checkContacts } from './check-contacts.js';
import { type ContactImportDoc, ContactImportModel } from './contact-import-model.js';
import { createContactList, extendContactList, type Imported } from './import-contacts.js';

const LIFETIME_MS = 3_600_000;

interface Whose {
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  at: Date;
}

/** A file as it was sent, with what an import of it would be. */
export interface StagedImport {
  id: string;
  fileName: string;
  checked: CheckedContacts;
}

/**
 * Keeps a file for an hour, until whoever sent it says that it is to be imported.
 * @throws Refusal badCsv where it cannot be read at all
 */
export async function stageImport(
  file: Whose & { fileName: string; csv: string; country?: string },
): Promise<StagedImport> {
  const { account, workspace, person, at, fileName, csv, country } = file;
  const checked = await checkContacts(csv, country);
  const id = newId('im', at);
  const expiresAt = new Date(at.getTime() + LIFETIME_MS);
  await ContactImportModel.create({ _id: id, account, workspace, person, fileName, csv, expiresAt });
  return { id, fileName, checked };
}

/** Looks at it again, with the country of its numbers. @throws Refusal importGone */
export async function stagedImport(which: Whose & { id: string; country?: string }): Promise<StagedImport> {
  const doc = await ContactImportModel.findOne(filterOf(which)).lean<ContactImportDoc>();
  if (!doc) return refuse({ kind: 'importGone' });
  return { id: which.id, fileName: doc.fileName, checked: await checkContacts(doc.csv, which.country) };
}

/**
 * Imports the rows that are right, once: into a new list of that name, or an old one.
 * @throws Refusal importGone, resourceNameTaken, unknownResource, badCsv
 */
export async function importStaged(
  order: Whose & { id: string; country?: string; into: { name: string } | { list: string } },
): Promise<Imported & { checked: CheckedContacts }> {
  const { account, workspace, person: by, at, into } = order;
  const { checked } = await stagedImport(order);
  const change = { account, workspace, contacts: checked, by, at };
  return inTransaction(async () => {
    if (!(await ContactImportModel.findOneAndDelete(filterOf(order)).lean())) refuse({ kind: 'importGone' });
    const imported =
      'name' in into
        ? await createContactList({ ...change, ...into })
        : await extendContactList({ ...change, ...into });
    return { ...imported, checked };
  });
}

function filterOf({ account, workspace, person, id, at }: Whose & { id: string }) {
  return { account, workspace, person, _id: id, expiresAt: mongoose.trusted({ $gt: at }) };
}
