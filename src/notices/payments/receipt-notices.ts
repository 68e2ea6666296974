import { receiptIssuedCard } from '../../cards/payments/receipt-cards.js';
import type { Receipt } from '../../payments/receipts/receipt.js';
import { holdersOf, membership } from '../../workspace/memberships.js';
import { directIdentity } from '../../workspace/people.js';
import { verdict } from '../../workspace/permissions.js';
import { enqueue } from '../outbox/outbox.js';

/**
 * Tells whoever added the money, and the primary owner, that a receipt or credit note is there; in the surrounding
 * transaction, so that it is told if and only if it was issued. Its button makes a link of its own when it is pressed.
 */
export async function tellReceipt(receipt: Receipt): Promise<void> {
  const { account, workspace, workspaceName, currency, label, kind, issuedAt, totalMinor, by, id } = receipt;
  const about = { id: workspace, name: workspaceName, currency };
  const line = { id, label, kind, issuedAt: issuedAt.toISOString(), totalMinor, by: by.name };
  const card = receiptIssuedCard({ about, receipt: line });
  const people = await readersOf(receipt);
  await enqueue(people.map((person) => ({ id: `receipt:${id}:${person}`, account, workspace, to: { person }, card })));
}

/** Nobody is told of a receipt that they may not see. */
async function readersOf({ account, workspace, by, paid }: Receipt): Promise<string[]> {
  const owners = (await holdersOf(account, workspace, ['primaryOwner'])).map(({ id }) => id);
  if (paid.automatic || owners.includes(by.person)) return owners;
  const payer = await membership(account, workspace, by.person);
  const may = payer && !payer.suspended && verdict('seeReceipts', payer.role).answer === 'yes';
  return may && (await directIdentity(account, by.person)) ? [by.person, ...owners] : owners;
}
