/**
 * What the bot does without where it is not granted: whoever installs it chooses. With them a message whose answer was lost
 * is looked for before it is sent again (find-message.ts).
 */
export const OPTIONAL_BOT_SCOPES = [
  /** In channels that the bot is in. */
  'channels:history',
  'groups:history',
  /** In its direct messages, which it has to open by the person for that. */
  'im:write',
] as const;

/** The least that the bot needs, each for a reason, and what is optional; the manifest and the install page ask for these. */
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
  ...OPTIONAL_BOT_SCOPES,
] as const;
