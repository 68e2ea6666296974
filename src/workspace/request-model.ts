import mongoose, { Schema } from 'mongoose';
import type { Request, RequestId } from './entities.js';

export interface RequestDoc extends Omit<Request, 'id'> {
  _id: RequestId;
  /** What makes two asks of one person the same. */
  fingerprint: string;
  /** How many steps of its schedule were taken, and when the next is due: see request-reminding.ts. */
  stepsTaken: number;
  nextStepAt?: Date;
}

const requestSchema = new Schema<RequestDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: String,
    by: { type: String, required: true },
    byIdentity: { type: String, required: true },
    action: { type: String, required: true },
    call: { type: Schema.Types.Mixed, required: true },
    fingerprint: { type: String, required: true },
    stepsTaken: { type: Number, required: true },
    nextStepAt: Date,
    why: String,
    state: { type: String, enum: ['pending', 'approved', 'denied', 'expired', 'withdrawn'], required: true },
    version: { type: Number, required: true },
    begun: Boolean,
    result: { type: { ok: Boolean, detail: String }, _id: false },
    decidedBy: String,
    decidedAt: Date,
    note: String,
    thread: {
      type: [new Schema({ by: String, text: String, at: Date }, { _id: false, strict: 'throw' })],
      required: true,
    },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'requests', versionKey: false, strict: 'throw', minimize: false },
);
requestSchema.index({ account: 1, _id: 1 }, { unique: true });
requestSchema.index(
  { account: 1, by: 1, fingerprint: 1 },
  { unique: true, partialFilterExpression: { state: 'pending' } },
);
requestSchema.index({ account: 1, state: 1, workspace: 1, createdAt: 1 });
requestSchema.index({ account: 1, by: 1, createdAt: -1 });
requestSchema.index({ state: 1, expiresAt: 1 });
requestSchema.index({ state: 1, nextStepAt: 1 });
requestSchema.index({ state: 1, result: 1, decidedAt: 1 });

export const RequestModel = mongoose.model<RequestDoc>('Request', requestSchema);

export function toRequest(doc: RequestDoc): Request {
  const { _id, account, by, byIdentity, action, call, state, version, thread, createdAt, expiresAt } = doc;
  return {
    id: _id,
    account,
    by,
    byIdentity,
    action,
    call,
    state,
    version,
    thread: thread.map((remark) => ({ by: remark.by, text: remark.text, at: remark.at })),
    createdAt,
    expiresAt,
    ...(doc.workspace && { workspace: doc.workspace }),
    ...(doc.why && { why: doc.why }),
    ...(doc.begun && { begun: doc.begun }),
    ...(doc.result && { result: doc.result }),
    ...(doc.decidedBy && { decidedBy: doc.decidedBy }),
    ...(doc.decidedAt && { decidedAt: doc.decidedAt }),
    ...(doc.note && { note: doc.note }),
  };
}
