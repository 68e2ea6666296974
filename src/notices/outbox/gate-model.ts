import mongoose from 'mongoose';

const { Schema } = mongoose;

/** How far the calls to one conversation or one team have used up what it takes, seen by all processes. */
export interface GateRow {
  /** A row's lane, or a team: `slack:T02`. */
  _id: string;
  /** When everything that went through will have been made up for, in milliseconds since 1970. */
  usedUpTo: number;
  /** The platform asked to be left alone until then. */
  closedUntil?: number;
  /** Whether the last that asked was let through. */
  open: boolean;
  expiresAt: Date;
}

const gate = new Schema<GateRow>(
  {
    _id: { type: String, required: true },
    usedUpTo: { type: Number, required: true },
    closedUntil: Number,
    open: { type: Boolean, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'gates', versionKey: false, strict: 'throw', writeConcern: { w: 1 } },
);
gate.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const GateModel = mongoose.model<GateRow>('Gate', gate);
