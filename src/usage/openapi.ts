import { createDocument } from 'zod-openapi';
import { OPERATIONS } from './operations.js';
import type { RateLimit } from './rate-limit.js';

export type OpenApiDocument = ReturnType<typeof createDocument>;

const describe = ({ requests, seconds }: RateLimit): string => `\
Usage, holds, balance and entries of one workspace: the one that the key belongs to.

Amounts are integers in minor units of the currency that stands beside them. Whatever changes something carries an id of \
yours and counts once for it, for ever: after a lost answer, a 429 or a 503 send the very same request again. Errors are \
\`application/problem+json\`; where one status has several reasons, \`type\` tells them apart.

A key may make ${requests} requests at once, and as many again every ${seconds === 1 ? 'second' : `${seconds} seconds`}.`;

/** The API as OpenAPI 3.1, from the schemas that check what comes in and type what goes out. */
export function openApiDocument(serverUrl: string, rateLimit: RateLimit): OpenApiDocument {
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Workspaces', version: '1', description: describe(rateLimit) },
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
    paths: OPERATIONS,
  });
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Each path as the router writes it, with its methods. */
export function methodsOf(document: OpenApiDocument): [path: string, methods: string[]][] {
  return Object.entries(document.paths ?? {}).map(([path, operations]) => [
    path.replaceAll(/\{(\w+)\}/g, ':$1'),
    METHODS.filter((method) => operations[method] !== undefined).map((method) => method.toUpperCase()),
  ]);
}
