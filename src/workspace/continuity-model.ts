import mongoose, { Schema } from 'mongoose';
import { type Continuity, CONTINUITY_STATES } from './continuity.js';

export interface ContinuityDoc extends Omit<Continuity, 'id'> {
  _id: string;
}

const continuitySchema = new Schema<ContinuityDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    person: { type: String, required: true },
    state: { type: String, enum: CONTINUITY_STATES, required: true },
    openedAt: { type: Date, required: true },
    endedAt: Date,
  },
  { collection: 'continuity', versionKey: false, strict: 'throw' },
);
continuitySchema.index({ account: 1, _id: 1 }, { unique: true });
continuitySchema.index(
  { account: 1, workspace: 1 },
  { unique: true, partialFilterExpression: { state: 'open' }, name: 'one_open_case_per_workspace' },
);
continuitySchema.index({ account: 1, person: 1, state: 1 });
continuitySchema.index({ state: 1, _id: 1 });

export const ContinuityModel = mongoose.model<ContinuityDoc>('Continuity', continuitySchema);

export function toContinuity(doc: ContinuityDoc): Continuity {
  const { _id, account, workspace, person, state, openedAt, endedAt } = doc;
  return { id: _id, account, workspace, person, state, openedAt, ...(endedAt && { endedAt }) };
}
