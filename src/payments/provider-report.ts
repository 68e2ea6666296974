import type { ProviderMovement, ProviderReport } from '../ledger/verify-clearing.js';
import { type Movement, type Payment, type PaymentProvider, ProviderMissing } from './provider.js';
import { keyOf } from './reversal-steps.js';
import { suspenseWallet } from './suspense.js';
import { parseReference } from './top-up.js';

const WINDOW_MS = 86_400_000;

/**
 * The provider's account of our money as the verifier reads it: asked of the provider alone, with nothing of what we
 * wrote down ourselves. Payments without our marks, or of another mode, are none of ours.
 */
export function createProviderReport(
  provider: Pick<PaymentProvider, 'livemode' | 'movements' | 'payment'>,
): ProviderReport {
  return async function* report({ from, to, account }) {
    for (let start = from; start < to; start = new Date(start.getTime() + WINDOW_MS)) {
      const end = new Date(Math.min(start.getTime() + WINDOW_MS, to.getTime()));
      const payments = new Map<string, Payment | undefined>();
      for (const movement of await provider.movements({ from: start, to: end })) {
        const { payment: id } = movement;
        if (!payments.has(id)) payments.set(id, await paymentOf(provider, id));
        const payment = payments.get(id);
        if (!payment?.account || payment.livemode !== provider.livemode) continue;
        if (account !== undefined && payment.account !== account) continue;
        yield toProviderMovement(movement, payment, payment.account);
      }
    }
  };
}

async function paymentOf(provider: Pick<PaymentProvider, 'payment'>, id: string): Promise<Payment | undefined> {
  try {
    return await provider.payment(id);
  } catch (error) {
    if (error instanceof ProviderMissing) return undefined;
    throw error;
  }
}

/** In the workspace's wallet, or in suspense, where a payment that could not be credited goes by its own name. */
function toProviderMovement(movement: Movement, payment: Payment, account: string): ProviderMovement {
  const { kind, providerId, amountMinor, currency, at } = movement;
  const { workspace } = payment;
  const topUp = payment.topUp && parseReference(payment.topUp)?.id;
  const [credited, suspended] =
    kind === 'taken'
      ? [topUp && `topup:${topUp}`, `topup:${payment.id}`]
      : [keyOf(kind, providerId), keyOf(kind, providerId)];
  return {
    account,
    name: `${kind} ${providerId}`,
    places: [
      ...(workspace && credited ? [{ wallet: workspace, key: credited }] : []),
      { wallet: suspenseWallet(account, payment.currency), key: suspended },
    ],
    amountMinor,
    currency,
    at,
  };
}
