import mongoose, { Schema } from 'mongoose';

const installation = new Schema(
  {
    /** The team, or the enterprise of an org-wide installation. */
    _id: { type: String, required: true },
    /** What people of it are keyed by: the enterprise where there is one, else the team. */
    tenant: { type: String, required: true },
    /** The tokens, encrypted. */
    sealed: { type: String, required: true },
    /** Absent where the tokens do not rotate. */
    expiresAt: { type: Date },
    refreshing: { type: Date },
    installedAt: { type: Date, required: true },
  },
  { versionKey: false },
);
installation.index({ tenant: 1 });
installation.index({ expiresAt: 1 }, { sparse: true });

export const Installation = mongoose.model('SlackInstallation', installation, 'slackInstallations');

const state = new Schema(
  {
    /** A keyed hash of the state that the browser carries. */
    _id: { type: String, required: true },
    options: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { versionKey: false },
);
state.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const OauthState = mongoose.model('SlackOauthState', state, 'slackOauthStates');
