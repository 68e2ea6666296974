import { z } from 'zod';

/** What we read of Slack's payloads. They are signed; the shapes guard against what changes without notice. */
const enterprise = z.object({ id: z.string() }).nullish();
const team = z.object({ id: z.string(), enterprise_id: z.string().optional() }).nullish();
const user = z.object({ id: z.string(), team_id: z.string().nullish() });
const channel = z.object({ id: z.string(), name: z.string().optional() }).optional();

export const commandBody = z.object({
  enterprise_id: z.string().optional(),
  team_id: z.string(),
  channel_id: z.string(),
  channel_name: z.string().optional(),
  user_id: z.string(),
  text: z.string().default(''),
  response_url: z.string().optional(),
  trigger_id: z.string().optional(),
});
export type CommandBody = z.infer<typeof commandBody>;

export const authorizations = z
  .array(
    z.object({
      team_id: z.string().nullish(),
      enterprise_id: z.string().nullish(),
      user_id: z.string().optional(),
    }),
  )
  .optional();

const typed = z.object({
  user: z.string(),
  user_team: z.string().optional(),
  text: z.string().default(''),
  channel: z.string(),
  thread_ts: z.string().optional(),
  files: z.array(z.object({ id: z.string(), name: z.string().nullish() })).optional(),
});

export const mentionBody = z.object({
  event_id: z.string().optional(),
  team_id: z.string().default(''),
  enterprise_id: z.string().nullish(),
  authorizations,
  /** Of messages only what a person types or sends to the bot itself: no edits, no bots, nothing of channels. */
  event: z
    .object({ subtype: z.literal('file_share').optional(), bot_id: z.undefined().optional() })
    .and(
      z.union([
        z.object({ type: z.literal('app_mention') }),
        z.object({ type: z.literal('message'), channel_type: z.literal('im') }),
      ]),
    )
    .and(typed),
});
export type MentionBody = z.infer<typeof mentionBody>;

export const homeBody = z.object({
  event_id: z.string().optional(),
  team_id: z.string().default(''),
  enterprise_id: z.string().nullish(),
  authorizations,
  event: z.object({ type: z.literal('app_home_opened'), user: z.string(), tab: z.string().default('home') }),
});
export type HomeBody = z.infer<typeof homeBody>;

export const goneBody = z.object({
  team_id: z.string(),
  event: z.object({ tokens: z.object({ bot: z.array(z.string()).optional() }).optional() }).optional(),
});

export const shortcutBody = z.object({
  callback_id: z.string(),
  enterprise,
  team,
  user,
  channel,
  /** Of a message's shortcut. */
  message: z.object({ thread_ts: z.string().optional() }).nullish(),
  trigger_id: z.string(),
  response_url: z.string().optional(),
});
export type ShortcutBody = z.infer<typeof shortcutBody>;

export const clickBody = z.object({
  enterprise,
  team,
  user,
  channel,
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
  container: z.object({ is_ephemeral: z.boolean().optional() }).optional(),
  message: z.object({ subtype: z.string().optional(), thread_ts: z.string().optional() }).nullish(),
  view: z
    .object({ id: z.string(), type: z.enum(['modal', 'home']), private_metadata: z.string().optional() })
    .nullish(),
  actions: z.array(z.object({ value: z.string().nullish() })).min(1),
});
export type ClickBody = z.infer<typeof clickBody>;

/** Somebody typed into a picker that searches. */
export const suggestBody = z.object({
  enterprise,
  team,
  user,
  block_id: z.string(),
  value: z.string().default(''),
  view: z.object({ app_installed_team_id: z.string().nullish(), private_metadata: z.string().optional() }),
});
export type SuggestBody = z.infer<typeof suggestBody>;

export const submitBody = z.object({
  enterprise,
  team,
  user,
  trigger_id: z.string().optional(),
  view: z.object({
    id: z.string(),
    hash: z.string().optional(),
    app_installed_team_id: z.string().nullish(),
    private_metadata: z.string().optional(),
    state: z
      .object({
        values: z.record(
          z.string(),
          z.record(
            z.string(),
            z.object({
              value: z.string().nullish(),
              selected_user: z.string().nullish(),
              selected_users: z.array(z.string()).nullish(),
              selected_conversation: z.string().nullish(),
              selected_option: z.object({ value: z.string() }).nullish(),
              selected_options: z.array(z.object({ value: z.string() })).nullish(),
            }),
          ),
        ),
      })
      .optional(),
  }),
});
export type SubmitBody = z.infer<typeof submitBody>;
