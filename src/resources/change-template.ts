import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { ITEM } from '../prices/item.js';
import { refuse } from '../refusal.js';
import type { AuditAction } from '../workspace/audit-actions.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import type { ClientRequest } from './client-request.js';
import { assertNameFree, madeBefore, nextVersion } from './resource-changes.js';
import { resourceName } from './resource-name.js';
import { TEMPLATE, type TemplateDoc, TemplateModel } from './template-model.js';
import { templateText } from './template-text.js';
import { type Template, toTemplate } from './templates.js';

interface Writing {
  account: AccountId;
  workspace: WorkspaceId;
  by: PersonId;
  at: Date;
  /** The name of the API key that it came by. */
  key?: string;
}

type Change = Writing & { template: string };

/** Once for each key of a program. @throws Refusal badArgument, resourceNameTaken, keyConflict */
export function createTemplate(
  wanted: Writing & { name: string; item: string; text: string; client?: ClientRequest },
): Promise<Template> {
  const { account, workspace, by, at, key, client } = wanted;
  const item = chargedAs(wanted.item);
  const doc: TemplateDoc = {
    ...{ _id: newId('tp', at), account, workspace, ...resourceName(wanted.name), item, ...templateText(wanted.text) },
    ...{ version: 1, archived: false, createdBy: by, createdAt: at, changedAt: at },
    ...(client && { client }),
  };
  return inTransaction(async () => {
    const first = client && (await madeBefore(TEMPLATE, doc, client));
    if (first) return toTemplate(first);
    await assertNameFree(TEMPLATE, doc);
    await TemplateModel.create(doc);
    const detail = { name: doc.name, item, ...(key && { key }) };
    await writeAudit({ account, workspace, by, action: 'template.created', detail, at });
    return toTemplate(doc);
  });
}

/**
 * Changes what is given. With a `version` only if nobody changed it since: undefined where somebody did.
 * @throws Refusal badArgument, resourceNameTaken, unknownResource
 */
export function changeTemplate(
  change: Change & { name?: string; item?: string; text?: string; version?: number },
): Promise<Template | undefined> {
  const { name, item, text, version } = change;
  const set = {
    ...(name !== undefined && resourceName(name)),
    ...(item !== undefined && { item: chargedAs(item) }),
    ...(text !== undefined && templateText(text)),
  };
  return inTransaction(async () => {
    const before = await templateOf(change);
    if (version !== undefined && version !== before.version) return undefined;
    const same = Object.entries(set).every(([field, value]) => equal(before[field as keyof TemplateDoc], value));
    if (same) return toTemplate(before);
    if (name !== undefined) await assertNameFree(TEMPLATE, { ...before, ...set });
    return changed(change, set, 'template.changed', { name: set.name ?? before.name, item: set.item ?? before.item });
  });
}

/** Puts it away: no campaign can take it until it is restored. */
export function archiveTemplate(change: Change): Promise<Template> {
  return inTransaction(async () => {
    const before = await templateOf(change);
    if (before.archived) return toTemplate(before);
    const put = { archived: true, archivedAt: change.at };
    return changed(change, put, 'template.archived', { name: before.name });
  });
}

/** @throws Refusal resourceNameTaken where another has its name by now */
export function restoreTemplate(change: Change): Promise<Template> {
  return inTransaction(async () => {
    const before = await templateOf(change);
    if (!before.archived) return toTemplate(before);
    await assertNameFree(TEMPLATE, before);
    return changed(change, { archived: false }, 'template.restored', { name: before.name });
  });
}

function chargedAs(item: string): string {
  const expected = 'what one message is charged as, an item of the price list like sms';
  return ITEM.test(item) ? item : refuse({ kind: 'badArgument', argument: 'item', typed: item, expected });
}

const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

async function templateOf({ account, workspace, template }: Change): Promise<TemplateDoc> {
  const doc = await TemplateModel.findOne({ account, workspace, _id: template }).lean<TemplateDoc>();
  return doc ?? refuse({ kind: 'unknownResource', what: 'template', typed: '', nearest: [] });
}

async function changed(
  { account, workspace, template, by, at, key }: Change,
  set: Partial<TemplateDoc>,
  action: AuditAction,
  detail: Readonly<Record<string, string>>,
): Promise<Template> {
  const doc = await nextVersion(TEMPLATE, { account, workspace, id: template, at }, set);
  await writeAudit({ account, workspace, by, action, detail: { ...detail, ...(key && { key }) }, at });
  return toTemplate(doc);
}
