import { thingOf } from '../fakes/slack/json.js';
import type { Json } from '../fakes/slack/world.js';
import type { Product } from './product.js';

/** Pays on the sandbox's page, as its form does; resolves with the page that follows. */
export async function pay(url: string, number = '4242 4242 4242 4242'): Promise<string> {
  const body = new URLSearchParams({ number, expiry: '12 / 34', cvc: '123' });
  return (await fetch(url, { method: 'POST', body })).text();
}

/** Reveals an API key on its one-time page, by the button there. */
export async function revealKey(url: string): Promise<string> {
  const page = await (await fetch(url, { method: 'POST' })).text();
  const key = /wsk_\w+/.exec(page)?.[0];
  if (!key) throw new Error(`no key on the page: ${page}`);
  return key;
}

/** Reports usage as the messaging engine does; answers the balance after it, in minor units. */
export async function spend(product: Product, key: string, amountsMinor: readonly number[]): Promise<unknown> {
  const events = amountsMinor.map((amountMinor, index) => {
    return { id: `${index}-${amountMinor}`, item: 'sms', amountMinor, resource: 'Autumn' };
  });
  const response = await fetch(`${product.url}/v1/usage/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  if (!response.ok) throw new Error(`usage answered ${response.status}: ${await response.text()}`);
  const answer: Json = JSON.parse(await response.text());
  return thingOf(answer)['balanceMinor'];
}
