import type { z } from 'zod';
import type { ZodOpenApiLinksObject, ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { problem } from './problem-schema.js';

const PROBLEMS = {
  '400': 'Wrong fields, each named in `errors`; nothing was done',
  '401': 'No valid key',
  '402':
    'insufficient: the balance does not cover it, nothing was set aside; the same id may be sent again after a top-up',
  '403': 'The key lacks the scope, or its workspace is disabled',
  '404': 'unknown-hold, unknown-resource, unknown-meeting: there is none with this id',
  '409':
    'conflict: the id was used for something else, `detail` says for what. hold-closed: the hold is captured, voided or expired. exceeds-hold: less than that is left of it. name-taken: another has the name. campaign-state: not as the campaign is now. Nothing was done',
  '413': 'More than 256 KB; nothing was done',
  '415': 'Not JSON',
  '429':
    'Nothing was done. rate-limited: too many requests for this key. busy: more is waiting than the ledger takes. Send the same again after `Retry-After` seconds',
  '500': 'A fault of ours',
  '503':
    'unavailable: the outcome is not known, or the database cannot be reached. Send the same id again after `Retry-After` seconds: it counts once',
} as const;

export type ProblemStatus = keyof typeof PROBLEMS;

const RETRY_AFTER = {
  'Retry-After': { description: 'In seconds', required: true, schema: { type: 'integer' as const, minimum: 1 } },
};

const HEADERS: Partial<Record<ProblemStatus, ZodOpenApiResponseObject['headers']>> = {
  '401': { 'WWW-Authenticate': { required: true, schema: { type: 'string', const: 'Bearer' } } },
  '429': RETRY_AFTER,
  '503': RETRY_AFTER,
};

export const READING: readonly ProblemStatus[] = ['400', '401', '403', '429', '500', '503'];
export const WRITING: readonly ProblemStatus[] = [...READING, '413', '415'];

/** What an operation answers: the one good answer, and its problems. */
export function responses(
  good: { schema: z.ZodType; description: string; example: unknown; csv?: string; links?: ZodOpenApiLinksObject },
  statuses: readonly ProblemStatus[],
): ZodOpenApiResponsesObject {
  const { schema, description, example, csv, links } = good;
  const json = { 'application/json': { schema, example } };
  const text = csv && { 'text/csv': { schema: { type: 'string' as const }, example: csv } };
  return {
    '200': { description, content: { ...json, ...text }, ...(links && { links }) },
    ...Object.fromEntries(
      [...statuses].sort().map((status) => {
        const headers = HEADERS[status];
        const content = { 'application/problem+json': { schema: problem } };
        return [status, { description: PROBLEMS[status], content, ...(headers && { headers }) }];
      }),
    ),
  };
}
