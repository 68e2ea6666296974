import type { AccountId, PersonId } from './entities.js';
import { fold } from './fold.js';
import { type PersonDoc, PersonModel } from './person-model.js';
import { MembershipModel } from './workspace-model.js';
import { nameWhereMissing } from './workspace-names.js';

/**
 * Writes the person's name and address beside each of their memberships, which lists of members are sorted and searched
 * by: in the transaction that adds a membership, or changes name or address. A new one gets its workspace's name too.
 */
export async function nameMemberships(account: AccountId, person: PersonId): Promise<void> {
  const { foldedName, email = '' } = await PersonModel.findOne({ account, _id: person }).lean<PersonDoc>().orFail();
  const searched = `${foldedName}\n${fold(email)}`;
  await MembershipModel.updateMany({ account, person }, { $set: { foldedName, searched } });
  await nameWhereMissing(account, person);
}
