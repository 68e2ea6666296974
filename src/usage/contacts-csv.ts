import { type Contact, type ContactList, contactsOf } from '../resources/contact-lists.js';
import { BYTE_ORDER_MARK, csvRecord } from './csv.js';

const AT_ONCE = 500;

/** A contact list as it can be imported again: the header with its types, then a row for each contact. */
export async function* contactsCsv(list: ContactList): AsyncGenerator<string, void, undefined> {
  const { id, account, workspace, columns } = list;
  const header = columns.map(({ name, type }) => (type === 'text' ? name : `${name}:${type}`));
  yield BYTE_ORDER_MARK + csvRecord(['phone', ...header]);
  let after = 0;
  for (;;) {
    const contacts: Contact[] = await contactsOf({ account, workspace, list: id, after, limit: AT_ONCE });
    const last = contacts.at(-1);
    if (!last) return;
    yield contacts.map(({ phone, fields }) => csvRecord([phone, ...columns.map(({ name }) => fields[name])])).join('');
    after = last.position;
  }
}
