import { cancelCharge, type ChargeDeps, ensureCharge } from './charge.js';
import { awaitsCharge, type TopUpRow } from './models.js';
import { ensurePage, type PageDeps } from './open-page.js';
import { settleCheckout } from './settle.js';
import { ENDED } from './top-up.js';

/**
 * Brings a top-up to where the provider has it now, and does what it still needs: a page, a charge, or the page that
 * takes the place of a charge. May be repeated, by anybody, at any time; a top-up that has ended is only looked at.
 */
export function createBringUpToDate(
  deps: ChargeDeps & PageDeps & { onNews: () => void },
): (row: TopUpRow, at: Date) => Promise<TopUpRow> {
  return async (row, at) => {
    const charged = awaitsCharge(row) ? await ensureCharge(deps, row, at) : row;
    const now = awaitsCharge(charged) ? charged : await bringPageUpToDate(deps, charged, at);
    if (ENDED.includes(now.state)) deps.onNews();
    return now;
  };
}

async function bringPageUpToDate(deps: ChargeDeps & PageDeps, row: TopUpRow, at: Date): Promise<TopUpRow> {
  if (row.state === 'open' && row.needsCardholder && !row.askedAt) {
    const canceled = await cancelCharge(deps, row, at);
    if (canceled !== 'canceled') return canceled;
  }
  const paged = await ensurePage(deps, row, at);
  if (!paged.checkoutId) return paged;
  return settleCheckout(deps, paged, await deps.provider.checkout(paged.checkoutId), at);
}
