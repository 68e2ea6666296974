import type { Level } from '../../ledger/entry.js';
import { bindingsOf } from '../../workspace/bindings.js';
import type { Workspace } from '../../workspace/entities.js';
import { type Audience, audienceOf } from '../audience.js';
import { isWorse } from './levels.js';

/** Who gets an alert of that level: the channels that want it; where none is chosen, the people who could choose one. */
export async function alertAudience({ account, id }: Workspace, level: Level): Promise<Audience> {
  const bindings = await bindingsOf(account, id, 'alerts');
  if (bindings.length === 0) return audienceOf(account, id, 'alerts');
  const wanting = bindings.filter(({ alertsFrom }) => !alertsFrom || !isWorse(alertsFrom, level));
  const to = wanting.map(({ platform, tenant, channel }) => ({ channel: { platform, tenant, channel } }));
  return { to, personal: false };
}
