import { thingOf } from '../fakes/slack/json.js';
import type { Json } from '../fakes/slack/world.js';
import type { Product } from './product.js';

/** The address behind a link button. */
export function linkOf(
  card: { lines: readonly string[]; buttons: readonly { label: string; url?: string }[] },
  label: string,
): string {
  const url = card.buttons.find((button) => button.label === label)?.url;
  if (!url) throw new Error(`no link "${label}" on:\n${card.lines.join('\n')}`);
  return url;
}

/** Pays on the sandbox's page, as its form does; resolves with the page that follows. */
export async function pay(url: string, number = '4242 4242 4242 4242'): Promise<string> {
  const body = new URLSearchParams({ number, expiry: '12 / 34', cvc: '123' });
  return (await fetch(url, { method: 'POST', body })).text();
}

/** Says yes to what the bank asks about the payment of this page; resolves with the page that follows. */
export async function answerBank(url: string): Promise<string> {
  return (await fetch(`${url}/bank`, { method: 'POST', body: new URLSearchParams({ answer: 'approve' }) })).text();
}

/** On the provider's page for cards: adds this one unless it is there, and makes it the one that is charged. */
export async function chooseCard(portal: string, number: string): Promise<void> {
  const button = new RegExp(`${number.slice(-4)}</strong>(?:(?!</li>).)*/cards/(\\w+)/default`, 's');
  let page = await (await fetch(portal)).text();
  if (!button.test(page)) {
    const body = new URLSearchParams({ number, expiry: '12 / 34', cvc: '123' });
    page = await (await fetch(`${portal}/cards`, { method: 'POST', body })).text();
    if (page.includes('Your bank wants to be sure')) page = await answerBank(portal);
  }
  const card = button.exec(page)?.[1];
  if (!card) throw new Error(`no other card ${number} on the page: ${page}`);
  await fetch(`${portal}/cards/${card}/default`, { method: 'POST' });
}

/** The newest payment on the merchant's page of the sandbox. */
export async function lastPayment(product: Product): Promise<string> {
  const page = await (await fetch(`${product.url}/sandbox`)).text();
  const payment = /payments\/(\w+)\/refund/.exec(page)?.[1];
  if (!payment) throw new Error(`no payment on the page: ${page}`);
  return payment;
}

/** What merchant and banks do on that page. */
export async function merchant(product: Product, act: string, fields: Record<string, string> = {}): Promise<void> {
  const headers = { origin: product.url };
  const answer = await fetch(`${product.url}/sandbox/control/${act}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  });
  if (!answer.ok) throw new Error(`${act} answered ${answer.status}: ${await answer.text()}`);
}

/** Calls /v1; with a body it is a POST. */
export function usageApi(product: Product, key: string, path: string, body?: object): Promise<Response> {
  return fetch(`${product.url}/v1/${path}`, {
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
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
  const response = await usageApi(product, key, 'usage/events', { events });
  if (!response.ok) throw new Error(`usage answered ${response.status}: ${await response.text()}`);
  const answer: Json = JSON.parse(await response.text());
  return thingOf(answer)['balanceMinor'];
}
