import { ACCOUNT_EVENTS } from '../src/chat/slack/account-events.js';
import { CHANNEL_EVENTS } from '../src/chat/slack/channel-events.js';
import { BOT_SCOPES, OPTIONAL_BOT_SCOPES } from '../src/chat/slack/scopes.js';
import { SHORTCUTS } from '../src/chat/slack/shortcuts.js';
import type { CommandFace } from '../src/commands/command.js';
import { type SlackManifest, slackManifestShape } from './slack-manifest-shape.js';

const EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'message.im',
  'tokens_revoked',
  ...ACCOUNT_EVENTS,
  ...CHANNEL_EVENTS,
].toSorted();

const HINT_COMMANDS = ['balance', 'invite', 'topup', 'switch', 'help'];

/** The manifest to paste into api.slack.com, for a bot at this public address; throws where it breaks Slack's rules. */
export function slackManifest(publicUrl: string, commands: readonly CommandFace[]): SlackManifest {
  const eventsUrl = `${publicUrl}/slack/events`;
  return slackManifestShape.parse({
    _metadata: { major_version: 1 },
    display_information: {
      name: 'Workspaces',
      description: 'Workspaces with their own people, balance and policies, run from chat.',
      long_description: longDescription(commands),
      background_color: '#1f3a5f',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Workspace', always_online: true },
      shortcuts: shortcuts(commands),
      slash_commands: [
        {
          command: '/workspace',
          url: eventsUrl,
          description: 'Workspaces: people, balance, requests',
          usage_hint: usageHint(commands),
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      redirect_urls: [`${publicUrl}/slack/oauth_redirect`],
      scopes: { bot: [...BOT_SCOPES], bot_optional: [...OPTIONAL_BOT_SCOPES] },
    },
    settings: {
      event_subscriptions: { request_url: eventsUrl, bot_events: EVENTS },
      interactivity: { is_enabled: true, request_url: eventsUrl, message_menu_options_url: eventsUrl },
      org_deploy_enabled: true,
      socket_mode_enabled: false,
      token_rotation_enabled: true,
    },
  });
}

/** A shortcut is a command typed in advance: the registry must know it. */
function shortcuts(commands: readonly CommandFace[]): SlackManifest['features']['shortcuts'] {
  return SHORTCUTS.map(({ typed, ...shown }) => {
    if (typed && !commands.some((command) => command.name === typed))
      throw new Error(`the registry has no command ${typed}, which the shortcut ${shown.name} stands for`);
    return shown;
  });
}

/** A few to begin with; `help` tells the rest. */
function usageHint(commands: readonly CommandFace[]): string {
  const shown = HINT_COMMANDS.map((name) => {
    const found = commands.find((command) => command.name === name);
    if (!found) throw new Error(`the registry has no command ${name}, which the hint shows`);
    return found.usage;
  });
  return shown.join(' · ');
}

function longDescription(commands: readonly CommandFace[]): string {
  const intro =
    'Workspaces keep the people, the balance and the rules of each part of your company apart, and let you run them where you already talk. Type /workspace, or mention @Workspace, followed by:';
  return [intro, ...commands.map((command) => `• ${command.usage}: ${command.summary}`)].join('\n');
}
