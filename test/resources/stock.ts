import { checkContacts } from '../../src/resources/check-contacts.js';
import { createContactList } from '../../src/resources/import-contacts.js';
import { createTemplate } from '../../src/resources/change-template.js';
import { setPrice } from '../../src/prices/set-price.js';
import type { Person, Workspace } from '../../src/workspace/entities.js';
import { NOW } from '../support/acme.js';

/** A list of so many people. */
export function people(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => `+4479111${String(23_000 + i)},Ann ${i + 1}`);
  return ['phone,first_name', ...rows].join('\n');
}

/** What campaigns are made of: the template Greeting, charged as sms at 4 pence, and the list Customers. */
export async function stock(workspace: Workspace, by: Person, contacts = 100) {
  const of = { account: workspace.account, workspace: workspace.id, by: by.id, at: NOW };
  await setPrice({
    account: workspace.account,
    item: 'sms',
    priceMicro: 4_000_000,
    validFrom: new Date(0),
    by: by.id,
    at: NOW,
  });
  const template = await createTemplate({ ...of, name: 'Greeting', item: 'sms', text: 'Hello {{first_name}}!' });
  const { list } = await createContactList({
    ...of,
    name: 'Customers',
    contacts: await checkContacts(people(contacts)),
  });
  return { template, list };
}
