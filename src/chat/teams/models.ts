import mongoose, { Schema } from 'mongoose';

const conversation = new Schema(
  {
    tenant: { type: String, required: true },
    /** Without a thread: a channel is one conversation here. */
    conversation: { type: String, required: true },
    kind: { type: String, enum: ['channel', 'group', 'direct'], required: true },
    serviceUrl: { type: String, required: true },
    botId: { type: String, required: true },
    /** Of a direct one: the Entra object id of the person. */
    user: String,
    /** Of a channel: its team's id, whose roster can be read. */
    team: String,
    /** Of a channel or group, where Teams told it. */
    name: String,
    seenAt: { type: Date, required: true },
  },
  { versionKey: false },
);
conversation.index({ tenant: 1, conversation: 1 }, { unique: true });
conversation.index({ tenant: 1, user: 1 });
conversation.index({ tenant: 1, team: 1 });
conversation.index({ tenant: 1, kind: 1, name: 1 });
conversation.index({ tenant: 1, seenAt: -1 });

/** Where the bot may speak, and over which address. */
export const TeamsConversation = mongoose.model('TeamsConversation', conversation, 'teamsConversations');

const user = new Schema(
  {
    tenant: { type: String, required: true },
    /** Entra object id. */
    user: { type: String, required: true },
    /** The id that Teams gives the person towards this bot: `29:…`. */
    teamsId: { type: String, required: true },
    name: String,
    /** In lower case. */
    email: String,
    /** A conversation in whose roster the person was last seen. */
    conversation: { type: String, required: true },
    seenAt: { type: Date, required: true },
  },
  { versionKey: false },
);
user.index({ tenant: 1, user: 1 }, { unique: true });
user.index({ tenant: 1, teamsId: 1 });
user.index({ tenant: 1, email: 1 });

/** Users of Teams that the bot has met. */
export const TeamsUser = mongoose.model('TeamsUser', user, 'teamsUsers');
