import type { Answer } from '../chat/invocation.js';
import { setAlertsFrom } from '../workspace/bindings.js';
import type { ChannelArgs } from './channel-args.js';
import { bindingOf, settings } from './channel-binding.js';
import type { InWorkspace } from './command.js';

/** Which alerts a chat channel gets: all, or from a worse level on. */
export async function changeAlertsFrom(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  const { actor, at } = context;
  const binding = await bindingOf(context, args);
  if (binding && args.from) await setAlertsFrom({ binding, from: args.from, by: actor.id, at });
  return settings(context, args);
}
