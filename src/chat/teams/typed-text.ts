import { z } from 'zod';
import type { Piece } from '../invocation.js';
import type { Inbound } from './activity.js';

const mention = z.object({
  type: z.literal('mention'),
  text: z.string(),
  mentioned: z.object({ id: z.string(), name: z.string().nullish(), aadObjectId: z.string().optional() }),
});

type Mentioned = z.infer<typeof mention>['mentioned'];

/** Finds the Entra object id of a mentioned Teams user; undefined where nobody knows it. */
export type ResolveUser = (mentioned: { id: string; aadObjectId?: string | undefined }) => Promise<string | undefined>;

/** What was typed, without the mention of the bot and a leading `/workspace`. */
export async function readTyped(activity: Inbound, tenant: string, resolve: ResolveUser): Promise<Piece[]> {
  const mentions = (activity.entities ?? []).flatMap((entity) => mention.safeParse(entity).data ?? []);
  const pieces: Piece[] = [];
  for (const run of (activity.text ?? '').split(/(<at[^>]*>.*?<\/at>)/s)) {
    const index = mentions.findIndex((each) => each.text === run);
    if (index < 0) {
      addText(pieces, run);
      continue;
    }
    const [{ mentioned }] = mentions.splice(index, 1) as [z.infer<typeof mention>];
    if (mentioned.id === activity.recipient.id) addText(pieces, ' ');
    else await addMentioned(pieces, mentioned, tenant, resolve);
  }
  return trimmed(pieces);
}

async function addMentioned(
  pieces: Piece[],
  mentioned: Mentioned,
  tenant: string,
  resolve: ResolveUser,
): Promise<void> {
  const named = mentioned.name ? { name: mentioned.name } : {};
  if (mentioned.id.startsWith('19:')) {
    pieces.push({ channel: mentioned.id, ...named });
    return;
  }
  const user = await resolve(mentioned);
  if (user) pieces.push({ person: { platform: 'teams', tenant, user }, ...named });
  else addText(pieces, mentioned.name ?? '');
}

function addText(pieces: Piece[], text: string): void {
  const plain = unescapeText(text);
  const last = pieces.at(-1);
  if (typeof last === 'string') pieces[pieces.length - 1] = last + plain;
  else if (plain) pieces.push(plain);
}

/** Teams sends the few characters of its own markup escaped, and hard spaces after mentions. */
function unescapeText(text: string): string {
  return text
    .replaceAll(/<\/?at[^>]*>/g, '')
    .replaceAll(/&nbsp;|\u00a0/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

function trimmed(pieces: readonly Piece[]): Piece[] {
  const [first, ...rest] = pieces;
  const opened =
    typeof first === 'string'
      ? [
          first
            .trimStart()
            .replace(/^\/workspace(?=\s|$)/i, '')
            .trimStart(),
          ...rest,
        ]
      : [...pieces];
  const last = opened.at(-1);
  const closed = typeof last === 'string' ? [...opened.slice(0, -1), last.trimEnd()] : opened;
  return closed.filter((piece) => piece !== '');
}
