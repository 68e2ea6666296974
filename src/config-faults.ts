import type { Fault, Settings } from './config-variables.js';

type Name = keyof Settings;

/** Every fault of the environment at once, one line each. */
export class ConfigFaults extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    const lines = faults.map(({ name, says }) => `${name}: ${says}`);
    super(`The settings have ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${lines.join('\n')}`);
    this.name = 'ConfigFaults';
    this.faults = faults;
  }
}

const OAUTH = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const;

const CHAT_CREDENTIALS: readonly Name[] = [
  'SLACK_SIGNING_SECRET',
  'SLACK_BOT_TOKEN',
  ...OAUTH,
  'MICROSOFT_APP_ID',
  'MICROSOFT_APP_PASSWORD',
  'MICROSOFT_APP_TENANT_ID',
  'TEAMS_PLAYGROUND',
];

/** Whether the environment names any chat credential, be it whole or well formed or not. */
export function namesChatCredentials(settings: Settings, malformed: readonly Fault[]): boolean {
  return CHAT_CREDENTIALS.some(
    (name) => settings[name] !== undefined || malformed.some((fault) => fault.name === name),
  );
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** What local mode refuses. */
export function localFaults(settings: Settings): Fault[] {
  if (isLoopback(settings.HOST)) return [];
  return [{ name: 'HOST', says: 'local mode is for one person and listens on loopback alone, such as 127.0.0.1' }];
}

/** What is missing or contradictory for a process that serves real chats. */
export function connectedFaults(settings: Settings, malformed: readonly Fault[], production: boolean): Fault[] {
  const faults: Fault[] = [];
  const need = (name: Name, why: string): void => {
    if (settings[name] === undefined) faults.push({ name, says: `is missing: ${why}` });
  };
  need('MONGODB_URI', 'nothing embedded is used once Slack or Teams is connected, and never in production');
  need('ENCRYPTION_KEYS', 'tokens are stored encrypted');
  need('API_KEY_PEPPER', 'API keys are stored as keyed hashes');
  if (production) {
    need('PUBLIC_URL', 'platforms and people must reach this process');
    need('STRIPE_SECRET_KEY', 'production refuses the sandbox payment provider');
    need('SELLER_NAME', 'receipts name who sells');
    need('SELLER_ADDRESS', 'receipts say where the seller is');
  }
  if (settings.STRIPE_SECRET_KEY) need('STRIPE_WEBHOOK_SECRET', 'a payment is credited by its signed webhook');
  if (settings.STRIPE_WEBHOOK_SECRET && !production) need('STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET is set');
  if (settings.SMTP_URL) need('MAIL_FROM', 'SMTP_URL is set');
  if (!namesChatCredentials(settings, malformed)) {
    faults.push({ name: 'SLACK_SIGNING_SECRET', says: 'is missing, and so is MICROSOFT_APP_ID: connect one of them' });
  }
  if (production && settings.PUBLIC_URL?.startsWith('http:') && !isLoopback(new URL(settings.PUBLIC_URL).hostname)) {
    faults.push({ name: 'PUBLIC_URL', says: 'must be https in production' });
  }
  return [...faults, ...slackFaults(settings), ...teamsFaults(settings, production)];
}

function slackFaults(settings: Settings): Fault[] {
  const given = OAUTH.filter((name) => settings[name] !== undefined);
  const token = settings.SLACK_BOT_TOKEN !== undefined;
  if (settings.SLACK_SIGNING_SECRET === undefined) {
    if (!token && given.length === 0) return [];
    return [
      { name: 'SLACK_SIGNING_SECRET', says: 'is missing: without it nobody can tell that a request is from Slack' },
    ];
  }
  if (token && given.length > 0) {
    return [{ name: 'SLACK_BOT_TOKEN', says: `contradicts ${given.join(', ')}: one team by token, or many by OAuth` }];
  }
  if (token) return [];
  if (given.length === 0) return [{ name: 'SLACK_BOT_TOKEN', says: `is missing; or set ${OAUTH.join(', ')}` }];
  return OAUTH.filter((name) => !given.includes(name)).map((name) => ({
    name,
    says: 'is missing: OAuth needs all three',
  }));
}

function teamsFaults(settings: Settings, production: boolean): Fault[] {
  if (settings.TEAMS_PLAYGROUND !== undefined) return playgroundFaults(settings, production);
  if (settings.MICROSOFT_APP_ID === undefined) {
    const given = settings.MICROSOFT_APP_PASSWORD !== undefined || settings.MICROSOFT_APP_TENANT_ID !== undefined;
    return given
      ? [{ name: 'MICROSOFT_APP_ID', says: "is missing: without it Teams' tokens would not be checked" }]
      : [];
  }
  const faults: Fault[] = [];
  const type = settings.MICROSOFT_APP_TYPE;
  if (type !== 'UserAssignedMSI' && settings.MICROSOFT_APP_PASSWORD === undefined) {
    faults.push({ name: 'MICROSOFT_APP_PASSWORD', says: 'is missing: only the type UserAssignedMSI goes without' });
  }
  if (type !== 'MultiTenant' && settings.MICROSOFT_APP_TENANT_ID === undefined) {
    faults.push({ name: 'MICROSOFT_APP_TENANT_ID', says: `is missing: the type ${type} needs it` });
  }
  return faults;
}

function playgroundFaults(settings: Settings, production: boolean): Fault[] {
  const faults: Fault[] = [];
  if (production)
    faults.push({ name: 'TEAMS_PLAYGROUND', says: 'takes unsigned activities, which production refuses' });
  if (settings.MICROSOFT_APP_ID) faults.push({ name: 'TEAMS_PLAYGROUND', says: 'contradicts MICROSOFT_APP_ID' });
  if (!isLoopback(settings.HOST)) {
    faults.push({ name: 'HOST', says: 'with TEAMS_PLAYGROUND=1 it must be loopback, such as 127.0.0.1' });
  }
  return faults;
}
