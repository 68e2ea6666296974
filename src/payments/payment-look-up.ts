import { type Payment, type PaymentProvider, ProviderMissing } from './provider.js';

/** Asks the provider for each payment once; undefined where it has none of that name. */
export function createPaymentLookUp(
  provider: Pick<PaymentProvider, 'payment'>,
): (id: string) => Promise<Payment | undefined> {
  const known = new Map<string, Promise<Payment | undefined>>();
  return (id) => {
    const asked =
      known.get(id) ??
      provider.payment(id).catch((error: unknown) => {
        if (error instanceof ProviderMissing) return undefined;
        throw error;
      });
    known.set(id, asked);
    return asked;
  };
}
