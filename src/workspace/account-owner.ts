import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { AccountModel } from './account-model.js';
import { getAccount } from './accounts.js';
import { writeAudit } from './audit.js';
import type { Account, AccountId, PersonId } from './entities.js';
import { getPerson } from './people.js';

/**
 * Support names another owner of the account, as where the one before has left the company.
 * @throws Refusal badArgument for an unknown account, otherAccount for somebody of another one
 */
export function nameAccountOwner(change: { account: AccountId; to: PersonId; at: Date }): Promise<Account> {
  const { account: id, to, at } = change;
  return inTransaction(async () => {
    const account = await getAccount(id);
    if (!account)
      return refuse({ kind: 'badArgument', argument: 'account', typed: id, expected: 'the id of an account' });
    if (!(await getPerson(id, to))) refuse({ kind: 'otherAccount', name: 'This person' });
    if (account.owner === to) return account;
    await AccountModel.updateOne({ _id: id, owner: account.owner }, { $set: { owner: to } });
    await writeAudit({ account: id, by: 'operator', action: 'account.ownerChanged', person: to, at });
    return { ...account, owner: to };
  });
}
