import type { ErrorRequestHandler, Response } from 'express';
import { MongoError } from 'mongodb';
import type { z } from 'zod';
import { newReference } from '../id.js';
import { LedgerBusy, OutcomeUnknown } from '../ledger/outcome.js';
import type { Log } from '../log.js';
import { PROBLEM_TYPES, type ProblemFacts, type ProblemKind, type problem as problemSchema } from './problem-schema.js';

export interface WrongField {
  /** As in `events[3].quantity`. */
  field: string;
  message: string;
}

const TITLES = {
  400: 'The request is not right',
  401: 'Not authorised',
  402: 'The balance does not cover it',
  403: 'Not allowed',
  404: 'There is nothing here',
  405: 'Not done this way',
  409: 'Not as things stand',
  413: 'The request is too large',
  415: 'The request must be application/json',
  429: 'Too many requests',
  500: 'Something broke on our side',
  503: 'Not available at the moment',
} as const;

type Status = keyof typeof TITLES;

/** What a problem says besides its words. */
export interface Also {
  /** Tells problems of one status apart, for programs. */
  kind?: ProblemKind;
  errors?: readonly WrongField[];
  retryAfterSeconds?: number;
  allow?: string;
  facts?: ProblemFacts;
}

/** An expected "no" of the API; every other error is an outage. */
export class Problem extends Error {
  readonly status: Status;
  readonly also: Also;
  constructor(status: Status, detail: string, also: Also = {}) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.also = also;
  }
}

/** The value as its schema has it, or a 400 that names each wrong field. */
export function parseOr400<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: fieldName([...issue.path, key]), message: 'is not known here' }))
      : [{ field: fieldName(issue.path), message: issue.message }],
  );
  throw wrongFields(errors);
}

/** A 400 that names each wrong field, up to a hundred of them. */
export function wrongFields(errors: readonly WrongField[]): Problem {
  return new Problem(400, 'Nothing was done. Mend the fields that are named and send it again.', {
    errors: errors.slice(0, 100),
  });
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) => (typeof part === 'number' ? `${name}[${part}]` : name ? `${name}.${String(part)}` : String(part)),
    '',
  );
}

/** Answers whatever a route of /v1 threw, with a reference that the log has too. */
export function problemHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const reference = newReference();
    if (response.headersSent) {
      log.error({ err: error, reference, method: request.method, path: request.path }, 'usage answer cut off');
      return next(error);
    }
    const problem = error instanceof Problem ? error : (parserProblem(error) ?? ledgerProblem(error) ?? outage(error));
    if (problem.status >= 500)
      log.error({ err: error, reference, method: request.method, path: request.path }, 'usage request failed');
    else log.info({ reference, status: problem.status, path: request.path }, 'usage request refused');
    sendProblem(response, problem, reference);
  };
}

/** More is waiting than the ledger takes, so that nothing was posted; or nobody can say whether it was. */
function ledgerProblem(error: unknown): Problem | undefined {
  if (error instanceof LedgerBusy) {
    const { retryAfterSeconds } = error;
    return new Problem(429, 'Nothing was done. Send the same request again in a moment.', {
      kind: 'busy',
      retryAfterSeconds,
    });
  }
  if (!(error instanceof OutcomeUnknown)) return undefined;
  return new Problem(503, 'It is not known whether it was done. Send the same id again: it counts once.', {
    kind: 'unavailable',
    retryAfterSeconds: 1,
  });
}

function outage(error: unknown): Problem {
  return error instanceof MongoError
    ? new Problem(503, 'The database cannot be reached. Send the same request again in a moment.', {
        retryAfterSeconds: 5,
      })
    : new Problem(500, 'Send the same request again; if it happens again, tell support the reference.');
}

/** What the body parser refuses: too large, or not JSON. */
function parserProblem(error: unknown): Problem | undefined {
  if (error instanceof URIError) return new Problem(400, 'The address is not well formed.');
  if (!(error instanceof Error) || !('status' in error) || !('expose' in error) || error.expose !== true)
    return undefined;
  if (error.status === 413) return new Problem(413, 'Send at most 1,000 events and 256 KB at a time.');
  if (error.status === 415) return new Problem(415, 'The body has a charset or encoding that is not understood.');
  return new Problem(400, 'The body is not JSON.');
}

function sendProblem(response: Response, { status, message, also }: Problem, reference: string): void {
  const { kind, errors, retryAfterSeconds, allow, facts } = also;
  if (retryAfterSeconds !== undefined) response.set('retry-after', String(retryAfterSeconds));
  if (allow !== undefined) response.set('allow', allow);
  if (status === 401) response.set('www-authenticate', 'Bearer');
  const body: z.output<typeof problemSchema> = {
    type: kind ? PROBLEM_TYPES[kind] : 'about:blank',
    title: TITLES[status],
    status,
    detail: message,
    reference,
    ...(errors && { errors: [...errors] }),
    ...facts,
  };
  response.status(status).type('application/problem+json').send(JSON.stringify(body));
}
