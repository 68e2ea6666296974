import { beforeEach } from '@jest/globals';
import { createPayments, type Payments } from '../../src/payments/payments.js';
import type { Sandbox } from '../../src/payments/sandbox/sandbox.js';
import { createStripeProvider } from '../../src/payments/stripe.js';
import { GOOD_CARD, SECRET_KEY, useProduct, useSandbox, WEBHOOK_SECRET } from '../payments/harness.js';
import type { Office } from './harness.js';

export interface Paying {
  sandbox(): Sandbox;
  payments(): Payments;
  /** Saves a card for Marketing at the provider; one that no bank would let be saved is made bad afterwards. */
  saveCard(number?: string): Promise<void>;
  /** How many charges went through. */
  charged(): number;
}

/** Gives the office the real payments, on a sandbox over HTTP. After `useOffice`. */
export function usePaying(office: () => Office): Paying {
  let payments: Payments | undefined;
  const product = useProduct((app) => {
    app.use((request, response, next) => payments?.routes(request, response, next));
  });
  const { sandbox, apiUrl } = useSandbox(product);
  beforeEach(() => {
    payments = createPayments({
      provider: createStripeProvider({ secretKey: SECRET_KEY, webhookSecrets: [WEBHOOK_SECRET], apiUrl: apiUrl() }),
      ledger: office().services.ledger,
      publicUrl: product(),
      log: { error: () => undefined },
    });
    office().services.payments = payments;
  });
  return {
    sandbox,
    payments: () => payments!,
    async saveCard(number = GOOD_CARD.number) {
      const { account, marketing } = office().acme;
      await payments!.portal({ account: account.id, workspace: marketing.id, at: office().at });
      const [customer] = Object.keys(sandbox().store.state.customers);
      const { id } = sandbox().saveCard(customer!, GOOD_CARD);
      sandbox().store.state.cardNumbers[id] = number;
    },
    charged: () =>
      Object.values(sandbox().store.state.paymentIntents).filter(({ status }) => status === 'succeeded').length,
  };
}
