import { z } from 'zod';
import type { SharedFile } from '../invocation.js';
import { type Inbound, kindOf } from './activity.js';

const fileAttachment = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: z.string().min(1),
  content: z.object({ downloadUrl: z.url(), uniqueId: z.string().min(1) }),
});

/** The first file of a message in the personal chat: elsewhere Teams gives bots none. */
export function sharedFileOf(activity: Inbound, tenant: string): { file?: SharedFile } {
  if (kindOf(activity) !== 'direct') return {};
  const [first] = (activity.attachments ?? []).flatMap((each) => fileAttachment.safeParse(each).data ?? []);
  if (!first) return {};
  const { name, content } = first;
  return { file: { platform: 'teams', tenant, id: content.uniqueId, name, url: content.downloadUrl } };
}
