import { z } from 'zod';
import { currency, minor } from './schemas.js';

/** What problems of one status are told apart by, in `type`; any other is `about:blank`: its status says it all. */
export const PROBLEM_TYPES = {
  insufficient: 'urn:workspaces:problem:insufficient',
  conflict: 'urn:workspaces:problem:conflict',
  unknownHold: 'urn:workspaces:problem:unknown-hold',
  holdClosed: 'urn:workspaces:problem:hold-closed',
  exceedsHold: 'urn:workspaces:problem:exceeds-hold',
  nameTaken: 'urn:workspaces:problem:name-taken',
  unknownResource: 'urn:workspaces:problem:unknown-resource',
  campaignState: 'urn:workspaces:problem:campaign-state',
  unknownMeeting: 'urn:workspaces:problem:unknown-meeting',
  unavailable: 'urn:workspaces:problem:unavailable',
  busy: 'urn:workspaces:problem:busy',
  rateLimited: 'urn:workspaces:problem:rate-limited',
} as const;

export type ProblemKind = keyof typeof PROBLEM_TYPES;

const facts = z.strictObject({
  entry: z.int().optional().meta({ description: 'conflict: the entry that the id was first used for' }),
  currency: currency.optional(),
  balanceMinor: minor.optional().meta({ description: 'insufficient: the balance' }),
  availableMinor: minor.optional().meta({ description: 'insufficient: the balance less what is held' }),
  state: z.enum(['captured', 'voided', 'expired']).optional().meta({ description: 'hold-closed: how it ended' }),
  remainingMinor: minor.optional().meta({ description: 'exceeds-hold: what is left of the hold' }),
});

export type ProblemFacts = z.output<typeof facts>;

export const problem = z
  .strictObject({
    type: z.enum(['about:blank', ...Object.values(PROBLEM_TYPES)]),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    reference: z.string().meta({ description: 'Tell support this', example: 'R-7F3K2Q' }),
    errors: z
      .array(z.strictObject({ field: z.string().meta({ example: 'events[3].quantity' }), message: z.string() }))
      .optional()
      .meta({ description: '400: each wrong field' }),
    ...facts.shape,
  })
  .meta({ id: 'Problem' });
