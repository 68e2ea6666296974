import { getAccount } from '../../workspace/accounts.js';
import { getPerson } from '../../workspace/people.js';
import type { Notice } from './notice.js';

/** How a notice's reader writes numbers: a person as they do, where their chat tells; all others as their company does. */
export async function localeOf({ account, to }: Pick<Notice, 'account' | 'to'>): Promise<string | undefined> {
  const person = 'person' in to ? await getPerson(account, to.person) : undefined;
  return person?.locale ?? (await getAccount(account))?.locale;
}
