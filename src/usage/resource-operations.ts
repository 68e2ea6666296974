import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { READING, responses, WRITING } from './openapi-responses.js';
import {
  changeResourceBody,
  createResourceBody,
  resourcesAnswer,
  resourceShown,
  resourcesQuery,
} from './resource-bodies.js';
import { contactsAnswer, contactsQuery, resourcePath } from './resource-schemas.js';

const ID = 'cl_01k9r6y0h0abcdefghjkmnpqrs';
const AT = '2026-11-02T10:00:00.000Z';
const SCOPE = 'Needs the scope `resources:write`.';

const listExample = {
  id: ID,
  kind: 'contactList',
  name: 'Spring customers',
  archived: false,
  createdAt: AT,
  changedAt: AT,
  contacts: 1,
  columns: [{ name: 'first_name', type: 'text' }],
};

/** What can be done with the resource of an answer. */
const OF_THE_RESOURCE = Object.fromEntries(
  ['readResource', 'changeResource', 'listContacts'].map((operationId) => [
    operationId,
    { operationId, parameters: { resource: '$response.body#/id' } },
  ]),
);

const listResources: ZodOpenApiOperationObject = {
  operationId: 'listResources',
  summary: 'Contact lists, templates, campaigns and reports, oldest first',
  description: `A page of one kind, or of all. ${SCOPE}`,
  requestParams: { query: resourcesQuery },
  responses: responses(
    { schema: resourcesAnswer, description: 'A page', example: { resources: [listExample], next: null } },
    READING,
  ),
};

const createResource: ZodOpenApiOperationObject = {
  operationId: 'createResource',
  summary: 'Make a contact list, a template, a campaign or a report',
  description: `Once for each \`key\`, for ever. Contacts are imported all or none: a 400 names each row that is wrong; of rows with one number the first counts. A campaign is made as a draft; people start it. ${SCOPE}`,
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: createResourceBody,
        example: {
          key: '0193a5c2-7b1e-7c4f-9d3a-5b0d2f6a1e77',
          kind: 'contactList',
          name: 'Spring customers',
          csv: 'phone,first_name\n+447911123456,Ann\n',
        },
      },
    },
  },
  responses: responses(
    { schema: resourceShown, description: 'It is made', example: listExample, links: OF_THE_RESOURCE },
    [...WRITING, '404', '409'],
  ),
};

const readResource: ZodOpenApiOperationObject = {
  operationId: 'readResource',
  summary: 'A resource as it is now',
  description: SCOPE,
  requestParams: { path: resourcePath },
  responses: responses({ schema: resourceShown, description: 'The resource', example: listExample }, [
    ...READING,
    '404',
  ]),
};

const changeResource: ZodOpenApiOperationObject = {
  operationId: 'changeResource',
  summary: 'Rename, change, archive or restore a resource',
  description: `All that is given, or nothing; the same again changes nothing more. \`csv\` adds contacts to a list. ${SCOPE}`,
  requestParams: { path: resourcePath },
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: changeResourceBody, example: { kind: 'contactList', name: 'Spring' } },
    },
  },
  responses: responses(
    { schema: resourceShown, description: 'As it is now', example: { ...listExample, name: 'Spring' } },
    [...WRITING, '404', '409'],
  ),
};

const listContacts: ZodOpenApiOperationObject = {
  operationId: 'listContacts',
  summary: 'The contacts of a contact list, in the order they were imported',
  description: SCOPE,
  requestParams: { path: resourcePath, query: contactsQuery },
  responses: responses(
    {
      schema: contactsAnswer,
      description: 'A page of contacts',
      example: { contacts: [{ phone: '+447911123456', position: 1, fields: { first_name: 'Ann' } }], next: null },
    },
    [...READING, '404'],
  ),
};

export const RESOURCE_OPERATIONS: ZodOpenApiPathsObject = {
  '/resources': { get: listResources, post: createResource },
  '/resources/{resource}': { get: readResource, patch: changeResource },
  '/resources/{resource}/contacts': { get: listContacts },
};
