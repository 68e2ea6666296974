import mongoose, { Schema } from 'mongoose';

/** When a person last looked at a workspace's balance. */
export interface LookDoc {
  /** Workspace and person. */
  _id: string;
  account: string;
  workspace: string;
  person: string;
  lastAt: Date;
  /** Of the look before the ones that belong together with the last. */
  beforeAt?: Date | null;
}

const lookSchema = new Schema<LookDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    person: { type: String, required: true },
    lastAt: { type: Date, required: true },
    beforeAt: Date,
  },
  { collection: 'looks', versionKey: false, strict: 'throw' },
);
lookSchema.index({ account: 1, _id: 1 }, { unique: true });

export const LookModel = mongoose.model<LookDoc>('Look', lookSchema);
