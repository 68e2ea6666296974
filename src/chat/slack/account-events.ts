import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { AccountChange, OnAccountChange } from '../account-change.js';
import type { Log } from './bolt-log.js';
import { authorizations } from './payload.js';
import { installedIn } from './read.js';

const body = z.object({
  team_id: z.string().default(''),
  enterprise_id: z.string().nullish(),
  authorizations,
  event: z.object({ user: z.object({ id: z.string(), deleted: z.boolean().default(false) }) }),
});

/** The events that the manifest asks for. */
export const ACCOUNT_EVENTS: readonly string[] = ['user_change'];

/** Follows what becomes of people's chat accounts; `track` keeps what is being worked on. */
export function listenToAccounts(
  bolt: App,
  deps: { onAccountChange: OnAccountChange; log: Log },
  track: (work: Promise<void>) => Promise<void>,
): void {
  for (const event of ACCOUNT_EVENTS) bolt.event(event, ({ body: payload }) => track(follow(deps, payload)));
}

/** Slack has its acknowledgement already: what fails here is found when primary owners are looked up next. */
async function follow(
  { onAccountChange, log }: { onAccountChange: OnAccountChange; log: Log },
  payload: unknown,
): Promise<void> {
  const parsed = body.safeParse(payload);
  if (!parsed.success) return;
  const change = readChange(parsed.data, new Date());
  try {
    await onAccountChange(change);
  } catch (error) {
    log.error({ err: error, tenant: change.identity.tenant }, 'a change of a chat account could not be followed');
  }
}

function readChange(payload: z.infer<typeof body>, at: Date): AccountChange {
  const { user } = payload.event;
  const { team, enterprise } = installedIn(payload);
  return { identity: { platform: 'slack', tenant: enterprise || team, user: user.id }, gone: user.deleted, at };
}
