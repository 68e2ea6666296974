/** The least that the bot needs, each for a reason; the manifest and the install page ask for these. */
export const BOT_SCOPES = [
  /** `@Workspace ...` in channels. */
  'app_mentions:read',
  /** Whether the bot is in a channel that is to be bound, and what becomes of one that is. */
  'channels:read',
  'groups:read',
  /** Cards. */
  'chat:write',
  /** `/workspace`. */
  'commands',
  /** Contacts that are sent to it as a file. */
  'files:read',
  /** What is typed to the bot in its direct message. */
  'im:history',
  /** Who is in a user group that is invited. */
  'usergroups:read',
  /** Names, time zones, and who is a guest. */
  'users:read',
  /** Invitations by address. */
  'users:read.email',
] as const;
