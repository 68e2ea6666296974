import type { ProviderMovement, ProviderReport } from '../ledger/verify-clearing.js';
import { createPaymentLookUp } from './payment-look-up.js';
import type { Movement, Payment, PaymentProvider } from './provider.js';
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
      const payments = createPaymentLookUp(provider);
      for (const movement of await provider.movements({ from: start, to: end })) {
        const payment = await payments(movement.payment);
        if (!payment?.account || payment.livemode !== provider.livemode) continue;
        if (account !== undefined && payment.account !== account) continue;
        yield toProviderMovement(movement, payment, payment.account);
      }
    }
  };
}

function toProviderMovement(movement: Movement, payment: Payment, account: string): ProviderMovement {
  const { kind, providerId, amountMinor, currency, at } = movement;
  const places = placesOf(movement, { ...payment, account });
  return { account, name: `${kind} ${providerId}`, places, amountMinor, currency, at };
}

/**
 * Where our line of a movement may be: in suspense, where a payment goes by its own name, else in the workspace's wallet
 * by its top-up's. Suspense comes first: a second payment of one top-up is there, while the first stands in the wallet.
 */
export function placesOf(
  { kind, providerId }: Movement,
  { id, account, workspace, topUp, currency }: Payment & { account: string },
): ProviderMovement['places'] {
  const suspense = suspenseWallet(account, currency);
  const credited = topUp && parseReference(topUp)?.id;
  const [inSuspense, inWallet] =
    kind === 'taken'
      ? [`topup:${id}`, credited && `topup:${credited}`]
      : [keyOf(kind, providerId), keyOf(kind, providerId)];
  const wallet = workspace && inWallet ? [{ wallet: workspace, key: inWallet }] : [];
  return [{ wallet: suspense, key: inSuspense }, ...wallet];
}
