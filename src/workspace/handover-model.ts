import mongoose, { Schema } from 'mongoose';
import { type Handover, HANDOVER_STATES } from './handover.js';

export interface HandoverDoc extends Omit<Handover, 'id'> {
  _id: string;
}

const handoverSchema = new Schema<HandoverDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
    state: { type: String, enum: HANDOVER_STATES, required: true },
    offeredAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    endedAt: Date,
  },
  { collection: 'handovers', versionKey: false, strict: 'throw' },
);
handoverSchema.index({ account: 1, _id: 1 }, { unique: true });
handoverSchema.index(
  { account: 1, workspace: 1 },
  { unique: true, partialFilterExpression: { state: 'offered' }, name: 'one_open_handover_per_workspace' },
);
handoverSchema.index({ account: 1, from: 1 });
handoverSchema.index({ account: 1, to: 1 });
handoverSchema.index({ state: 1, expiresAt: 1 });

export const HandoverModel = mongoose.model<HandoverDoc>('Handover', handoverSchema);

export function toHandover(doc: HandoverDoc): Handover {
  const { _id, account, workspace, from, to, state, offeredAt, expiresAt, endedAt } = doc;
  return { id: _id, account, workspace, from, to, state, offeredAt, expiresAt, ...(endedAt && { endedAt }) };
}
