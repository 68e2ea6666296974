import type { ServiceClientCredentialsFactory } from 'botframework-connector';

const APP_TYPES = ['SingleTenant', 'UserAssignedMSI', 'MultiTenant'] as const;
type AppType = (typeof APP_TYPES)[number];

/** How Teams is connected: a registered bot, or the Playground on this very machine, which signs nothing. */
export type TeamsSettings =
  | { kind: 'playground'; host: string }
  | {
      kind: 'app';
      appId: string;
      appType: string;
      /** Absent for a managed identity. */
      appPassword?: string;
      /** Needed by all but MultiTenant: activities of any other tenant are refused. */
      appTenantId?: string;
      cloud?: Cloud;
    };

/** Another cloud than Microsoft's public one: who signs activities, where they may come from, who gives us tokens. */
export interface Cloud {
  openIdMetadataUrl: string;
  issuer: string;
  serviceUrls: readonly string[];
  credentials: ServiceClientCredentialsFactory;
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/**
 * Throws, one line per fault, where Teams would be open to anybody: the SDK takes a missing app id as
 * "do not check tokens", and any mistyped app type as MultiTenant.
 */
export function assertSafe(settings: TeamsSettings): void {
  const faults = settings.kind === 'playground' ? playgroundFaults(settings.host) : botFaults(settings);
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

function playgroundFaults(host: string): string[] {
  return LOOPBACK.includes(host)
    ? []
    : ['TEAMS_PLAYGROUND: takes unsigned messages, so HOST must be a loopback address such as 127.0.0.1'];
}

function botFaults(settings: Extract<TeamsSettings, { kind: 'app' }>): string[] {
  const faults: string[] = [];
  if (settings.appId.trim() === '') faults.push('MICROSOFT_APP_ID: must not be empty');
  if (!isAppType(settings.appType)) faults.push(`MICROSOFT_APP_TYPE: must be one of ${APP_TYPES.join(', ')}`);
  else if (settings.appType !== 'MultiTenant' && !settings.appTenantId) {
    faults.push(`MICROSOFT_APP_TENANT_ID: needed for ${settings.appType}`);
  }
  if (settings.appType !== 'UserAssignedMSI' && !settings.appPassword && !settings.cloud) {
    faults.push('MICROSOFT_APP_PASSWORD: needed for this app type');
  }
  return faults;
}

function isAppType(text: string): text is AppType {
  return APP_TYPES.some((type) => type === text);
}
