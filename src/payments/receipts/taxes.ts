import type { Minor } from '../../ledger/entry.js';

/** `rateMilli` is in thousandths of a percent: 20,000 is 20 %. */
export interface TaxRate {
  name: string;
  rateMilli: number;
}

export interface TaxLine extends TaxRate {
  taxMinor: Minor;
}

export interface Taxed {
  netMinor: Minor;
  taxes: readonly TaxLine[];
}

/** 100 % in thousandths of a percent. */
const WHOLE = 100_000n;

/**
 * What of an amount paid is net, and what is each tax, to the last unit. All taxes together are rounded half up, and so
 * is each running sum of them: the parts always add up to the amount.
 */
export function taxesIn(totalMinor: Minor, rates: readonly TaxRate[]): Taxed {
  const total = BigInt(totalMinor);
  const sumMilli = rates.reduce((sum, { rateMilli }) => sum + rateMilli, 0);
  const contained = (rateMilli: number) => halfUp(total * BigInt(rateMilli), WHOLE + BigInt(sumMilli));
  let before = 0;
  const taxes = rates.map((rate) => {
    const after = before + rate.rateMilli;
    const taxMinor = Number(contained(after) - contained(before));
    before = after;
    return { ...rate, taxMinor };
  });
  return { netMinor: totalMinor - Number(contained(sumMilli)), taxes };
}

/**
 * The taxes of a part that goes back of an amount of which some has gone back before: several parts that make up the
 * whole have exactly its taxes.
 */
export function taxesInPart(part: { backMinor: Minor; beforeMinor: Minor }, rates: readonly TaxRate[]): Taxed {
  const after = taxesIn(part.beforeMinor + part.backMinor, rates);
  const before = taxesIn(part.beforeMinor, rates);
  return {
    netMinor: after.netMinor - before.netMinor,
    taxes: after.taxes.map((line, index) => ({ ...line, taxMinor: line.taxMinor - before.taxes[index]!.taxMinor })),
  };
}

/** Of numbers not below zero. */
function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
