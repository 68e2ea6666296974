import type { Licence, Plan } from './entities.js';

/** How many people of each licence an account of a plan may have. */
export const SEATS: Readonly<Record<Plan, Readonly<Record<Licence, number>>>> = {
  free: { standard: 3, pro: 0 },
  teams: { standard: 5, pro: 2 },
  enterprise: { standard: 10_000, pro: 1_000 },
};
