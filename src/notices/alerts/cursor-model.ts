import mongoose from 'mongoose';

const { Schema } = mongoose;

/** How far a sweep has read what others write. */
export interface CursorRow {
  _id: string;
  since: Date;
}

const cursor = new Schema<CursorRow>(
  { _id: { type: String, required: true }, since: { type: Date, required: true } },
  { collection: 'cursors', versionKey: false, strict: 'throw' },
);

export const CursorModel = mongoose.model<CursorRow>('Cursor', cursor);
