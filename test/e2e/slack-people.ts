import type { Office } from './office.js';
import type { LocalSlack } from './local-slack.js';
import { linkOf, pay, revealKey } from './outside.js';
import type { Seen } from './seen.js';

export const MARKETING = 'C0MARKETING';

/** Olivia's account with her workspace Marketing, no channel bound. */
export async function openMarketing({ product, slack }: Office): Promise<void> {
  await product.operator('enable', 'slack:T02', '--name', 'Acme', '--owner', 'U0OLIVIA');
  await slack.click('Olivia', await slack.privateTo('Olivia'), 'Create');
  slack.submit('Olivia', await slack.openModal(), { name: 'Marketing' });
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
  await payOnPage(slack);
}

/** Pays the 100 pounds that Olivia was just asked for on the page, also where a card is saved by now. */
export async function payOnPage(slack: LocalSlack): Promise<void> {
  const offered = await offeredTo(slack, ['Use another card', 'Pay £100.00']);
  const other = offered.buttons.find(({ label }) => label === 'Use another card');
  if (other) await slack.click('Olivia', offered, other.label);
  await pay(linkOf(other ? await offeredTo(slack, ['Pay £100.00']) : offered, 'Pay £100.00'));
}

/** What Olivia sees next with one of these buttons: a request that she decided changes meanwhile. */
async function offeredTo(slack: LocalSlack, labels: readonly string[]): Promise<Seen> {
  const seen = await slack.privateTo('Olivia');
  return seen.buttons.some(({ label }) => labels.includes(label)) ? seen : offeredTo(slack, labels);
}

/** Makes an API key by command and reveals it on its page, by the button there. */
export async function apiKey(slack: LocalSlack): Promise<string> {
  await slack.type('Olivia', 'dev create Engine');
  return revealKey(linkOf(await slack.privateTo('Olivia'), 'Open the page'));
}
