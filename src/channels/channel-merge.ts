import { membership } from '../workspace/memberships.js';
import { countsStill } from '../workspace/members-among.js';
import type { AccountId, PersonId } from '../workspace/entities.js';
import { placeIn } from './channel-members.js';
import { type ChannelMemberDoc, ChannelMemberModel } from './channel-model.js';

/**
 * Before two people become one, in the surrounding transaction: the places of `from` become those of `into`. What
 * counted counts on; what had ended stays ended.
 */
export async function mergeChannelPlaces(merge: {
  account: AccountId;
  from: PersonId;
  into: PersonId;
  at: Date;
}): Promise<void> {
  const { account, from, into, at } = merge;
  const moving = await ChannelMemberModel.find({ account, person: from }).lean<ChannelMemberDoc[]>();
  for (const { _id, workspace, channel, manager, since } of moving) {
    const held = await membership(account, workspace, from);
    const theirs = await membership(account, workspace, into);
    const kept = theirs && (await placeIn(channel, theirs));
    await ChannelMemberModel.deleteOne({ account, workspace, _id });
    if (!held || !countsStill(held, since)) continue;
    await ChannelMemberModel.updateOne(
      { account, workspace, channel, person: into },
      { $set: { manager: manager || (kept?.manager ?? false), since: at }, $setOnInsert: { _id } },
      { upsert: true },
    );
  }
}
