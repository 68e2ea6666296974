import { createHmac } from 'node:crypto';
import type { PaymentProvider } from '../../src/payments/provider.js';

/** What the cases of one provider share: a customer, a saved card and a payment that are there. */
export interface Fixture {
  provider: PaymentProvider;
  customer: string;
  card: string;
  /** Saved too, but its bank refuses every charge. */
  refusedCard: string;
  /** Saved too, but its bank wants its holder for every charge. */
  askingCard: string;
  /** Paid on `checkout`. */
  payment: string;
  checkout: string;
  webhookSecret: string;
}

export interface AdapterCase {
  /** How the port's method is called, in every way that asks something else of the provider. */
  calls: readonly ((fixture: Fixture) => Promise<unknown>)[];
  /** It asks the provider nothing. */
  offline?: true;
}

/** Times that lie in every test run. */
const SINCE = new Date(Date.now() - 60 * 60 * 1000);
const UNTIL = new Date(Date.now() + 60 * 1000);

const checkoutOrder = ({ customer }: Fixture, topUp = 'acc_1.tu_1') => ({
  topUp,
  account: 'acc_1',
  workspace: 'ws_1',
  customer,
  amountMinor: 10_000,
  currency: 'GBP',
  description: 'Balance for Marketing',
  successUrl: 'https://workspaces.example.com/payments/return?top_up=acc_1.tu_1',
  cancelUrl: 'https://workspaces.example.com/payments/return?top_up=acc_1.tu_1&left=1',
});

const chargeOrder = (fixture: Fixture, topUp: string, card: string, monthly: boolean) => {
  const { successUrl: _success, cancelUrl: _cancel, ...order } = checkoutOrder(fixture, topUp);
  return { ...order, card, monthly };
};

/** Every member of the port; one that is missing here is a failure of the run. */
export const ADAPTER_CASES: Readonly<Record<keyof PaymentProvider, AdapterCase>> = {
  livemode: { offline: true, calls: [async ({ provider }) => mustBe(provider.livemode, false)] },
  createCustomer: {
    calls: [
      ({ provider }) =>
        provider.createCustomer({ account: 'acc_1', workspace: 'ws_2', name: 'Support', key: 'customer:ws_2' }),
    ],
  },
  openCheckout: { calls: [(fixture) => fixture.provider.openCheckout(checkoutOrder(fixture), 'open:1')] },
  checkout: { calls: [({ provider, checkout }) => provider.checkout(checkout)] },
  findCheckout: {
    calls: [
      ({ provider, customer }) => provider.findCheckout({ topUp: 'acc_1.tu_1', customer, since: SINCE }),
      ({ provider, customer, checkout }) =>
        provider.findCheckout({ topUp: 'acc_1.tu_1', customer, since: SINCE, except: checkout }),
    ],
  },
  expireCheckout: {
    calls: [
      async (fixture) => {
        const { id } = await fixture.provider.openCheckout(checkoutOrder(fixture, 'acc_1.tu_2'), 'open:2');
        await fixture.provider.expireCheckout(id);
      },
    ],
  },
  cards: { calls: [({ provider, customer }) => provider.cards(customer)] },
  keepCard: { calls: [({ provider, customer, payment }) => provider.keepCard({ customer, payment })] },
  openPortal: {
    calls: [false, true].map(
      (update) =>
        ({ provider, customer }: Fixture) =>
          provider.openPortal({ customer, returnUrl: 'https://workspaces.example.com/payments/return', update }),
    ),
  },
  charge: {
    calls: [
      (fixture) => fixture.provider.charge(chargeOrder(fixture, 'acc_1.tu_3', fixture.card, false), 'charge:3'),
      (fixture) => fixture.provider.charge(chargeOrder(fixture, 'acc_1.tu_4', fixture.card, true), 'charge:4'),
      (fixture) => fixture.provider.charge(chargeOrder(fixture, 'acc_1.tu_5', fixture.refusedCard, true), 'charge:5'),
      (fixture) => fixture.provider.charge(chargeOrder(fixture, 'acc_1.tu_6', fixture.askingCard, true), 'charge:6'),
    ],
  },
  payment: { calls: [({ provider, payment }) => provider.payment(payment)] },
  findPayment: {
    calls: [({ provider, customer }) => provider.findPayment({ topUp: 'acc_1.tu_3', customer, since: SINCE })],
  },
  cancelPayment: { calls: [({ provider, payment }) => provider.cancelPayment(payment)] },
  reversalsOf: { calls: [({ provider, payment }) => provider.reversalsOf(payment)] },
  receiptUrl: { calls: [({ provider, payment }) => provider.receiptUrl(payment)] },
  events: { calls: [({ provider }) => provider.events({ from: SINCE, to: UNTIL })] },
  movements: { calls: [({ provider }) => provider.movements({ from: SINCE, to: UNTIL })] },
  readWebhook: { offline: true, calls: [readsWebhook] },
  // The last one: the others need the card.
  detachCard: { calls: [({ provider, card }) => provider.detachCard(card)] },
};

async function readsWebhook({ provider, webhookSecret }: Fixture): Promise<void> {
  const at = new Date();
  const seconds = Math.floor(at.getTime() / 1000);
  const object = { id: 'cs_1', object: 'checkout.session', client_reference_id: 'acc_1.tu_1' };
  const event = {
    id: 'evt_1',
    object: 'event',
    type: 'checkout.session.completed',
    created: seconds,
    data: { object },
  };
  const body = JSON.stringify(event);
  const signature = createHmac('sha256', webhookSecret).update(`${seconds}.${body}`).digest('hex');
  mustBe(provider.readWebhook(Buffer.from(body), `t=${seconds},v1=${signature}`, at)?.checkout, 'cs_1');
}

function mustBe(is: unknown, wanted: unknown): void {
  if (is !== wanted) throw new Error(`is ${String(is)}, not ${String(wanted)}`);
}
