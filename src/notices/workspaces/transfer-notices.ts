import { transferToldCard } from '../../cards/balance/transfer-cards.js';
import type { Log } from '../../log.js';
import { inTransaction } from '../../mongo.js';
import { getAccount } from '../../workspace/accounts.js';
import type { Workspace } from '../../workspace/entities.js';
import { membership } from '../../workspace/memberships.js';
import { getPerson } from '../../workspace/people.js';
import type { TransferRecord } from '../../workspace/transfer-record.js';
import { markTransferTold, untoldTransfers } from '../../workspace/transfer-sweeping.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import { audienceOf, cardFor } from '../audience.js';
import { type Notice, type Recipient, recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';

const BATCH = 200;

/** Tells both sides of each transfer that moved or was undone untold; resolves with how many. */
export async function tellTransfers(log: Pick<Log, 'error'>): Promise<number> {
  let told = 0;
  for (const transfer of await untoldTransfers(BATCH)) {
    try {
      await tellTransfer(transfer);
      told++;
    } catch (error) {
      log.error({ err: error, transfer: transfer.id }, 'a transfer could not be told');
    }
  }
  return told;
}

/** Writes the notices of a transfer as it is now; once, whoever comes first. */
export async function tellTransfer(transfer: TransferRecord): Promise<void> {
  if (transfer.told) return;
  const notices = [...(await noticesTo(transfer, 'from')), ...(await noticesTo(transfer, 'to'))];
  await inTransaction(async () => {
    if (await markTransferTold(transfer)) await enqueue(notices);
  });
}

async function noticesTo(transfer: TransferRecord, side: 'from' | 'to'): Promise<Notice[]> {
  const { id, account, amountMinor, state } = transfer;
  const undone = state === 'undone';
  const [workspace, other, company, by] = await Promise.all([
    getWorkspace(account, transfer[side]),
    getWorkspace(account, transfer[side === 'from' ? 'to' : 'from']),
    getAccount(account),
    getPerson(account, undone ? (transfer.undoBy ?? transfer.by) : transfer.by),
  ]);
  if (!workspace || !other) throw new Error(`transfer ${id} has lost a workspace`);
  const balanceMinor = (side === 'from' ? transfer.fromBalanceMinor : transfer.toBalanceMinor) ?? 0;
  const about = { id: workspace.id, name: workspace.name, currency: workspace.currency, balanceMinor };
  const audience = await audienceOf(account, workspace.id, 'payments');
  return Promise.all(
    audience.to.map(async (to) => {
      const named = (await isIn(to, other)) ? other.name : `another workspace of ${company?.name ?? 'the company'}`;
      const card = transferToldCard({
        about,
        side,
        amountMinor,
        other: named,
        undone,
        entry: undone ? `rev:x:${id}` : `x:${id}`,
        ...(by && { by: by.name }),
      });
      return {
        id: `transfer:${id}:${state}:${side}:${recipientKey(to)}`,
        account,
        workspace: workspace.id,
        to,
        card: cardFor(audience, card, about),
      };
    }),
  );
}

/** A channel has readers who are not in the other workspace; a person can be asked for. */
async function isIn(to: Recipient, { account, id }: Workspace): Promise<boolean> {
  if (!('person' in to)) return false;
  const held = await membership(account, id, to.person);
  return held !== undefined && !held.suspended;
}
