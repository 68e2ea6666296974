import type { AccountId } from '../../workspace/entities.js';
import { MessageModel, OutboxModel, type OutboxRow } from './outbox-model.js';
import { type Recipient, recipientKey } from './notice.js';

/** Who has got a notice of the subject, or is about to, each once: those whose card is to be kept up to date. */
export async function recipientsOf(account: AccountId, subject: string): Promise<Recipient[]> {
  const rows = await OutboxModel.find({ account, subject }, { to: 1, state: 1 }).lean<
    Pick<OutboxRow, 'to' | 'state'>[]
  >();
  const messages = await MessageModel.find({ account, subject }, { to: 1 }).lean<Pick<OutboxRow, 'to'>[]>();
  const reached = [...rows.filter((row) => row.state !== 'dead'), ...messages];
  return [...new Map(reached.map(({ to }) => [recipientKey(to), to])).values()];
}
