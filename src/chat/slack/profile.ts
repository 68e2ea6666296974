import type { Identity, Profile } from '../../workspace/identity.js';
import type { Clients } from './clients.js';
import { slackError } from './failure.js';
import type { Tokens } from './tokens.js';

const UNKNOWN = new Set(['user_not_found', 'users_not_found', 'user_not_visible']);

type SlackUser = NonNullable<Awaited<ReturnType<Clients['interactions']['users']['info']>>['user']>;

/** What Slack says of a person, or undefined where it knows no such user. `home` is the tenant that asks. */
export async function readProfile(clients: Clients, tokens: Tokens, identity: Identity): Promise<Profile | undefined> {
  try {
    const token = await tokens.botToken(identity.tenant);
    const { user } = await clients.interactions.users.info({ token, user: identity.user, include_locale: true });
    return user ? profileOf(user, identity.tenant) : undefined;
  } catch (error) {
    if (UNKNOWN.has(slackError(error) ?? '')) return undefined;
    throw error;
  }
}

/** The person with this address, or undefined where Slack knows none. */
export async function findByEmail(
  clients: Clients,
  tokens: Tokens,
  tenant: string,
  email: string,
): Promise<Identity | undefined> {
  try {
    const { user } = await clients.interactions.users.lookupByEmail({ token: await tokens.botToken(tenant), email });
    return user?.id ? { platform: 'slack', tenant, user: user.id } : undefined;
  } catch (error) {
    if (UNKNOWN.has(slackError(error) ?? '')) return undefined;
    throw error;
  }
}

/** What the Slack team calls itself. */
export async function tenantName(clients: Clients, tokens: Tokens, tenant: string): Promise<string | undefined> {
  const { team } = await clients.interactions.auth.test({ token: await tokens.botToken(tenant) });
  return team;
}

function profileOf(user: SlackUser, tenant: string): Profile {
  const email = user.profile?.email;
  return {
    name: user.profile?.display_name || user.profile?.real_name || user.real_name || user.name || user.id || '',
    ...(email ? { email } : {}),
    emailVerified: Boolean(email) && user.is_email_confirmed !== false,
    ...(user.tz ? { timeZone: user.tz } : {}),
    ...(user.locale ? { locale: user.locale } : {}),
    standing: standingOf(user, tenant),
  };
}

function standingOf(user: SlackUser, tenant: string): Profile['standing'] {
  if (user.deleted) return 'deactivated';
  if (user.is_bot || user.id === 'USLACKBOT' || user.is_workflow_bot) return 'bot';
  const homes = [user.team_id, user.enterprise_user?.enterprise_id, user.enterprise_id].filter(Boolean);
  if (user.is_stranger || (homes.length > 0 && !homes.includes(tenant))) return 'connect';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'full';
}
