import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import type { AuditAction } from '../workspace/audit-actions.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { CONTACT_LIST, type ContactListDoc, ContactListModel, ContactModel } from './contact-list-model.js';
import { type ContactList, toContactList } from './contact-lists.js';
import { assertNameFree, nextVersion } from './resource-changes.js';
import { resourceName } from './resource-name.js';

interface Change {
  account: AccountId;
  workspace: WorkspaceId;
  list: string;
  by: PersonId;
  at: Date;
  /** The name of the API key that it came by. */
  key?: string;
}

/** @throws Refusal resourceNameTaken, unknownResource */
export function renameContactList(change: Change & { name: string }): Promise<ContactList> {
  const named = resourceName(change.name);
  return inTransaction(async () => {
    const before = await listOf(change);
    if (before.name === named.name) return toContactList(before);
    await assertNameFree(CONTACT_LIST, { ...before, ...named });
    const detail = { from: before.name, name: named.name };
    return changed(change, named, 'contactList.renamed', detail);
  });
}

/** Puts it away: it is in no list and no campaign can take it until it is restored. */
export function archiveContactList(change: Change): Promise<ContactList> {
  return inTransaction(async () => {
    const before = await listOf(change);
    if (before.archived) return toContactList(before);
    const put = { archived: true, archivedAt: change.at };
    return changed(change, put, 'contactList.archived', { name: before.name });
  });
}

/** @throws Refusal resourceNameTaken where another has its name by now */
export function restoreContactList(change: Change): Promise<ContactList> {
  return inTransaction(async () => {
    const before = await listOf(change);
    if (!before.archived) return toContactList(before);
    await assertNameFree(CONTACT_LIST, before);
    return changed(change, { archived: false }, 'contactList.restored', { name: before.name });
  });
}

/** Takes somebody out of the list; harmless where they are not in it. */
export function removeContact(change: Change & { phone: string }): Promise<ContactList> {
  const { account, workspace, list, phone, by, at } = change;
  return inTransaction(async () => {
    const before = await listOf(change);
    const gone = await ContactModel.findOneAndDelete({ account, workspace, list, phone }).lean();
    if (!gone) return toContactList(before);
    const doc = await ContactListModel.findOneAndUpdate(
      { account, workspace, _id: list },
      { $set: { changedAt: at }, $inc: { contacts: -1, version: 1 } },
      { returnDocument: 'after' },
    )
      .lean<ContactListDoc>()
      .orFail();
    const detail = { name: before.name };
    await writeAudit({ account, workspace, by, action: 'contactList.contactRemoved', detail, at });
    return toContactList(doc);
  });
}

async function listOf({ account, workspace, list }: Change): Promise<ContactListDoc> {
  const doc = await ContactListModel.findOne({ account, workspace, _id: list }).lean<ContactListDoc>();
  return doc ?? refuse({ kind: 'unknownResource', what: 'contact list', typed: '', nearest: [] });
}

async function changed(
  { account, workspace, list, by, at, key }: Change,
  set: Partial<Pick<ContactListDoc, 'name' | 'foldedName' | 'archived' | 'archivedAt'>>,
  action: AuditAction,
  detail: Readonly<Record<string, string>>,
): Promise<ContactList> {
  const doc = await nextVersion(CONTACT_LIST, { account, workspace, id: list, at }, set);
  await writeAudit({ account, workspace, by, action, detail: { ...detail, ...(key && { key }) }, at });
  return toContactList(doc);
}
