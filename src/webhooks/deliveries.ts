import mongoose from 'mongoose';
import { inTransaction } from '../mongo.js';
import { writeAudit } from '../workspace/audit.js';
import { DeliveryModel, type DeliveryRow, type DeliveryState } from './delivery-model.js';
import type { EndpointChange, Of } from './endpoints.js';
import type { EventType } from './event-types.js';
import type { Met } from './met.js';

/** A line of the delivery log. */
export interface Delivery {
  id: string;
  type: EventType;
  state: DeliveryState;
  at: Date;
  tries: number;
  lastMet?: Met;
  /** When it goes again. */
  dueAt?: Date;
}

/** A test that failed said so to whoever pressed the button. */
const GIVEN_UP: { state: DeliveryState; type: { $ne: EventType } } = {
  state: 'failed',
  type: mongoose.trusted({ $ne: 'webhook.test' }),
};

export interface DeliveryQuery extends Of {
  states?: readonly DeliveryState[];
  types?: readonly EventType[];
  offset: number;
  limit: number;
}

/** A page of what went to the workspace's endpoint in the last 30 days, the newest first; one more than `limit` tells of another page. */
export async function deliveriesOf(query: DeliveryQuery): Promise<Delivery[]> {
  const { account, workspace, states, types, offset, limit } = query;
  const rows = await DeliveryModel.find({
    account,
    workspace,
    ...(states && { state: mongoose.trusted({ $in: [...states] }) }),
    ...(types && { type: mongoose.trusted({ $in: [...types] }) }),
  })
    .sort({ queuedAt: -1, _id: -1 })
    .skip(offset)
    .limit(limit)
    .lean<DeliveryRow[]>();
  return rows.map(toDeliveryLine);
}

/** How many events wait for the endpoint, and how many were given up. */
export async function waitingFor({ account, workspace }: Of): Promise<{ waiting: number; failed: number }> {
  const [waiting, failed] = await Promise.all([
    DeliveryModel.countDocuments({ account, workspace, state: mongoose.trusted({ $in: ['pending', 'sending'] }) }),
    DeliveryModel.countDocuments({ account, workspace, ...GIVEN_UP }),
  ]);
  return { waiting, failed };
}

/** Sends an event again that was given up, with all its tries. Undefined where there is no such event. */
export function sendAgain(change: EndpointChange & { id: string }): Promise<Delivery | undefined> {
  const { account, workspace, id, by, at } = change;
  return inTransaction(async () => {
    const row = await DeliveryModel.findOneAndUpdate(
      { _id: id, account, workspace, state: 'failed' },
      { $set: { state: 'pending', dueAt: at, tries: 0 } },
      { returnDocument: 'after' },
    ).lean<DeliveryRow>();
    if (!row) return undefined;
    await writeAudit({ account, workspace, by, action: 'webhook.sentAgain', detail: { type: row.type }, at });
    return toDeliveryLine(row);
  });
}

/** The same for all that were given up; resolves with how many. */
export function sendAllAgain({ account, workspace, by, at }: EndpointChange): Promise<number> {
  return inTransaction(async () => {
    const { modifiedCount } = await DeliveryModel.updateMany(
      { account, workspace, ...GIVEN_UP },
      { $set: { state: 'pending', dueAt: at, tries: 0 } },
    );
    if (modifiedCount === 0) return 0;
    await writeAudit({ account, workspace, by, action: 'webhook.sentAgain', detail: { events: modifiedCount }, at });
    return modifiedCount;
  });
}

function toDeliveryLine({ _id, type, state, at, tries, lastMet, dueAt }: DeliveryRow): Delivery {
  return {
    id: _id,
    type,
    state,
    at,
    tries,
    ...(lastMet && { lastMet }),
    ...(state === 'pending' && tries > 0 && { dueAt }),
  };
}
