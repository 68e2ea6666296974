import type { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import {
  balanceAnswer,
  entriesAnswer,
  entriesQuery,
  eventsAnswer,
  eventsBody,
  pricesAnswer,
  problem,
} from './schemas.js';

const PROBLEMS = {
  '400': 'Wrong fields, each named in `errors`; nothing was done',
  '401': 'No valid key',
  '403': 'The key lacks the scope, or its workspace is disabled',
  '413': 'More than 256 KB',
  '415': 'Not JSON',
  '429': 'Too many requests for this key: wait `Retry-After` seconds',
  '500': 'A fault of ours',
  '503': 'The database cannot be reached: send the same again after `Retry-After` seconds',
} as const;

type ProblemStatus = keyof typeof PROBLEMS;

const READING: readonly ProblemStatus[] = ['400', '401', '403', '429', '500', '503'];
const WRITING: readonly ProblemStatus[] = [...READING, '413', '415'];

function responses(
  schema: z.ZodType,
  description: string,
  statuses: readonly ProblemStatus[],
): ZodOpenApiResponsesObject {
  return {
    '200': { description, content: { 'application/json': { schema } } },
    ...Object.fromEntries(
      statuses.map((status) => [
        status,
        { description: PROBLEMS[status], content: { 'application/problem+json': { schema: problem } } },
      ]),
    ),
  };
}

const recordUsage: ZodOpenApiOperationObject = {
  operationId: 'recordUsage',
  summary: 'Record up to 1,000 usage events',
  description: 'Each is charged once, in order, and answered in order. Needs the scope `usage:write`.',
  requestBody: { required: true, content: { 'application/json': { schema: eventsBody } } },
  responses: responses(eventsAnswer, 'What became of each event', WRITING),
};

const readBalance: ZodOpenApiOperationObject = {
  operationId: 'readBalance',
  summary: 'The balance now',
  description: 'Needs the scope `balance:read`.',
  responses: responses(balanceAnswer, 'The balance', READING),
};

const listEntries: ZodOpenApiOperationObject = {
  operationId: 'listEntries',
  summary: 'The entries, oldest first, page by page',
  description: 'Needs the scope `entries:read`.',
  requestParams: { query: entriesQuery },
  responses: responses(entriesAnswer, 'A page of entries', READING),
};

const listPrices: ZodOpenApiOperationObject = {
  operationId: 'listPrices',
  summary: 'The price list in force',
  description: 'For any valid key.',
  responses: responses(pricesAnswer, 'The prices', READING),
};

/** The API as OpenAPI 3.1, from the schemas that check what comes in and type what goes out. */
export function openApiDocument(serverUrl: string): ReturnType<typeof createDocument> {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Workspaces',
      version: '1',
      description: 'Usage, balance and entries of one workspace. Amounts are integers in minor units of the currency.',
    },
    servers: [{ url: serverUrl }],
    security: [{ key: [] }],
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: '`wsk_<public id>_<secret>`, made by `/workspace dev create`',
        },
      },
    },
    paths: {
      '/usage/events': { post: recordUsage },
      '/balance': { get: readBalance },
      '/entries': { get: listEntries },
      '/prices': { get: listPrices },
    },
  });
}
