import type { Express } from 'express';
import type { OnAccountChange } from './chat/account-change.js';
import type { OnChannelChange } from './chat/channel-change.js';
import { createSlackEdge, type SlackEdge } from './chat/slack/edge.js';
import { createTeamsEdge, type TeamsEdge } from './chat/teams/edge.js';
import { createDispatch } from './commands/dispatch.js';
import type { Services } from './commands/services.js';
import type { ConnectedConfig } from './config.js';
import type { Encryption } from './encryption.js';
import type { Log } from './log.js';
import { followAccountChange } from './notices/ownership/account-changes.js';
import { followChannelChange } from './notices/channels/channel-changes.js';

/** Slack as it is, or the local client, which draws less. */
export type SlackClient = 'slack' | 'local-slack';

/** The chat platforms that are connected. */
export interface Edges {
  slack?: SlackEdge;
  teams?: TeamsEdge;
}

interface Mounting {
  settings: ConnectedConfig;
  encryption: Encryption;
  log: Log;
  services: Services;
  client: SlackClient;
}

/** Takes what the connected platforms send, on their own routes of the app. */
export function mountEdges(app: Express, { settings, encryption, log, services, client }: Mounting): Edges {
  const dispatch = createDispatch(services);
  const { publicUrl, slack } = settings;
  const onAccountChange = accountChanges(services, settings.supportContact);
  const onChannelChange = channelChanges(services);
  const edges: Edges = {};
  if (slack) {
    const followed = { onAccountChange, onChannelChange };
    edges.slack = createSlackEdge({ app, settings: slack, publicUrl, encryption, dispatch, log, client, ...followed });
  }
  if (settings.teams) {
    const teams = settings.teams.kind === 'app' ? settings.teams : { ...settings.teams, host: settings.host };
    edges.teams = createTeamsEdge({ app, settings: teams, dispatch, log, onChannelChange });
  }
  return edges;
}

/** People are told where somebody's chat account went that others depend on. */
function accountChanges({ nudge }: Services, support: string | undefined): OnAccountChange {
  return async (change) => {
    if (await followAccountChange({ ...change, support })) nudge();
  };
}

/** People are told where notices can no longer reach a channel. */
function channelChanges({ nudge }: Services): OnChannelChange {
  return async (change) => {
    if (await followChannelChange(change)) nudge();
  };
}
