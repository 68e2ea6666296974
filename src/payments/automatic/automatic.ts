import type { Minor } from '../../ledger/entry.js';
import type { AccountId, PersonId, WorkspaceId } from '../../workspace/entities.js';
import type { Period } from './schedule.js';

/** Auto top-up: when what is available falls below `belowMinor`, `addMinor` is added, as often as closes the gap. */
export interface Below {
  belowMinor: Minor;
  addMinor: Minor;
  /** What auto top-up adds at most in a calendar month. */
  monthlyMaxMinor?: Minor;
}

/** Monthly recharge, on that day of the month; a day that the month lacks is its last one. */
export interface Monthly {
  amountMinor: Minor;
  /** 1 to 31. */
  day: number;
}

export type AutomaticKind = 'below' | 'monthly';

/**
 * person: somebody paused. declined: the last try was declined. cardRefused: the bank will not take this card again.
 * cardholder: the bank wants the cardholder there. noCard: no card is saved. setAside: money came that does not fit.
 * wentBack: the balance is below only because money went back to its payer. handedOver: primary ownership changed hands,
 * and with it whose card pays.
 */
export const PAUSE_REASONS = [
  'person',
  'declined',
  'cardRefused',
  'cardholder',
  'noCard',
  'setAside',
  'wentBack',
  'handedOver',
] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** Why nothing is charged any more though nobody meant it so. */
export type StopReason = Exclude<PauseReason, 'person' | 'handedOver'>;

export interface Pause {
  why: PauseReason;
  at: Date;
  /** Who paused, where a person did. */
  by?: PersonId;
  /** The provider's id of the card that did not work: another one lets payments go on. */
  card?: string;
}

/** One charge that was decided upon and whose end is not known yet. */
export interface Charge {
  kind: AutomaticKind;
  /** What it is for: `below:<episode>` or `monthly:<month>`. Charged once. */
  cause: string;
  /** Of this try: the top-up's and the provider's idempotency key come from it. */
  key: string;
  amountMinor: Minor;
  /** Whom the top-up names: who turned automatic payments on. */
  by: PersonId;
  card: string;
  /** The month that it counts in. */
  period: Period;
  plannedAt: Date;
}

/** A workspace's automatic payments: what people set, and how it stands. */
export interface Automatic {
  account: AccountId;
  workspace: WorkspaceId;
  /** Who set it last. */
  by: PersonId;
  below?: Below;
  monthly?: Monthly;
  paused?: Pause;
  charge?: Charge;
  /** Tries so far, of whatever cause: makes each try's key its own. */
  attempts: number;
  /** Times that the balance fell below and was charged for. */
  episode: number;
  /** Declined in a row; a charge that went through, or a person, sets it back. */
  declines: number;
  /** The last decline, as long as nothing went through since. `card` is the provider's id of the card. */
  lastDecline?: { code: string; card: string };
  /** Before then nothing is tried again. */
  nextTryAt?: Date;
  /** The month whose recharge was declined and is to be tried again. */
  owed?: Period;
  /** The last month whose recharge was begun, or left out for good. */
  recharged?: Period;
  /** When the next recharge is due. */
  rechargeAt?: Date;
  /** What auto top-up has added, or is adding, in that month. */
  tally: { period: Period; minor: Minor };
  /** What went back to payers from then on nobody has said to charge for again. */
  goneBackSince?: Date;
  /** The month whose maximum people were told of. */
  maximumTold?: Period;
}

/** Something that people are to hear of, under an id derived from its cause. */
export type AutomaticEvent = { id: string; account: AccountId; workspace: WorkspaceId } & (
  | {
      kind: 'declined';
      charge: Pick<Charge, 'kind' | 'amountMinor'>;
      code: string;
      nextTryAt: Date;
      triesLeft: number;
    }
  | {
      kind: 'stopped';
      why: StopReason;
      charge?: Pick<Charge, 'kind' | 'amountMinor'>;
      code?: string;
      /** Where the cardholder can pay this charge. */
      url?: string;
    }
  | { kind: 'maximumReached'; maximumMinor: Minor; belowMinor: Minor; againAt: Date }
  | { kind: 'rechargeMissed'; amountMinor: Minor; dueAt: Date; nextAt: Date }
  | { kind: 'resumedByCard' }
);
