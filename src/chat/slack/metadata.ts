import { z } from 'zod';
import type { Call } from '../../cards/card.js';
import type { SlackMoment } from './moment.js';
import { ResponseUrl } from './response-url.js';

const json: z.ZodType<Call['args'][string]> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);
const call = z.object({
  command: z.string(),
  args: z.record(z.string(), json),
  workspace: z.string().exactOptional(),
  key: z.string().exactOptional(),
});

/** What a modal remembers of where it was opened, so that what is submitted is answered there. */
const metadata = z.object({
  call: call.exactOptional(),
  channel: z.string().optional(),
  thread: z.string().optional(),
  url: z.string().optional(),
  until: z.number().optional(),
  home: z.literal(true).optional(),
});

/** The call that a button or a form of ours carries, or undefined where it is none of ours. */
export function readCall(packed: string): Call | undefined {
  const parsed = call.safeParse(parseJson(packed));
  return parsed.success ? parsed.data : undefined;
}

/** Of the five uses of a reply address two go along with a form: one for its answer, one for an apology. */
const USES_KEPT = 2;

export function packMetadata(moment: SlackMoment, of?: Call): string {
  const { channel, thread, response, home } = moment;
  return JSON.stringify({
    ...(of ? { call: of } : {}),
    ...(channel ? { channel } : {}),
    ...(thread ? { thread } : {}),
    ...(response ? { url: response.address, until: response.expiresAt } : {}),
    ...(home ? { home } : {}),
  });
}

export interface Remembered {
  call?: Call;
  origin: Pick<SlackMoment, 'channel' | 'thread' | 'response' | 'home'>;
}

export function readMetadata(packed: string): Remembered {
  const parsed = metadata.safeParse(parseJson(packed));
  if (!parsed.success) return { origin: {} };
  const { call: of, channel, thread, url, until, home } = parsed.data;
  return {
    ...(of ? { call: of } : {}),
    origin: {
      ...(channel ? { channel } : {}),
      ...(thread ? { thread } : {}),
      ...(url && until ? { response: new ResponseUrl(url, until, USES_KEPT) } : {}),
      ...(home ? { home } : {}),
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
