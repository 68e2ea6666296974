import mongoose, { Schema } from 'mongoose';
import { ALERTS_FROM, type Binding, PURPOSES } from './entities.js';

export interface BindingDoc extends Omit<Binding, 'id'> {
  _id: string;
  /** As of when the name is known: news of a platform may come in any order. */
  namedAt?: Date;
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
    namedAt: Date,
    purposes: { type: [{ type: String, enum: PURPOSES }], required: true },
    alertsFrom: { type: String, enum: ALERTS_FROM },
    room: String,
    boundBy: { type: String, required: true },
    lostAt: Date,
  },
  { collection: 'bindings', versionKey: false, strict: 'throw' },
);
bindingSchema.index({ account: 1, platform: 1, tenant: 1, channel: 1, workspace: 1 }, { unique: true });
bindingSchema.index({ account: 1, workspace: 1 });

export const BindingModel = mongoose.model<BindingDoc>('Binding', bindingSchema);

export function toBinding(doc: BindingDoc): Binding {
  const { _id: id, account, workspace, platform, tenant, channel, channelName, purposes, boundBy } = doc;
  const { alertsFrom, room, lostAt } = doc;
  return {
    id,
    account,
    workspace,
    platform,
    tenant,
    channel,
    channelName,
    purposes,
    boundBy,
    ...(alertsFrom && { alertsFrom }),
    ...(room && { room }),
    ...(lostAt && { lostAt }),
  };
}
