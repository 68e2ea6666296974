import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Licence } from '../../workspace/entities.js';
import { count } from '../parts.js';
import { planName } from '../workspaces/plan-words.js';

/** The plan that has more seats, and what it costs a month. */
export interface LargerPlan {
  plan: string;
  seats: number;
  priceMinor?: Minor;
  currency: string;
}

/** `2 pro seats free.`, or what more of them would cost. */
export function seatWords(licence: Licence, free: number, next: LargerPlan | undefined): string {
  const words = `${count(free, `${licence} seat`)} free.`;
  if (!next || free > 0) return words;
  const price = next.priceMinor === undefined ? '' : ` for ${readersMoney(next.priceMinor, next.currency)} a month`;
  return `${words} The ${planName(next.plan)} plan has ${next.seats.toLocaleString('en-GB')}${price}.`;
}

/** Where fewer are free than people are to come. */
export function tooFewSeats(of: {
  licence: Licence;
  free: number;
  wanted: number;
  next: LargerPlan | undefined;
}): string {
  const { licence, free, wanted, next } = of;
  const short = free === 0 ? `No ${licence} seat is free now` : `There are seats for ${free} of the ${wanted}`;
  if (!next) return `${short}.`;
  const price = next.priceMinor === undefined ? '' : `, ${readersMoney(next.priceMinor, next.currency)} a month`;
  return `${short}. More come with the ${planName(next.plan)} plan${price}.`;
}
