/** What a workspace's endpoint hears of. Names and data are part of the public contract: README lists them. */
export const EVENT_TYPES = [
  'balance.low',
  'balance.empty',
  'balance.recovered',
  'topup.succeeded',
  'topup.failed',
  'campaign.started',
  'campaign.ended',
  'member.joined',
  'member.suspended',
  'member.reactivated',
  'member.removed',
  'member.left',
  'member.roleChanged',
  'member.licenceChanged',
  'workspace.disabled',
  'workspace.enabled',
  'workspace.handedOver',
  'webhook.test',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** What an event tells: plain JSON. Amounts are in minor units, end in `Minor`, and have their `currency` beside them. */
export type EventData = Readonly<Record<string, Value>>;
