import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { entriesAnswer, entriesQuery } from './entry-schemas.js';
import { eventsAnswer, eventsBody } from './event-schemas.js';
import { captureBody, holdAnswer, holdBody, holdPath, holdState, voidBody } from './hold-schemas.js';
import { MEETING_OPERATIONS } from './meeting-operations.js';
import { READING, responses, WRITING } from './openapi-responses.js';
import { RESOURCE_OPERATIONS } from './resource-operations.js';
import { balanceAnswer, pricesAnswer } from './schemas.js';

const ID = '0193a5c2-7b1e-7c4f-9d3a-5b0d2f6a1e77';
const EXPIRES = '2026-11-09T10:00:00.000Z';
const AT = '2026-11-02T10:00:00.000Z';

const heldExample = {
  status: 'accepted',
  hold: { id: ID, state: 'open', remainingMinor: 12_000, expiresAt: EXPIRES },
  capturedMinor: 0,
  entry: 41,
  currency: 'GBP',
  balanceMinor: 50_000,
  heldMinor: 12_000,
  availableMinor: 38_000,
};

/** What can be done with the hold of an answer. */
const OF_THE_HOLD = Object.fromEntries(
  ['readHold', 'captureHold', 'voidHold'].map((operationId) => [
    operationId,
    { operationId, parameters: { hold: '$response.body#/hold/id' } },
  ]),
);

const recordUsage: ZodOpenApiOperationObject = {
  operationId: 'recordUsage',
  summary: 'Record up to 1,000 usage events',
  description:
    'Each is charged once, in order, and answered in order; what becomes of one stops no other. An `id` counts once, for ever. Needs the scope `usage:write`.',
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: eventsBody,
        example: { events: [{ id: ID, item: 'sms', quantity: 3, resource: 'spring' }] },
      },
    },
  },
  responses: responses(
    {
      schema: eventsAnswer,
      description: 'What became of each event',
      example: {
        results: [{ id: ID, status: 'accepted', entry: 42, balanceMinor: 49_988 }],
        currency: 'GBP',
        balanceMinor: 49_988,
        availableMinor: 37_988,
      },
    },
    WRITING,
  ),
};

const reserveHold: ZodOpenApiOperationObject = {
  operationId: 'reserveHold',
  summary: 'Set money aside',
  description:
    'It counts against what is available at once, and against the balance when it is captured. What is left is released by a void, a final capture, or when its time is up. Needs the scope `usage:write`.',
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: holdBody, example: { id: ID, amountMinor: 12_000, resource: 'spring' } },
    },
  },
  responses: responses(
    { schema: holdAnswer, description: 'It is set aside', example: heldExample, links: OF_THE_HOLD },
    [...WRITING, '402', '409'],
  ),
};

const captureHold: ZodOpenApiOperationObject = {
  operationId: 'captureHold',
  summary: 'Take from a hold, all of it or a part',
  description:
    'As often as there is something left, under an id of its own each time. Refused past the time of the hold; a repeat of what was done before is answered as before, even then. Needs the scope `usage:write`.',
  requestParams: { path: holdPath },
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: captureBody, example: { id: 'batch-1', amountMinor: 9_500, final: true } },
    },
  },
  responses: responses(
    {
      schema: holdAnswer,
      description: 'It is taken',
      example: {
        ...heldExample,
        hold: { ...heldExample.hold, state: 'captured', remainingMinor: 0 },
        capturedMinor: 9_500,
        entry: 43,
        balanceMinor: 40_500,
        heldMinor: 0,
        availableMinor: 40_500,
      },
    },
    [...WRITING, '404', '409'],
  ),
};

const voidHold: ZodOpenApiOperationObject = {
  operationId: 'voidHold',
  summary: 'Release what is left of a hold',
  description: 'The body may be left out. Needs the scope `usage:write`.',
  requestParams: { path: holdPath },
  requestBody: { required: false, content: { 'application/json': { schema: voidBody, example: {} } } },
  responses: responses(
    {
      schema: holdAnswer,
      description: 'It is released',
      example: {
        ...heldExample,
        hold: { ...heldExample.hold, state: 'voided', remainingMinor: 0 },
        entry: 44,
        heldMinor: 0,
        availableMinor: 50_000,
      },
    },
    [...WRITING, '404', '409'],
  ),
};

const readHold: ZodOpenApiOperationObject = {
  operationId: 'readHold',
  summary: 'A hold as it is now',
  description: 'Needs the scope `balance:read`.',
  requestParams: { path: holdPath },
  responses: responses(
    {
      schema: holdState,
      description: 'The hold',
      example: { ...heldExample.hold, amountMinor: 12_000, resource: 'spring', createdAt: AT, currency: 'GBP' },
    },
    [...READING, '404'],
  ),
};

const readBalance: ZodOpenApiOperationObject = {
  operationId: 'readBalance',
  summary: 'The balance now',
  description: 'Needs the scope `balance:read`.',
  responses: responses(
    {
      schema: balanceAnswer,
      description: 'The balance',
      example: {
        currency: 'GBP',
        balanceMinor: 50_000,
        heldMinor: 12_000,
        availableMinor: 38_000,
        level: 'ok',
        entry: 41,
      },
    },
    READING,
  ),
};

const listEntries: ZodOpenApiOperationObject = {
  operationId: 'listEntries',
  summary: 'The entries, oldest first',
  description:
    'A page as JSON; all that match as CSV, where the request says `Accept: text/csv`. Needs the scope `entries:read`.',
  requestParams: { query: entriesQuery },
  responses: responses(
    {
      schema: entriesAnswer,
      description: 'A page of entries, or all of them as CSV',
      example: {
        currency: 'GBP',
        entries: [
          {
            entry: 2,
            key: 'topup:top_1',
            kind: 'topup',
            amountMinor: 50_000,
            balanceMinor: 50_000,
            heldMinor: 0,
            at: AT,
          },
        ],
        next: 2,
      },
      csv: 'entry,key,kind,currency,amountMinor,balanceMinor,heldMinor,at,item,quantity,resource,…\r\n',
    },
    READING,
  ),
};

const listPrices: ZodOpenApiOperationObject = {
  operationId: 'listPrices',
  summary: 'The price list in force',
  description: 'For any valid key.',
  responses: responses(
    {
      schema: pricesAnswer,
      description: 'The prices',
      example: {
        currency: 'GBP',
        prices: [{ item: 'sms', priceMicro: 4_000_000, validFrom: '2026-01-01T00:00:00.000Z', of: 'account' }],
      },
    },
    READING,
  ),
};

/** Every route of the API but the one that describes them. */
export const OPERATIONS: ZodOpenApiPathsObject = {
  '/usage/events': { post: recordUsage },
  '/holds': { post: reserveHold },
  '/holds/{hold}': { get: readHold },
  '/holds/{hold}/capture': { post: captureHold },
  '/holds/{hold}/void': { post: voidHold },
  '/balance': { get: readBalance },
  '/entries': { get: listEntries },
  '/prices': { get: listPrices },
  ...RESOURCE_OPERATIONS,
  ...MEETING_OPERATIONS,
};
