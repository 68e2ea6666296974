import type { Minor } from '../../ledger/entry.js';
import type { ChatOrigin } from '../../workspace/chat-origin.js';
import type { AccountId, PersonId, WorkspaceId } from '../../workspace/entities.js';
import type { AutomaticCause, CardLabel, TopUpId } from '../top-up.js';
import type { TaxLine, TaxRate } from './taxes.js';

export type ReceiptId = string;

/** Who sells or buys, as the document names them. */
export interface Party {
  name: string;
  address: readonly string[];
  taxId?: string;
}

export interface Seller extends Party {
  /** Contained in every amount that is paid. */
  taxes: readonly TaxRate[];
}

/**
 * receipt: for a payment. creditNote: for money that went back, correcting the payment's receipt. reinstated: for a
 * refund that did not reach the payer, correcting its credit note.
 */
export const RECEIPT_KINDS = ['receipt', 'creditNote', 'reinstated'] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/** A document about money, frozen when it was issued: whatever is renamed or set otherwise later, it says the same. */
export interface Receipt {
  id: ReceiptId;
  account: AccountId;
  workspace: WorkspaceId;
  kind: ReceiptKind;
  /** 1, 2, 3 … without gaps in the account, for documents of every kind. */
  number: number;
  /** The number as people write it: `K3F9QZ-000001`. */
  label: string;
  /** What it is about: `topup:tu_1`, or a reversal's id. One document each. */
  source: string;
  seller: Party;
  buyer: Party;
  workspaceName: string;
  /** Above zero, also where it went back; netMinor and the taxes add up to it. */
  totalMinor: Minor;
  netMinor: Minor;
  taxes: readonly TaxLine[];
  currency: string;
  topUp: TopUpId;
  /** What the document corrects. */
  corrects?: { receipt: ReceiptId; label: string };
  /** Why money went back. */
  reason?: 'refund' | 'dispute';
  paid: { method: 'page' | 'card'; card?: CardLabel; automatic?: AutomaticCause['kind']; providerId?: string };
  by: { person: PersonId; name: string };
  /** Its line in the workspace's ledger. */
  entry: { key: string; sequence: number };
  origin?: ChatOrigin;
  /** Of the dates on it. */
  zone: string;
  /** When the money moved. */
  movedAt: Date;
  /** Never before an earlier number's. */
  issuedAt: Date;
}

/** The account's series and the number in it: `K3F9QZ-000001`. Accounts have series of their own, so that each is without gaps. */
export function labelOf(account: AccountId, number: number): string {
  return `${account.slice(-6).toUpperCase()}-${String(number).padStart(6, '0')}`;
}

/** How a document's label looks, in any case. */
export const LABEL = /^[0-9a-z]{6}-\d{6,9}$/i;
