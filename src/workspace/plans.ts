import type { Minor } from '../ledger/entry.js';
import { type Licence, type Plan, PLANS } from './entities.js';

/** How many people of each licence an account of a plan may have. */
export const SEATS: Readonly<Record<Plan, Readonly<Record<Licence, number>>>> = {
  free: { standard: 3, pro: 0 },
  teams: { standard: 5, pro: 2 },
  enterprise: { standard: 10_000, pro: 1_000 },
};

/** What a plan costs a month, by currency. Where none stands, the price is agreed with support. */
const PRICES: Readonly<Record<Exclude<Plan, 'free'>, Readonly<Record<string, Minor>>>> = {
  teams: { GBP: 4_900, EUR: 5_900, USD: 5_900 },
  enterprise: { GBP: 49_000, EUR: 59_000, USD: 59_000 },
};

/** A month of the plan in minor units of that currency; undefined where no price is listed in it. */
export function planPriceMinor(plan: Plan, currency: string): Minor | undefined {
  return plan === 'free' ? 0 : PRICES[plan][currency];
}

/** The next larger plan with more seats of that licence. */
export function nextPlan(plan: Plan, licence: Licence): { plan: Plan; seats: number } | undefined {
  const larger = PLANS.slice(PLANS.indexOf(plan) + 1).find((one) => SEATS[one][licence] > SEATS[plan][licence]);
  return larger && { plan: larger, seats: SEATS[larger][licence] };
}
