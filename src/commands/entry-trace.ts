import type { EntryFacts } from '../cards/balance/entry-card.js';
import type { Entry } from '../ledger/entry.js';
import { readersMoney } from '../readers-money.js';
import { receiptOfEntry } from '../payments/receipts/find.js';
import { topUpBehind } from '../payments/trace.js';
import { originWords } from '../workspace/chat-origin.js';
import type { WorkspaceId } from '../workspace/entities.js';
import type { Seat } from '../workspace/memberships.js';
import { peopleByIds } from '../workspace/people.js';
import { verdict } from '../workspace/permissions.js';
import { findTransfer } from '../workspace/transfers.js';
import type { Context, InWorkspace } from './command.js';
import { seatsByWorkspace } from './my-seats.js';

const OTHER_WALLET = 'wallet:';

/** What lines of the history say besides their kind; another workspace by its name only to a reader who is in it. */
export async function whatOf(entries: readonly Entry[], reader: Context): Promise<(string | undefined)[]> {
  const seats = await seatsByWorkspace(
    reader,
    entries.flatMap((entry) => otherWallet(entry) ?? []),
  );
  return entries.map((entry) => what(entry, reader, seats));
}

function otherWallet({ contra }: Entry): WorkspaceId | undefined {
  return contra.startsWith(OTHER_WALLET) ? contra.slice(OTHER_WALLET.length) : undefined;
}

function what(entry: Entry, { account }: Context, seats: ReadonlyMap<WorkspaceId, Seat>): string | undefined {
  const { currency, hold, item, kind, memo, resource } = entry;
  const other = otherWallet(entry);
  if (other) return otherSide(entry, seats.get(other)?.workspace.name ?? `another workspace of ${account.name}`);
  if (kind !== 'hold' || !hold) return memo ?? resource ?? item;
  const reserved = readersMoney(hold.remainingMinor, currency);
  return resource ? `${reserved} for ${resource}` : reserved;
}

function otherSide({ amountMinor, reverses }: Entry, name: string): string {
  const way = amountMinor < 0 ? 'to' : 'from';
  return reverses ? `undone, back ${way} ${name}` : `${way} ${name}`;
}

/** An entry with the way back to where it was asked for, and on to its receipt. */
export async function entryFacts(context: InWorkspace, entry: Entry): Promise<EntryFacts> {
  const { account, services, workspace } = context;
  const [cause, person, reverses, receipt] = await Promise.all([
    causeOf(context, entry),
    entry.person === undefined ? undefined : peopleByIds(account.id, [entry.person]),
    entry.reverses === undefined ? undefined : services.ledger.entry(workspace.id, entry.reverses),
    receiptFor(context, entry),
  ]);
  const { sequence, kind, at, amountMinor, balanceMinor, heldMinor, key, resource, item, quantity } = entry;
  const [said] = await whatOf([entry], context);
  return {
    sequence,
    kind,
    at: at.toISOString(),
    amountMinor,
    balanceMinor,
    heldMinor,
    key,
    ...(said && { what: said }),
    ...(resource !== undefined && { resource }),
    ...(item !== undefined && { item }),
    ...(quantity !== undefined && { quantity }),
    ...(entry.person !== undefined && { person: person?.get(entry.person)?.name ?? entry.person }),
    ...(cause && { cause }),
    ...(reverses && { reverses: { sequence: reverses.sequence } }),
    ...(receipt && { receipt: { id: receipt.id, label: receipt.label } }),
  };
}

async function receiptFor({ account, membership, workspace }: InWorkspace, { key }: Entry) {
  if (verdict('seeReceipts', membership.role).answer !== 'yes') return undefined;
  return receiptOfEntry({ account: account.id, workspace: workspace.id, key });
}

async function causeOf({ account, workspace }: InWorkspace, { key, reference }: Entry): Promise<string | undefined> {
  const [prefix, id = ''] = splitKey(key);
  switch (prefix) {
    case 'u':
      return `Event ${id} of the usage API`;
    case 'h':
    case 'hc':
    case 'hv':
    case 'he':
      return `Hold ${id}`;
    case 'x': {
      const record = await findTransfer(account.id, id, workspace.id);
      return record?.origin && originWords(record.origin);
    }
  }
  const topUp = await topUpBehind({ account: account.id, workspace: workspace.id, key });
  if (topUp?.automatic) return topUp.automatic.kind === 'monthly' ? 'Monthly recharge' : 'Automatic top-up';
  return topUp?.origin ? originWords(topUp.origin) : reference;
}

function splitKey(key: string): [prefix: string, id?: string] {
  const at = key.indexOf(':');
  return at < 0 ? [key] : [key.slice(0, at), key.slice(at + 1)];
}
