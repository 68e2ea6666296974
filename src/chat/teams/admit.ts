import { type Inbound, parseInbound, tenantOf } from './activity.js';
import { mayCall } from './service-url.js';
import type { TeamsSettings } from './settings.js';

export type Admission =
  | { admitted: true; activity: Inbound; tenant: string }
  | { admitted: false; status: 400 | 403; because: string };

/**
 * What can be told of a request before its token is checked: that it is an activity of Teams, of a tenant, and that
 * it wants its answers sent to an address of Teams. The SDK skips its own check where `serviceUrl` is empty.
 */
export function admit(body: unknown, settings: TeamsSettings): Admission {
  const activity = parseInbound(body);
  if (!activity) return { admitted: false, status: 400, because: 'no activity' };
  if (activity.channelId !== 'msteams') return forbidden('another channel than Teams');
  if (!mayCall(activity.serviceUrl, settings)) return forbidden('serviceUrl is no address of Teams');
  const tenant = tenantOf(activity);
  if (!tenant) return forbidden('no tenant, or two');
  if (settings.kind === 'app' && settings.appType !== 'MultiTenant' && tenant !== settings.appTenantId) {
    return forbidden('another tenant than ours');
  }
  return { admitted: true, activity, tenant };
}

function forbidden(because: string): Admission {
  return { admitted: false, status: 403, because };
}
