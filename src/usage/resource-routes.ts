import type { Request, Router } from 'express';
import type { Ledger } from '../ledger/entry.js';
import type { Moves } from '../ledger/moves.js';
import { contactsOf, getContactList } from '../resources/contact-lists.js';
import { idSuffix } from '../resources/resource-page.js';
import type { Workspace } from '../workspace/entities.js';
import { answer } from './answer.js';
import type { Door } from './caller.js';
import type { ApiKey } from './keys.js';
import { Problem, parseOr400 } from './problem.js';
import { orProblem } from './refused.js';
import {
  changeResourceBody,
  createResourceBody,
  KIND_NAMES,
  type resourcesAnswer,
  resourcesQuery,
  type resourceShown,
} from './resource-bodies.js';
import { changeResource, createResource, kindOfId, RESOURCE_KINDS } from './resource-kinds.js';
import { type contactsAnswer, contactsQuery, noQuery, resourcePath } from './resource-schemas.js';

/** Contact lists, templates, campaigns and reports: read, made and changed by programs. */
export function resourceRoutes(routes: Router, door: Door, ledger: Ledger & Moves): void {
  const idOf = (request: Request): string => parseOr400(resourcePath, request.params).resource;
  const callOf = ({ workspace, key, at }: { workspace: Workspace; key: ApiKey; at: Date }) => ({
    ...{ workspace, by: key.createdBy, keyName: key.name, at, ledger },
  });

  routes.get(
    '/resources',
    door('resources:write', async ({ workspace, request, response }) => {
      answer<typeof resourcesAnswer>(response, await pageOfAll(workspace, parseOr400(resourcesQuery, request.query)));
    }),
  );

  routes.post(
    '/resources',
    door('resources:write', async ({ body, response, ...call }) => {
      const asked = parseOr400(createResourceBody, await body());
      answer<typeof resourceShown>(response, await orProblem(() => createResource(callOf(call), asked)));
    }),
  );

  routes.get(
    '/resources/:resource',
    door('resources:write', async ({ workspace, request, response }) => {
      const id = idOf(request);
      parseOr400(noQuery, request.query);
      const shown = await kindOfId(id)?.open({ account: workspace.account, workspace: workspace.id, id });
      answer<typeof resourceShown>(response, shown ?? noResource());
    }),
  );

  routes.patch(
    '/resources/:resource',
    door('resources:write', async ({ request, body, response, ...call }) => {
      const id = idOf(request);
      const asked = parseOr400(changeResourceBody, await body());
      const shown = await orProblem(() => changeResource(callOf(call), id, asked));
      answer<typeof resourceShown>(response, shown ?? noResource());
    }),
  );

  routes.get(
    '/resources/:resource/contacts',
    door('resources:write', async ({ workspace, request, response }) => {
      const list = idOf(request);
      const { after, limit } = parseOr400(contactsQuery, request.query);
      const of = { account: workspace.account, workspace: workspace.id };
      if (!(await getContactList(of.account, of.workspace, list))) noResource();
      const contacts = await contactsOf({ ...of, list, after, limit: limit + 1 });
      const page = contacts.slice(0, limit).map((contact) => ({ ...contact, fields: { ...contact.fields } }));
      const next = contacts.length > limit ? page.at(-1)!.position : null;
      answer<typeof contactsAnswer>(response, { contacts: page, next });
    }),
  );
}

function noResource(): never {
  throw new Problem(404, 'There is no resource with this id.', { kind: 'unknownResource' });
}

/** Ids of all kinds sort together, so that one cursor goes through all of them. */
async function pageOfAll(
  { account, id: workspace }: Workspace,
  { kind, archived, after, limit }: ReturnType<typeof resourcesQuery.parse>,
) {
  const suffix = after === undefined ? undefined : idSuffix(after);
  const names = kind === undefined ? KIND_NAMES : [kind];
  const pages = await Promise.all(
    names.map((name) => {
      const { page, prefix } = RESOURCE_KINDS[name];
      const from = suffix === undefined ? {} : { after: `${prefix}_${suffix}` };
      return page({ account, workspace, archived: archived === 'true', limit: limit + 1, ...from });
    }),
  );
  const all = pages.flat().toSorted((a, b) => (idSuffix(a.id) < idSuffix(b.id) ? -1 : 1));
  const resources = all.slice(0, limit);
  return { resources, next: all.length > limit ? resources.at(-1)!.id : null };
}
