import { type Installation, InstallProvider } from '@slack/oauth';
import { WebClient } from '@slack/web-api';
import type { Application } from 'express';
import type { Encryption } from '../../encryption.js';
import { boltLog, type Log } from './bolt-log.js';
import { clientOptions } from './clients.js';
import { createInstallations, type Installations, type Refresh } from './installations.js';
import { createStateStore } from './oauth-state.js';
import { BOT_SCOPES } from './scopes.js';

export interface OauthSettings {
  clientId: string;
  clientSecret: string;
  stateSecret: string;
  /** Where Slack sends the browser back to: `PUBLIC_URL/slack/oauth_redirect` belongs to it. */
  publicUrl: string;
  apiUrl?: string;
}

/** Serves `GET /slack/install` and `GET /slack/oauth_redirect`, and keeps what they bring. */
export function serveOauth(app: Application, settings: OauthSettings, encryption: Encryption, log: Log): Installations {
  const { clientId, clientSecret, publicUrl } = settings;
  const installations = createInstallations(encryption, refresher(settings, log), log);
  const provider = new InstallProvider({
    clientId,
    clientSecret,
    directInstall: true,
    stateStore: createStateStore(settings.stateSecret),
    logger: boltLog(log),
    clientOptions: clientOptions(settings.apiUrl, log),
    installationStore: {
      storeInstallation: (installation: Installation) => installations.save(installation, new Date()),
      fetchInstallation: () => Promise.reject(new Error('tokens are read by installations.ts')),
    },
  });
  const redirectUri = `${publicUrl}/slack/oauth_redirect`;
  app.get('/slack/install', async (request, response) => {
    await provider.handleInstallPath(request, response, {}, { scopes: [...BOT_SCOPES], redirectUri });
  });
  app.get('/slack/oauth_redirect', async (request, response) => {
    await provider.handleCallback(request, response);
  });
  return installations;
}

function refresher(settings: OauthSettings, log: Log): Refresh {
  const client = new WebClient(undefined, clientOptions(settings.apiUrl, log));
  return async (refreshToken) => {
    const answer = await client.oauth.v2.access({
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    if (!answer.access_token) throw new Error('Slack refreshed no token');
    return {
      bot: answer.access_token,
      ...(answer.refresh_token ? { refresh: answer.refresh_token } : {}),
      ...(answer.expires_in ? { expiresAt: Date.now() + answer.expires_in * 1_000 } : {}),
    };
  };
}
