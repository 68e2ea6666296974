import mongoose from 'mongoose';

const { Schema } = mongoose;

/** How far a migration is, for all processes. */
export interface MigrationRow {
  _id: string;
  /** Until then the process that took it is at it. */
  leaseUntil: Date;
  /** Raised whenever a process takes it. */
  fence: number;
  doneAt?: Date;
}

const migration = new Schema<MigrationRow>(
  {
    _id: { type: String, required: true },
    leaseUntil: { type: Date, required: true },
    fence: { type: Number, required: true },
    doneAt: Date,
  },
  { collection: 'migrations', versionKey: false, strict: 'throw' },
);

export const MigrationModel = mongoose.model<MigrationRow>('Migration', migration);
