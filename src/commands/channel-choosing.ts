import { chooseChannelForm } from '../cards/channels/choose-channel.js';
import type { Form } from '../cards/card.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';

/**
 * Asks which chat channel is to get the workspace's notices. None where the platform has no picker of its own and knows of
 * no channel that the person is in: then the list says what to type there.
 */
export async function chooseChatChannel({ identity, services, workspace }: InWorkspace): Promise<Form | undefined> {
  const known = await services.chats[identity.platform]?.channels?.(identity);
  if (known?.length === 0) return undefined;
  const about = await aboutWorkspace(services.ledger, workspace);
  const options = (known ?? []).map(({ channel, name }) => ({ value: channel, label: `#${name}` }));
  return chooseChannelForm({ about, options });
}
