import type { UpdateQuery } from 'mongoose';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { removeAll, startAfresh } from './delivery-rows.js';
import { EndpointModel, type EndpointRow, type WhyOff } from './endpoint-model.js';
import type { Met } from './met.js';
import { newSigningSecret } from './sign.js';

export type { WhyOff } from './endpoint-model.js';

/** How long a signing secret that was replaced signs beside the new one. */
export const SECRET_OVERLAP_HOURS = 24;

/** What is known of an endpoint: all but its secrets. */
export interface Endpoint {
  id: string;
  url: string;
  host: string;
  off?: WhyOff;
  offSince?: Date;
  failingSince?: Date;
  failure?: Met;
  lastArrivedAt?: Date;
  /** Until then the secret that was replaced signs too. */
  formerUntil?: Date;
  rotations: number;
}

export interface Of {
  account: AccountId;
  workspace: WorkspaceId;
}

export interface EndpointChange extends Of {
  by: PersonId;
  at: Date;
}

/** Seals and opens texts for one tenant and field, as encryption.ts does. */
export interface Sealing {
  encrypt(plain: string, sealedFor: { tenant: string; field: string }): string;
  decrypt(sealed: string, sealedFor: { tenant: string; field: string }): string;
}

/** What a sealed signing secret belongs to. */
const sealedFor = (account: AccountId, endpoint: string) => ({ tenant: account, field: `webhook:${endpoint}` });

export async function endpointOf({ account, workspace }: Of): Promise<Endpoint | undefined> {
  const row = await endpointRow({ account, workspace });
  return row && toEndpoint(row);
}

export async function endpointRow({ account, workspace }: Of): Promise<EndpointRow | undefined> {
  return (await EndpointModel.findOne({ account, workspace }).lean<EndpointRow>()) ?? undefined;
}

/**
 * Names the workspace's endpoint, or gives it another address: the secret is made with the first one and stays. One
 * that was turned off because nothing arrived is on again.
 */
export function setEndpoint(
  sealing: Sealing,
  change: EndpointChange & { url: URL },
): Promise<{ endpoint: Endpoint; secretOnce?: string }> {
  const { account, workspace, url, by, at } = change;
  return inTransaction(async () => {
    const before = await endpointRow({ account, workspace });
    const detail = { host: url.host };
    if (before) {
      const well = before.off === 'byHand' ? WELL : ON_AND_WELL;
      const endpoint = await update(before, { $set: { url: url.href, setBy: by, setAt: at }, $unset: well });
      await startAfresh({ account, workspace }, at);
      await writeAudit({ account, workspace, by, action: 'webhook.changed', detail, at });
      return { endpoint };
    }
    const _id = newId('wh', at);
    const secretOnce = newSigningSecret();
    const sealedSecret = sealing.encrypt(secretOnce, sealedFor(account, _id));
    const row = { _id, account, workspace, url: url.href, sealedSecret, rotations: 0, setBy: by, setAt: at };
    await new EndpointModel(row).save();
    await writeAudit({ account, workspace, by, action: 'webhook.set', detail, at });
    return { endpoint: toEndpoint(row), secretOnce };
  });
}

/** What went wrong at another address says nothing of the new one. */
const WELL = { failingSince: '', failure: '' } as const;
const ON_AND_WELL = { ...WELL, off: '', offSince: '' } as const;

/**
 * Gives the endpoint another signing secret; for a day both sign. `rotations` is how often it had been replaced when
 * the person looked: undefined where somebody was faster, or there is no endpoint.
 */
export function replaceSecret(
  sealing: Sealing,
  change: EndpointChange & { rotations: number },
): Promise<{ endpoint: Endpoint; secretOnce: string } | undefined> {
  const { account, workspace, rotations, by, at } = change;
  return inTransaction(async () => {
    const before = await endpointRow({ account, workspace });
    if (before?.rotations !== rotations) return undefined;
    const secretOnce = newSigningSecret();
    const until = new Date(at.getTime() + SECRET_OVERLAP_HOURS * 3_600_000);
    const endpoint = await update(before, {
      $set: {
        sealedSecret: sealing.encrypt(secretOnce, sealedFor(account, before._id)),
        former: { sealedSecret: before.sealedSecret, until },
        rotations: rotations + 1,
      },
    });
    const detail = { oldUntil: until.toISOString() };
    await writeAudit({ account, workspace, by, action: 'webhook.secretReplaced', detail, at });
    return { endpoint, secretOnce };
  });
}

/** The secrets that sign at that time, the newest first. */
export function secretsOf(sealing: Sealing, row: EndpointRow, at: Date): string[] {
  const former = row.former && row.former.until > at ? [row.former.sealedSecret] : [];
  return [row.sealedSecret, ...former].map((sealed) => sealing.decrypt(sealed, sealedFor(row.account, row._id)));
}

/** Events go again, first the `waiting` ones. Undefined where it was on, or there is none. */
export function turnOn(change: EndpointChange): Promise<{ endpoint: Endpoint; waiting: number } | undefined> {
  const { account, workspace, by, at } = change;
  return inTransaction(async () => {
    const before = await endpointRow({ account, workspace });
    if (!before?.off) return undefined;
    const endpoint = await update(before, { $unset: ON_AND_WELL });
    const waiting = await startAfresh({ account, workspace }, at);
    await writeAudit({ account, workspace, by, action: 'webhook.turnedOn', at });
    return { endpoint, waiting };
  });
}

/** Nothing is sent any more; what happens waits for 30 days. Undefined where it was off already, or there is none. */
export function turnOff(change: EndpointChange & { why: WhyOff }): Promise<Endpoint | undefined> {
  const { account, workspace, why, by, at } = change;
  return inTransaction(async () => {
    const before = await endpointRow({ account, workspace });
    if (!before || before.off) return undefined;
    const endpoint = await update(before, { $set: { off: why, offSince: at } });
    await writeAudit({ account, workspace, by, action: 'webhook.turnedOff', detail: { why }, at });
    return endpoint;
  });
}

/** The endpoint goes, and with it what waited for it and its log. Undefined where there is none. */
export function removeEndpoint(change: EndpointChange): Promise<Endpoint | undefined> {
  const { account, workspace, by, at } = change;
  return inTransaction(async () => {
    const row = await EndpointModel.findOneAndDelete({ account, workspace }).lean<EndpointRow>();
    if (!row) return undefined;
    const endpoint = toEndpoint(row);
    await removeAll({ account, workspace });
    await writeAudit({ account, workspace, by, action: 'webhook.removed', detail: { host: endpoint.host }, at });
    return endpoint;
  });
}

async function update({ _id, account, workspace }: EndpointRow, change: UpdateQuery<EndpointRow>): Promise<Endpoint> {
  const row = await EndpointModel.findOneAndUpdate({ _id, account, workspace }, change, { returnDocument: 'after' })
    .lean<EndpointRow>()
    .orFail();
  return toEndpoint(row);
}

function toEndpoint(row: EndpointRow): Endpoint {
  const { _id: id, url, off, offSince, failingSince, failure, lastArrivedAt, former, rotations } = row;
  return {
    id,
    url,
    host: new URL(url).host,
    rotations,
    ...(off && { off }),
    ...(offSince && { offSince }),
    ...(failingSince && { failingSince }),
    ...(failure && { failure }),
    ...(lastArrivedAt && { lastArrivedAt }),
    ...(former && { formerUntil: former.until }),
  };
}
