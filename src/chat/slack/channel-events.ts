import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { ChannelChange, OnChannelChange } from '../channel-change.js';
import type { Log } from './bolt-log.js';
import { authorizations } from './payload.js';
import { installedIn } from './read.js';

const body = z.object({
  team_id: z.string().default(''),
  enterprise_id: z.string().nullish(),
  authorizations,
  /** Seconds: events may come late, and an older one after a newer. */
  event_time: z.number().optional(),
  event: z.object({
    channel: z.union([z.string(), z.object({ id: z.string(), name: z.string() })]),
    /** Who came in. */
    user: z.string().optional(),
  }),
});
type Body = z.infer<typeof body>;

type What = ChannelChange['what'];

/** What Slack's events mean for a channel that is bound; public and private ones have names of their own. */
const MEANS: Readonly<Record<string, What>> = {
  channel_rename: 'renamed',
  group_rename: 'renamed',
  channel_archive: 'gone',
  group_archive: 'gone',
  channel_deleted: 'gone',
  group_deleted: 'gone',
  channel_left: 'botRemoved',
  group_left: 'botRemoved',
  member_joined_channel: 'botAdded',
};

/** The events that the manifest asks for. */
export const CHANNEL_EVENTS: readonly string[] = Object.keys(MEANS);

/** Follows what becomes of channels; `track` keeps what is being worked on. */
export function listenToChannels(
  bolt: App,
  deps: { onChannelChange: OnChannelChange; log: Log },
  track: (work: Promise<void>) => Promise<void>,
): void {
  const inTurn = createTurns();
  for (const [event, what] of Object.entries(MEANS)) {
    bolt.event(event, ({ body: payload }) => track(inTurn(() => follow(deps, what, payload))));
  }
}

/** One after the other: what becomes of a channel is told by the name that it was given just before. */
function createTurns(): (work: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (work) => {
    last = last.then(work);
    return last;
  };
}

/** Slack has its acknowledgement already: what fails here is found at the next post to the channel. */
async function follow(
  { onChannelChange, log }: { onChannelChange: OnChannelChange; log: Log },
  what: What,
  payload: unknown,
): Promise<void> {
  const parsed = body.safeParse(payload);
  const change = parsed.success ? readChange(what, parsed.data, new Date()) : undefined;
  if (!change) return;
  try {
    await onChannelChange(change);
  } catch (error) {
    log.error({ err: error, tenant: change.tenant, what }, "a channel's change could not be followed");
  }
}

function readChange(what: What, payload: Body, now: Date): ChannelChange | undefined {
  const { event, event_time: seconds } = payload;
  const { team, enterprise } = installedIn(payload);
  const at = seconds === undefined ? now : new Date(seconds * 1_000);
  const channel = typeof event.channel === 'string' ? event.channel : event.channel.id;
  const where = { platform: 'slack', tenant: enterprise || team, channel, at } as const;
  if (what === 'renamed') {
    // Somewhen in that second: a channel that was bound in it had its old name then.
    const ended = seconds === undefined ? now : new Date(seconds * 1_000 + 999);
    return typeof event.channel === 'string' ? undefined : { ...where, at: ended, what, name: event.channel.name };
  }
  if (what === 'botAdded' && !isBot(payload)) return undefined;
  return { ...where, what };
}

/** The installation's user is the bot. */
function isBot({ event, authorizations: installed }: Body): boolean {
  return event.user !== undefined && event.user === installed?.[0]?.user_id;
}
