import { enqueue } from '../notices/outbox/outbox.js';
import { getAccount } from '../workspace/accounts.js';
import type { Request } from '../workspace/entities.js';
import { getPerson } from '../workspace/people.js';
import type { RequestDesk } from './request-words.js';
import { runApproved } from './run-approved.js';

/**
 * Runs an approved request whose run was cut off, for the sweep. What the decider would have been answered at once
 * (the way to pay) is sent to them instead. Where the account is disabled it waits until that is over.
 */
export async function resumeApproved(office: Omit<RequestDesk, 'account'>, request: Request, at: Date): Promise<void> {
  const account = await getAccount(request.account);
  const decider = request.decidedBy && (await getPerson(request.account, request.decidedBy));
  if (!account || !decider) throw new Error(`request ${request.id} has lost its account or its decider`);
  if (account.status === 'disabled') return;
  const answer = await runApproved({ desk: { ...office, account }, request, decider, at });
  if (!answer || !('card' in answer)) return;
  const { card } = answer;
  await enqueue([{ id: `resumed:${request.id}`, account: account.id, to: { person: decider.id }, card }]);
}
