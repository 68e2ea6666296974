import mongoose from 'mongoose';
import { refuse } from '../refusal.js';
import { writeAudit } from '../workspace/audit.js';
import type { Handing, Held, Holder } from '../workspace/holding.js';
import { countsStill } from '../workspace/members-among.js';
import { membership } from '../workspace/memberships.js';
import type { Channel } from './channel.js';
import { placeIn, put } from './channel-members.js';
import { auditName } from './channels.js';
import {
  type ChannelDoc,
  type ChannelMemberDoc,
  ChannelMemberModel,
  ChannelModel,
  toChannel,
} from './channel-model.js';

/** The private channels that nobody but this person manages: without them, they would be nobody's. By name. */
export async function heldBy(of: Holder): Promise<Held[]> {
  return (await managedAlone(of)).map(({ id, name }) => ({ id, name }));
}

/**
 * Makes somebody else the manager of those channels, in the caller's transaction; resolves with how many. The former
 * manager's place ends with their membership. Refuses who is not in the workspace.
 */
export async function handTo(change: Handing): Promise<number> {
  const { account, workspace, from, to, by, at } = change;
  const channels = await managedAlone({ account, workspace, person: from });
  if (channels.length === 0) return 0;
  const member = await membership(account, workspace, to);
  if (!member) return refuse({ kind: 'unknownPerson', typed: '' });
  for (const channel of channels) {
    await put({ account, workspace, channel, member, at }, { manager: true });
    const detail = { ...auditName(channel), from };
    await writeAudit({ account, workspace, by, action: 'channel.handedOver', person: to, detail, at });
  }
  return channels.length;
}

async function managedAlone({ account, workspace, person }: Holder): Promise<Channel[]> {
  const held = await membership(account, workspace, person);
  if (!held) return [];
  const mine = await ChannelMemberModel.find({ account, workspace, person, manager: true }).lean<ChannelMemberDoc[]>();
  const ids = mine.filter(({ since }) => countsStill(held, since)).map(({ channel }) => channel);
  const docs = await ChannelModel.find({
    account,
    workspace,
    _id: mongoose.trusted({ $in: ids }),
    kind: 'private',
    archived: false,
  })
    .sort({ foldedName: 1 })
    .lean<ChannelDoc[]>();
  const alone: Channel[] = [];
  for (const doc of docs) {
    if (!(await hasOtherManager({ account, workspace, person }, doc._id))) alone.push(toChannel(doc));
  }
  return alone;
}

async function hasOtherManager({ account, workspace, person }: Holder, channel: string): Promise<boolean> {
  const others = await ChannelMemberModel.find({
    account,
    workspace,
    channel,
    manager: true,
    person: mongoose.trusted({ $ne: person }),
  }).lean<ChannelMemberDoc[]>();
  for (const { person: other } of others) {
    const held = await membership(account, workspace, other);
    if (held && (await placeIn(channel, held))) return true;
  }
  return false;
}
