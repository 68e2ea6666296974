import { expect } from '@jest/globals';
import { thingOf } from '../fakes/slack/json.js';
import type { Office } from './office.js';
import type { LocalSlack } from './local-slack.js';
import type { Seen } from './seen.js';

export const MARKETING = 'C0MARKETING';

/** The address behind a link button. */
export function linkOf(card: Seen, label: string): string {
  const url = card.buttons.find((button) => button.label === label)?.url;
  if (!url) throw new Error(`no link "${label}" on:\n${card.lines.join('\n')}`);
  return url;
}

/** Pays on the sandbox's page, as its form does; resolves with the page that follows. */
export async function pay(url: string, number = '4242 4242 4242 4242'): Promise<string> {
  const body = new URLSearchParams({ number, expiry: '12 / 34', cvc: '123' });
  return (await fetch(url, { method: 'POST', body })).text();
}

/** Olivia's account with her workspace Marketing, no channel bound. */
export async function openMarketing({ product, slack }: Office): Promise<void> {
  await product.operator('enable', 'slack:T02', '--name', 'Acme', '--owner', 'U0OLIVIA');
  await slack.click('Olivia', await slack.privateTo('Olivia'), 'Create');
  await slack.openModal();
  slack.submit('Olivia', { name: 'Marketing' });
  await slack.privateTo('Olivia');
}

/** Invites in Olivia's name, and joins. */
export async function bringIn(slack: LocalSlack, name: 'Adam' | 'Mia' | 'Max', as = ''): Promise<void> {
  await slack.type('Olivia', `invite @${name.toLowerCase()}${as}`);
  await slack.privateTo('Olivia');
  await slack.click(name, await slack.privateTo(name), 'Join');
  await slack.privateTo(name);
}

/** Pays 100 pounds in as Olivia; the message that tells of it is left to be seen. */
export async function addBalance(slack: LocalSlack): Promise<void> {
  await slack.type('Olivia', 'topup 100');
  await pay(linkOf(await slack.privateTo('Olivia'), 'Pay £100.00'));
}

/** Makes an API key by command and reveals it on its page, by the button there. */
export async function apiKey(slack: LocalSlack): Promise<string> {
  await slack.type('Olivia', 'dev create Engine');
  const page = await fetch(linkOf(await slack.privateTo('Olivia'), 'Open the page'), { method: 'POST' });
  return /wsk_\w+/.exec(await page.text())![0];
}

/** Reports usage as the messaging engine does; answers the balance after it. */
export async function spend(office: Office, key: string, amountsMinor: readonly number[]): Promise<unknown> {
  const events = amountsMinor.map((amountMinor, index) => {
    return { id: `${index}-${amountMinor}`, item: 'sms', amountMinor, resource: 'Autumn' };
  });
  const response = await fetch(`${office.product.url}/v1/usage/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  expect(response.status).toBe(200);
  return thingOf(JSON.parse(await response.text()))['balanceMinor'];
}
