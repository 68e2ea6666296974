import { ConfigFaults, connectedFaults, localFaults, namesChatCredentials } from './config-faults.js';
import { parseSettings, type Settings } from './config-variables.js';

export interface SlackSettings {
  signingSecret: string;
  /** One team by its bot token, or many by OAuth. */
  install:
    | { kind: 'token'; botToken: string }
    | { kind: 'oauth'; clientId: string; clientSecret: string; stateSecret: string };
  /** Only for a stand-in of Slack; ends with a slash. */
  apiUrl?: string;
}

export type TeamsSettings =
  /** Unsigned activities from the local Agents Playground: loopback only. */
  | { kind: 'playground' }
  | {
      kind: 'app';
      appId: string;
      appPassword?: string;
      appType: 'SingleTenant' | 'UserAssignedMSI' | 'MultiTenant';
      appTenantId?: string;
    };

export interface StripeSettings {
  secretKey: string;
  /** Several while one replaces another. */
  webhookSecrets: readonly string[];
  /** Only for a stand-in of Stripe. */
  apiUrl?: string;
}

/** An AES-256 key with the id that its ciphertexts carry. */
export interface EncryptionKey {
  id: string;
  key: Buffer;
}

/** Who sells the balance, as receipts name them. */
export interface SellerSettings {
  name: string;
  address: readonly string[];
  taxId?: string;
  /** Contained in every amount that is paid; `rateMilli` is in thousandths of a percent. */
  taxes: readonly { name: string; rateMilli: number }[];
}

interface CommonConfig {
  host: string;
  port: number;
  logLevel: Settings['LOG_LEVEL'];
  supportContact: string;
  mail?: { smtpUrl: string; from: string };
  seller: SellerSettings;
  /** Balancers whose `X-Forwarded-For` names the caller: addresses or subnets. */
  trustedProxies?: readonly string[];
  /** With it `/metrics` answers anybody who sends it as a bearer token; without it, loopback alone. */
  metricsToken?: string;
}

/** Nothing is connected: the demo, with an embedded database and local chat clients. */
export interface LocalConfig extends CommonConfig {
  mode: 'local';
  /** Instead of an embedded database. */
  mongodbUri?: string;
}

export interface ConnectedConfig extends CommonConfig {
  mode: 'connected';
  production: boolean;
  /** Local mode: what is here may be reached by webhooks too. */
  local?: true;
  /** Where people and platforms reach this process; no slash at the end. */
  publicUrl: string;
  mongodbUri: string;
  slack?: SlackSettings;
  teams?: TeamsSettings;
  /** Without it payments go to the sandbox, which production refuses. */
  stripe?: StripeSettings;
  /** The first one writes, all of them read. */
  encryptionKeys: readonly EncryptionKey[];
  apiKeyPepper: string;
}

export type Config = LocalConfig | ConnectedConfig;

/** Every value of the settings that must never be printed. */
export function secretsOf(config: ConnectedConfig): string[] {
  const { slack, teams, stripe } = config;
  return [
    slack?.signingSecret,
    ...(slack
      ? Object.entries(slack.install).flatMap(([name, value]) => (name === 'kind' || name === 'clientId' ? [] : value))
      : []),
    teams?.kind === 'app' ? teams.appPassword : undefined,
    stripe?.secretKey,
    ...(stripe?.webhookSecrets ?? []),
    config.mail?.smtpUrl,
    config.metricsToken,
    config.apiKeyPepper,
    ...config.encryptionKeys.map(({ key }) => key.toString('base64')),
  ].filter((secret) => secret !== undefined);
}

