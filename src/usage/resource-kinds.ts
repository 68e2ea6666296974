import type { z } from 'zod';
import { campaigns } from './campaign-resources.js';
import { contactLists } from './contact-list-resources.js';
import type { changeResourceBody, createResourceBody, resourceShown } from './resource-bodies.js';
import type { ApiCall } from './resource-kind.js';
import { wrongFields } from './problem.js';
import { reports } from './report-resources.js';
import { templates } from './template-resources.js';

/** Every kind of `/v1/resources`. */
export const RESOURCE_KINDS = { contactList: contactLists, template: templates, campaign: campaigns, report: reports };

type KindName = keyof typeof RESOURCE_KINDS;
type Shown = z.output<typeof resourceShown>;

/** The kind that an id is of. */
export function kindOfId(id: string): (typeof RESOURCE_KINDS)[KindName] | undefined {
  return Object.values(RESOURCE_KINDS).find(({ prefix }) => id.startsWith(`${prefix}_`));
}

/** @throws Refusal, Problem */
export function createResource(call: ApiCall, body: z.output<typeof createResourceBody>): Promise<Shown> {
  switch (body.kind) {
    case 'contactList':
      return contactLists.create(call, body);
    case 'template':
      return templates.create(call, body);
    case 'campaign':
      return campaigns.create(call, body);
    case 'report':
      return reports.create(call, body);
  }
}

/** Undefined where there is none. @throws Refusal, and Problem 400 where the id is of another kind */
export async function changeResource(
  call: ApiCall,
  id: string,
  body: z.output<typeof changeResourceBody>,
): Promise<Shown | undefined> {
  const kind = kindOfId(id);
  if (!kind) return undefined;
  if (kind !== RESOURCE_KINDS[body.kind]) {
    throw wrongFields([{ field: 'kind', message: 'must be the kind of the resource' }]);
  }
  switch (body.kind) {
    case 'contactList':
      return contactLists.change(call, id, body);
    case 'template':
      return templates.change(call, id, body);
    case 'campaign':
      return campaigns.change(call, id, body);
    case 'report':
      return reports.change(call, id, body);
  }
}
