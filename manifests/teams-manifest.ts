import type { TeamsManifest } from '@microsoft/app-manifest';
import { zipSync } from 'fflate';
import { SEARCH } from '../src/chat/teams/extension.js';
import type { CommandFace } from '../src/commands/command.js';

/** Whose app it is, and where it runs. */
export interface TeamsAppFacts {
  /** The bot's app id, a GUID; the package takes it too. */
  appId: string;
  /** https, without a slash at the end. */
  publicUrl: string;
  privacyUrl: string;
  termsUrl: string;
}

const VERSION = '1.24';

/** What Teams offers while somebody types: at most twelve a place, the rest is in `help`. */
const OFFERED = {
  personal: [
    'help',
    'balance',
    'list',
    'switch',
    'requests',
    'approve',
    'deny',
    'invite',
    'topup',
    'usage',
    'me',
    'link',
  ],
  team: [
    'help',
    'channel',
    'balance',
    'invite',
    'members',
    'topup',
    'usage',
    'history',
    'alerts',
    'requests',
    'role',
    'create',
  ],
  groupChat: ['help', 'channel', 'balance', 'invite', 'members', 'topup', 'usage', 'requests'],
} as const;

/** The Teams app manifest; throws where the registry lacks a command that is offered. */
export function teamsManifest(facts: TeamsAppFacts, commands: readonly CommandFace[]): TeamsManifest {
  const { appId, publicUrl, privacyUrl, termsUrl } = facts;
  const offered = (names: readonly string[]) => names.map((name) => offer(name, commands));
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${VERSION}/MicrosoftTeams.schema.json`,
    manifestVersion: VERSION,
    version: '1.0.0',
    id: appId,
    developer: { name: 'Workspaces', websiteUrl: publicUrl, privacyUrl, termsOfUseUrl: termsUrl },
    name: { short: 'Workspace', full: 'Workspaces in chat' },
    description: {
      short: 'Workspaces with their own people, balance and policies, run from chat.',
      full: longDescription(commands),
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1F3A5F',
    bots: [
      {
        botId: appId,
        scopes: ['personal', 'team', 'groupChat'],
        isNotificationOnly: false,
        supportsFiles: true,
        commandLists: [
          { scopes: ['personal'], commands: offered(OFFERED.personal) },
          { scopes: ['team'], commands: offered(OFFERED.team) },
          { scopes: ['groupChat'], commands: offered(OFFERED.groupChat) },
        ],
      },
    ],
    composeExtensions: [
      {
        botId: appId,
        canUpdateConfiguration: false,
        commands: [
          {
            id: SEARCH.command,
            type: 'query',
            context: ['compose', 'commandBox'],
            title: 'My workspaces',
            description: 'Put the balance of one of your workspaces into a message',
            initialRun: true,
            parameters: [{ name: SEARCH.parameter, title: 'Workspace', description: 'A part of its name' }],
          },
        ],
      },
    ],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [new URL(publicUrl).host],
  };
}

/** The package to upload: the same bytes for the same manifest. */
export function teamsPackage(manifest: TeamsManifest, icons: { color: Uint8Array; outline: Uint8Array }): Uint8Array {
  const mtime = new Date('2026-01-01T00:00:00');
  return zipSync(
    {
      'manifest.json': new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`),
      'color.png': icons.color,
      'outline.png': icons.outline,
    },
    { mtime },
  );
}

function offer(name: string, commands: readonly CommandFace[]): { title: string; description: string } {
  const found = commands.find((command) => command.name === name);
  if (!found) throw new Error(`the registry has no command ${name}, which the Teams manifest offers`);
  return { title: found.name, description: found.summary };
}

function longDescription(commands: readonly CommandFace[]): string {
  const intro =
    'Workspaces keep the people, the balance and the rules of each part of your company apart, and let you run them where you already talk. Mention @Workspace, or write to it directly, followed by:';
  return [intro, ...commands.map(({ usage, summary }) => `- ${usage}: ${summary}`)].join('\n');
}
