import { z } from 'zod';

const url = z
  .string()
  .regex(/^https:\/\//)
  .max(3_000);
const event = z.string().min(1).max(50);
const scope = z.string().max(50);

/** Slack's documented rules for an app manifest, for the parts we use; anything else in it is an error. */
export const slackManifestShape = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(1) }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().min(1).max(140),
    long_description: z.string().min(175).max(4_000),
    background_color: z.string().regex(/^#([0-9a-fA-F]{3}){1,2}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: z.string().min(1).max(80), always_online: z.boolean() }),
    shortcuts: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(24),
          type: z.enum(['message', 'global']),
          callback_id: z.string().min(1).max(255),
          description: z.string().min(1).max(150),
        }),
      )
      .min(1)
      .max(10),
    slash_commands: z
      .array(
        z.strictObject({
          command: z
            .string()
            .regex(/^\/[a-z0-9_-]+$/)
            .min(2)
            .max(32),
          url,
          description: z.string().min(1).max(2_000),
          usage_hint: z.string().min(1).max(1_000),
          should_escape: z.literal(true),
        }),
      )
      .min(1)
      .max(50),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(url.max(2_500)).max(1_000),
    scopes: z
      .strictObject({ bot: z.array(scope).max(255), bot_optional: z.array(scope).max(255) })
      .refine(({ bot, bot_optional: optional }) => optional.every((one) => bot.includes(one)), 'asked for, too'),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: url, bot_events: z.array(event).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: url, message_menu_options_url: url }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.literal(false),
    token_rotation_enabled: z.boolean(),
  }),
});

export type SlackManifest = z.infer<typeof slackManifestShape>;
