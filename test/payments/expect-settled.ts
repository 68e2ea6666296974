import { expect } from '@jest/globals';
import { balance, sandbox, suspended } from './top-up-world.js';

/** What the provider has of us is what the wallet and the suspense wallet have of it, to the last unit. */
export async function expectSettled(currency = 'GBP'): Promise<void> {
  const ours = ((await balance()) ?? 0) + ((await suspended(currency)) ?? 0);
  expect(ours).toBe(sandbox().truth().balanceMinor[currency] ?? 0);
}
