import { beforeEach, describe, expect, it } from '@jest/globals';
import { createSandbox } from '../../../src/payments/sandbox/sandbox.js';
import { refusal, useStripeClient } from './stripe-client.js';

const { stripe, customer } = useStripeClient();
const names = (list: { data: { description: string | null }[] }) => list.data.map(({ description }) => description);
const ids: string[] = [];

beforeEach(async () => {
  ids.length = 0;
  for (const description of ['1', '2', '3', '4', '5']) {
    const intent = await stripe().paymentIntents.create({
      amount: 500,
      currency: 'gbp',
      customer: customer(),
      description,
    });
    ids.push(intent.id);
  }
});

describe('a list', () => {
  it('is newest first, and goes on and back by the cursor', async () => {
    const { paymentIntents } = stripe();
    const first = await paymentIntents.list({ limit: 2 });
    expect([names(first), first.has_more]).toEqual([['5', '4'], true]);
    const next = await paymentIntents.list({ limit: 2, starting_after: first.data[1]!.id });
    expect([names(next), next.has_more]).toEqual([['3', '2'], true]);
    const last = await paymentIntents.list({ limit: 2, starting_after: next.data[1]!.id });
    expect([names(last), last.has_more]).toEqual([['1'], false]);
    const back = await paymentIntents.list({ limit: 2, ending_before: last.data[0]!.id });
    expect([names(back), back.has_more]).toEqual([['3', '2'], true]);
    expect(names(await paymentIntents.list({ limit: 5, ending_before: ids[3]! }))).toEqual(['5']);
  });

  it('is walked through by the client page by page', async () => {
    const seen: (string | null)[] = [];
    for await (const { description } of stripe().paymentIntents.list({ limit: 2 })) seen.push(description);
    expect(seen).toEqual(['5', '4', '3', '2', '1']);
  });

  it('keeps to one customer and to a time', async () => {
    const other = await stripe().customers.create({});
    expect(names(await stripe().paymentIntents.list({ customer: other.id }))).toEqual([]);
    const { created } = await stripe().paymentIntents.retrieve(ids[0]!);
    const during = async (of: object) => names(await stripe().paymentIntents.list({ created: of })).length;
    expect(await during({ gte: created, lte: created + 60 })).toBe(5);
    expect(await during({ gt: created + 60 })).toBe(0);
    expect(await during({ lt: created })).toBe(0);
  });

  it('is refused with a cursor, a length or a filter that it does not know', async () => {
    for (const wrong of [{ starting_after: 'pi_0' }, { limit: 101 }, { limit: 0 }])
      expect(await refusal(stripe().paymentIntents.list(wrong))).toMatchObject({ statusCode: 400 });
    const unknown = { limit: 1, metadata: { a: '1' } };
    expect(await refusal(stripe().paymentIntents.list(unknown))).toMatchObject({ code: 'parameter_unknown' });
  });

  it('of events keeps to types, or to a kind', async () => {
    await stripe().paymentIntents.cancel(ids[0]!);
    const typesOf = async (of: object) =>
      (await stripe().events.list({ limit: 100, ...of })).data.map(({ type }) => type);
    const kept = await typesOf({ types: ['payment_intent.canceled', 'customer.created'] });
    expect(kept).toEqual(['payment_intent.canceled', 'customer.created']);
    expect(new Set(await typesOf({ type: 'payment_intent.*' }))).toEqual(
      new Set(['payment_intent.canceled', 'payment_intent.created']),
    );
    expect(await typesOf({ delivery_success: true })).toEqual([]);
  });
});

describe('what is expanded', () => {
  it('stands in place of its id, also inside lists', async () => {
    const list = await stripe().paymentIntents.list({ limit: 1, expand: ['data.customer'] });
    expect(list.data[0]).toMatchObject({ customer: { id: customer(), object: 'customer' } });
    expect(await refusal(stripe().paymentIntents.retrieve(ids[0]!, { expand: ['nonsense'] }))).toMatchObject({
      statusCode: 400,
      param: 'expand',
    });
  });
});

describe('an address or key that is wrong', () => {
  it('is refused', async () => {
    expect(await refusal(stripe().paymentIntents.retrieve('constructor'))).toMatchObject({ code: 'resource_missing' });
    expect(await refusal(stripe().products.list())).toMatchObject({ statusCode: 404 });
    expect(await refusal(stripe().customers.del(customer()))).toMatchObject({ statusCode: 404 });
    expect(await refusal(stripe().customers.list({}, { apiKey: 'sk_test_other' }))).toMatchObject({
      type: 'StripeAuthenticationError',
    });
  });

  it('is not there for a session of a sandbox that never was', () => {
    const other = createSandbox({ secretKey: 'k', webhookSecret: 's', webhookUrl: 'http://127.0.0.1:9', payUrl: 'x' });
    expect([other.session('__proto__'), other.receipt('constructor'), other.portal.view('toString')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
