import { word } from './json.js';
import type { Json, World } from './world.js';

type Args = { [key: string]: Json };

const TOKEN_LIFE_SECONDS = 12 * 60 * 60;

/** `oauth.v2.access`: a code of `code-<team>` installs there; a refresh token works once. */
export function oauthAccess(world: World, args: Args): Args {
  const refreshing = args['grant_type'] === 'refresh_token';
  const team = refreshing
    ? world.refreshTokens.get(word(args['refresh_token']))
    : /^code-(\w+)$/.exec(word(args['code']))?.[1];
  if (!team) return { ok: false, error: refreshing ? 'invalid_refresh_token' : 'invalid_code' };
  if (refreshing) world.refreshTokens.delete(word(args['refresh_token']));
  const token = world.id(`xoxe.xoxb-${team}-`);
  const refresh = world.id(`xoxe-${team}-`);
  world.tokens.add(token);
  world.refreshTokens.set(refresh, team);
  return {
    ok: true,
    app_id: 'A0APP',
    token_type: 'bot',
    access_token: token,
    refresh_token: refresh,
    expires_in: TOKEN_LIFE_SECONDS,
    scope: 'commands,chat:write',
    bot_user_id: world.bot,
    team: { id: team, name: team },
    enterprise: null,
    is_enterprise_install: false,
    authed_user: { id: 'U0INSTALLER' },
  };
}
