import mongoose, { Schema } from 'mongoose';
import type { Binding } from './entities.js';

export interface BindingDoc extends Binding {
  _id: string;
}

const bindingSchema = new Schema<BindingDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    platform: { type: String, enum: ['slack', 'teams'], required: true },
    tenant: { type: String, required: true },
    channel: { type: String, required: true },
    channelName: { type: String, required: true },
    purposes: { type: [{ type: String, enum: ['alerts', 'approvals'] }], required: true },
    boundBy: { type: String, required: true },
  },
  { collection: 'bindings', versionKey: false, strict: 'throw' },
);
bindingSchema.index({ account: 1, platform: 1, tenant: 1, channel: 1, workspace: 1 }, { unique: true });
bindingSchema.index({ account: 1, workspace: 1 });

export const BindingModel = mongoose.model<BindingDoc>('Binding', bindingSchema);

export function toBinding(doc: BindingDoc): Binding {
  const { account, workspace, platform, tenant, channel, channelName, purposes, boundBy } = doc;
  return { account, workspace, platform, tenant, channel, channelName, purposes, boundBy };
}
