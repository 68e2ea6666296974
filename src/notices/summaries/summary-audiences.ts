import { type Among, bindingsAmong, holdersAmong } from '../../workspace/among.js';
import { type Binding, ROLES, type WorkspaceId } from '../../workspace/entities.js';
import { holders } from '../../workspace/permissions.js';
import type { Audience } from '../audience.js';

/** Who gets the summaries of many workspaces: as `audienceOf` has it, read for all of them together. */
export async function summaryAudiences(among: Among): Promise<Map<WorkspaceId, Audience>> {
  const bindings = await bindingsAmong(among);
  const choosing = holders('setAlerts');
  const roles = ROLES.filter((role) => choosing.includes(role));
  const unbound = among.workspaces.filter((id) => channelsFor(bindings.get(id)).length === 0);
  const people = await holdersAmong({ ...among, workspaces: unbound }, roles);
  return new Map(
    among.workspaces.map((id): [WorkspaceId, Audience] => {
      const channels = channelsFor(bindings.get(id));
      if (channels.length > 0) {
        const to = channels.map(({ platform, tenant, channel }) => ({ channel: { platform, tenant, channel } }));
        return [id, { to, personal: false }];
      }
      const to = (people.get(id) ?? []).map(({ person }) => ({ person }));
      return [id, { to, personal: true }];
    }),
  );
}

/** Those for summaries; where there are none, those for alerts. */
function channelsFor(bindings: readonly Binding[] = []): readonly Binding[] {
  const chosen = bindings.filter(({ purposes }) => purposes.includes('summaries'));
  return chosen.length > 0 ? chosen : bindings.filter(({ purposes }) => purposes.includes('alerts'));
}
