import { channelsByIds } from '../channels/channels.js';
import type { BindingLine } from '../cards/channels/channel-cards.js';
import { PLATFORM_NAMES } from '../cards/platform-names.js';
import { bindingsOf } from '../workspace/bindings.js';
import type { AccountId, Binding, WorkspaceId } from '../workspace/entities.js';

/** The chat channels that get a workspace's notices, for those who choose them. */
export async function bindingLines(account: AccountId, workspace: WorkspaceId): Promise<BindingLine[]> {
  return linesOf(await bindingsOf(account, workspace));
}

export async function linesOf(bindings: readonly Binding[]): Promise<BindingLine[]> {
  const [first] = bindings;
  if (!first) return [];
  const rooms = await channelsByIds(
    first,
    bindings.flatMap(({ room }) => room ?? []),
  );
  return bindings.map(({ id, alertsFrom, channelName, platform, purposes, room, lostAt }) => {
    const named = rooms.find((one) => one.id === room)?.name;
    return {
      id,
      channelName,
      where: PLATFORM_NAMES[platform],
      purposes,
      ...(alertsFrom && { alertsFrom }),
      ...(named !== undefined && { room: named }),
      ...(lostAt && { lost: true as const }),
    };
  });
}
