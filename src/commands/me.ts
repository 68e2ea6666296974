import { z } from 'zod';
import { mergeChannelPlaces } from '../channels/channel-merge.js';
import { meCard, WORKSPACES_SHOWN } from '../cards/home/home-card.js';
import { PLATFORM_NAMES } from '../cards/platform-names.js';
import {
  linkCodeCard,
  linkConfirmCard,
  linkedCard,
  unlinkConfirmCard,
  unlinkedCard,
} from '../cards/home/link-cards.js';
import type { Answer } from '../chat/invocation.js';
import { mergeMeetings } from '../meetings/meeting-merge.js';
import { refuse } from '../refusal.js';
import { mergeCampaigns } from '../resources/campaigns-of-person.js';
import { mergeKeys } from '../usage/keys-of-person.js';
import { identityKey } from '../workspace/identity.js';
import { type BeforeMerge, finishLink, removeLink, startLink, whoStarted } from '../workspace/links.js';
import { identitiesOf } from '../workspace/people.js';
import { countSeatsAmong } from '../workspace/seat-pages.js';
import { flag } from './argument.js';
import { type Context, personCommand } from './command.js';
import { mySeats } from './my-seats.js';

export const me = personCommand({
  args: z.strictObject({}),
  async run(context) {
    const { account, actor } = context;
    const card = meCard({
      name: actor.name,
      account: account.name,
      accountOwner: account.owner === actor.id,
      identities: await chatsOf(context, actor.id),
      ...(await mySeats(context, { offset: 0, limit: WORKSPACES_SHOWN })),
      ...(actor.email && { email: actor.email }),
    });
    return { kind: 'private', card };
  },
});

/** Proves that two chat identities are one person: a code from the one chat, typed in the other. */
export const link = personCommand({
  args: z.strictObject({ code: z.string().max(40).optional(), sure: flag, remove: flag }),
  read(words) {
    if (words.choice(['remove'])) return { remove: true };
    return { code: words.word() };
  },
  async run(context, { code, sure, remove }) {
    const { account, actor, at, identity } = context;
    const side = { account: account.id, identity, person: actor.id, at };
    if (remove) return unlink(context, side, sure === true);
    if (code && !sure) {
      const { person, platform, linked } = await whoStarted({ ...side, code });
      if (!linked)
        return { kind: 'private', card: linkConfirmCard({ ...person, where: PLATFORM_NAMES[platform], code }) };
    }
    if (code) {
      const merged = await finishLink({ ...side, code, beforeMerge });
      const identities = await chatsOf(context, merged.id);
      return { kind: 'private', replace: true, card: linkedCard({ identities }) };
    }
    const started = await startLink(side);
    return { kind: 'private', card: linkCodeCard(started) };
  },
});

/** Takes this chat off the others, once the person has seen what it would be without them. */
async function unlink(context: Context, side: Parameters<typeof removeLink>[0], sure: boolean): Promise<Answer> {
  const { account, actor, identity } = context;
  const others = await otherChats(context);
  const here = PLATFORM_NAMES[identity.platform];
  if (others.length === 0) return refuse({ kind: 'linkCode', why: 'notLinked' });
  if (!sure) {
    const workspaces = await countSeatsAmong({ account: account.id, person: actor.id });
    return { kind: 'private', card: unlinkConfirmCard({ here, others, workspaces }) };
  }
  await removeLink(side);
  return { kind: 'private', replace: true, card: unlinkedCard({ here, others }) };
}

/** Where the person is known besides the chat that they ask from. */
async function otherChats({ account, actor, identity }: Context): Promise<string[]> {
  const identities = await identitiesOf(account.id, actor.id);
  const others = identities.filter((other) => identityKey(other) !== identityKey(identity));
  return others.map(({ platform }) => PLATFORM_NAMES[platform]);
}

/** What the one was given in channels and meetings, their keys and their campaigns become the other's. */
const beforeMerge: BeforeMerge = async (merge) => {
  await mergeChannelPlaces(merge);
  await mergeMeetings(merge);
  await mergeKeys(merge);
  await mergeCampaigns(merge);
};

async function chatsOf({ account }: Context, person: string): Promise<string[]> {
  const identities = await identitiesOf(account.id, person);
  return identities.map((identity) => PLATFORM_NAMES[identity.platform]);
}