/** Reads the environment. Without any chat credential, and outside production, that means local mode. Throws ConfigFaults. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const { settings, malformed } = parseSettings(env);
  const production = env['NODE_ENV'] === 'production';
  const local = !production && !namesChatCredentials(settings, malformed);
  const contradictions = local ? localFaults(settings) : connectedFaults(settings, malformed, production);
  const faults = [
    ...malformed,
    ...contradictions.filter(({ name }) => !malformed.some((fault) => fault.name === name)),
  ];
  if (faults.length > 0) throw new ConfigFaults(faults);
  return local ? localConfig(settings) : connectedConfig(settings, production);
}

/** For trying out; production must say who sells. */
const NOBODY_YET = { name: 'Workspaces (not set up yet)', address: ['Set SELLER_NAME and SELLER_ADDRESS'] } as const;

function commonConfig(settings: Settings): CommonConfig {
  return {
    host: settings.HOST,
    port: settings.PORT,
    logLevel: settings.LOG_LEVEL,
    supportContact: settings.SUPPORT_CONTACT,
    ...(settings.SMTP_URL && settings.MAIL_FROM && { mail: { smtpUrl: settings.SMTP_URL, from: settings.MAIL_FROM } }),
    seller: {
      name: settings.SELLER_NAME ?? NOBODY_YET.name,
      address: settings.SELLER_ADDRESS ?? NOBODY_YET.address,
      ...(settings.SELLER_TAX_ID && { taxId: settings.SELLER_TAX_ID }),
      taxes: settings.SELLER_TAXES ?? [],
    },
    ...(settings.TRUST_PROXY && { trustedProxies: settings.TRUST_PROXY }),
    ...(settings.METRICS_TOKEN && { metricsToken: settings.METRICS_TOKEN }),
  };
}

function localConfig(settings: Settings): LocalConfig {
  return {
    mode: 'local',
    ...commonConfig(settings),
    ...(settings.MONGODB_URI && { mongodbUri: settings.MONGODB_URI }),
  };
}

function connectedConfig(settings: Settings, production: boolean): ConnectedConfig {
  const slack = slackSettings(settings);
  const teams = teamsSettings(settings);
  return {
    mode: 'connected',
    production,
    ...commonConfig(settings),
    publicUrl: settings.PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`,
    mongodbUri: settings.MONGODB_URI!,
    ...(slack && { slack }),
    ...(teams && { teams }),
    ...(settings.STRIPE_SECRET_KEY && {
      stripe: {
        secretKey: settings.STRIPE_SECRET_KEY,
        webhookSecrets: settings.STRIPE_WEBHOOK_SECRET!,
        ...(settings.STRIPE_API_URL && { apiUrl: settings.STRIPE_API_URL }),
      },
    }),
    encryptionKeys: settings.ENCRYPTION_KEYS!,
    apiKeyPepper: settings.API_KEY_PEPPER!,
  };
}

function slackSettings(settings: Settings): SlackSettings | undefined {
  if (!settings.SLACK_SIGNING_SECRET) return undefined;
  return {
    signingSecret: settings.SLACK_SIGNING_SECRET,
    install: settings.SLACK_BOT_TOKEN
      ? { kind: 'token', botToken: settings.SLACK_BOT_TOKEN }
      : {
          kind: 'oauth',
          clientId: settings.SLACK_CLIENT_ID!,
          clientSecret: settings.SLACK_CLIENT_SECRET!,
          stateSecret: settings.SLACK_STATE_SECRET!,
        },
    ...(settings.SLACK_API_URL && { apiUrl: settings.SLACK_API_URL }),
  };
}

function teamsSettings(settings: Settings): TeamsSettings | undefined {
  if (settings.TEAMS_PLAYGROUND) return { kind: 'playground' };
  if (!settings.MICROSOFT_APP_ID) return undefined;
  return {
    kind: 'app',
    appId: settings.MICROSOFT_APP_ID,
    ...(settings.MICROSOFT_APP_PASSWORD && { appPassword: settings.MICROSOFT_APP_PASSWORD }),
    appType: settings.MICROSOFT_APP_TYPE,
    ...(settings.MICROSOFT_APP_TENANT_ID && { appTenantId: settings.MICROSOFT_APP_TENANT_ID }),
  };
}
