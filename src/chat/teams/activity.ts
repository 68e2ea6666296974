import { z } from 'zod';

const account = z.object({
  id: z.string().min(1),
  name: z.string().optional(),
  aadObjectId: z.string().min(1).optional(),
  tenantId: z.string().optional(),
  role: z.string().optional(),
});

const inbound = z.object({
  type: z.string().min(1),
  id: z.string().min(1).optional(),
  name: z.string().optional(),
  action: z.string().optional(),
  channelId: z.string(),
  serviceUrl: z.string().min(1),
  timestamp: z.string().optional(),
  from: account,
  recipient: account,
  conversation: z.object({
    id: z.string().min(1),
    name: z.string().nullish(),
    conversationType: z.string().optional(),
    isGroup: z.boolean().nullish(),
    tenantId: z.string().min(1).optional(),
  }),
  channelData: z
    .object({
      tenant: z.object({ id: z.string().min(1) }).optional(),
      /** Of a conversationUpdate about a channel or team. */
      eventType: z.string().nullish(),
      team: z.object({ id: z.string().min(1), name: z.string().nullish() }).nullish(),
      channel: z.object({ id: z.string().min(1), name: z.string().nullish() }).nullish(),
    })
    .nullish(),
  /** Of the sender's client: `de-DE`. */
  locale: z.string().nullish(),
  text: z.string().nullish(),
  entities: z.array(z.looseObject({ type: z.string() })).nullish(),
  attachments: z.array(z.unknown()).nullish(),
  membersAdded: z.unknown().optional(),
  membersRemoved: z.unknown().optional(),
  value: z.unknown().optional(),
  replyToId: z.string().nullish(),
});

/** An activity as Teams sends it, as far as we read it. */
export type Inbound = z.infer<typeof inbound>;

/** The activity, or undefined where the body is no activity of a conversation. */
export function parseInbound(body: unknown): Inbound | undefined {
  return inbound.safeParse(body).data;
}

/** The tenant that the activity says it comes from; undefined where it says none, or two. */
export function tenantOf(activity: Inbound): string | undefined {
  const inConversation = activity.conversation.tenantId;
  const inChannelData = activity.channelData?.tenant?.id;
  if (inConversation && inChannelData && inConversation !== inChannelData) return undefined;
  const tenant = inConversation ?? inChannelData;
  return tenant && /^[\w-]+$/.test(tenant) ? tenant : undefined;
}

export function kindOf(activity: Inbound): 'channel' | 'group' | 'direct' {
  const { conversationType, isGroup } = activity.conversation;
  if (conversationType === 'channel' || activity.channelData?.channel) return 'channel';
  if (conversationType === 'groupChat' || isGroup) return 'group';
  return 'direct';
}

/** A channel's threads are conversations `19:…;messageid=…`: this is the channel itself. */
export function withoutThread(conversation: string): string {
  return conversation.replace(/;messageid=.*$/, '');
}

/** The message that a thread began with, from its conversation's id. */
export function threadRoot(conversation: string): string | undefined {
  return /;messageid=(\d+)/.exec(conversation)?.[1];
}
