/** The least that the bot needs, each for a reason; the manifest and the install page ask for these. */
export const BOT_SCOPES = [
  /** `@Workspace ...` in channels. */
  'app_mentions:read',
  /** Whether the bot is in a channel that is to be bound. */
  'channels:read',
  'groups:read',
  /** Cards. */
  'chat:write',
  /** `/workspace`. */
  'commands',
  /** What is typed to the bot in its direct message. */
  'im:history',
  /** Names, time zones, and who is a guest. */
  'users:read',
  /** Invitations by address. */
  'users:read.email',
] as const;
