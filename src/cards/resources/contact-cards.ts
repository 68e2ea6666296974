import type { Button, Card, Form, Part } from '../card.js';
import { type About, buttons, count, footOf, listOf, press, quoted, subtle, text } from '../parts.js';

export interface ContactListLine {
  id: string;
  name: string;
  contacts: number;
  /** Names of what is known besides the number. */
  columns: readonly string[];
  changedAt: string;
  archived: boolean;
}

/** Private: a page of a workspace's contact lists, newest first. */
export function contactListsCard(to: {
  about: About;
  zone: string;
  lists: readonly ContactListLine[];
  search?: string;
  archived: boolean;
  /** The cursor of the next page. */
  before?: string;
  said?: string;
}): Card {
  const { about, archived, lists, search } = to;
  const at = { workspace: about.id };
  const filter = { ...(search && { search }), ...(archived && { archived }) };
  const what = archived ? 'archived contact lists' : 'contact lists';
  return {
    name: 'contact-lists',
    heading: { text: search ? `${about.name}: ${what} with ${quoted(search)}` : `${about.name}'s ${what}` },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      ...(lists.length > 0
        ? [{ part: 'list' as const, items: lists.map((list) => listItem(list, about, to.zone)) }]
        : [text(emptyWords(search, archived))]),
      ...buttons(
        press('Import contacts', 'contacts', { what: 'import' }, { ...at, style: 'primary' }),
        to.before === undefined ? undefined : press('More', 'contacts', { ...filter, before: to.before }, at),
        archived || search
          ? press('All lists', 'contacts', {}, at)
          : press('Archived', 'contacts', { archived: true }, at),
      ),
    ],
    ...footOf(about),
  };
}

function emptyWords(search: string | undefined, archived: boolean): string {
  if (search) return 'No list has that in its name.';
  if (archived) return 'Nothing is archived.';
  return 'None yet. Paste some contacts, or send me a CSV file in our direct chat.';
}

function listItem(list: ContactListLine, about: About, zone: string) {
  const detail = [
    count(list.contacts, 'contact'),
    ...(list.columns.length > 0 ? [listOf(list.columns, 'and', 4)] : []),
    'changed ',
  ];
  return {
    title: [{ strong: list.name }],
    detail: [detail.join(' · '), { time: list.changedAt, show: 'date' as const, zone }],
    buttons: [press('Open', 'contacts', { what: 'open', list: list.id }, { workspace: about.id })],
  };
}

export interface ContactLine {
  phone: string;
  /** In the order of the columns that are shown. */
  values: readonly string[];
}

/** Private: a contact list, with a page of its contacts. */
export function contactListCard(to: {
  about: About;
  zone: string;
  list: ContactListLine;
  /** Who made it, where they are still known. */
  by?: string;
  /** The columns that are shown beside the number. */
  shown: readonly string[];
  contacts: readonly ContactLine[];
  /** The position to go on after. */
  after?: number;
  said?: string;
}): Card {
  const { about, list } = to;
  return {
    name: 'contact-list',
    heading: { text: list.archived ? `${list.name} (archived)` : list.name },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      {
        part: 'facts',
        facts: [
          { label: 'Contacts', value: [list.contacts.toLocaleString('en-GB')] },
          { label: 'Columns', value: [['phone', ...list.columns].join(', ')] },
          { label: 'Changed', value: [{ time: list.changedAt, show: 'dateTime', zone: to.zone }] },
          ...(to.by === undefined ? [] : [{ label: 'Imported by', value: [to.by] }]),
        ],
      },
      ...contactTable(to.shown, to.contacts),
      ...buttons(...listButtons(list, about, to.after)),
    ],
    ...footOf(about),
  };
}

function contactTable(shown: readonly string[], contacts: readonly ContactLine[]): Part[] {
  if (contacts.length === 0) return [subtle('Nobody is in it.')];
  const columns = ['phone', ...shown].map((heading) => ({ heading }));
  return [{ part: 'table', columns, rows: contacts.map(({ phone, values }) => [phone, ...values]) }];
}

function listButtons({ id, archived }: ContactListLine, about: About, after: number | undefined): Button[] {
  const at = { workspace: about.id };
  const more = after === undefined ? [] : [press('More contacts', 'contacts', { what: 'open', list: id, after }, at)];
  if (archived) return [press('Restore', 'contacts', { what: 'restore', list: id }, at), ...more];
  return [
    press('Use in a campaign', 'campaign', { what: 'new', list: id }, { ...at, style: 'primary' }),
    ...more,
    press('Add contacts', 'contacts', { what: 'import', list: id }, at),
    press('CSV', 'contacts', { what: 'csv', list: id }, at),
    press('Take somebody out', 'contacts', { what: 'remove', list: id }, at),
    press('Rename', 'contacts', { what: 'rename', list: id }, at),
    press('Archive', 'contacts', { what: 'archive', list: id }, { ...at, style: 'danger' }),
  ];
}

/** Private, before a list is put away: what would miss it. */
export function archiveCard(to: {
  about: About;
  command: 'contacts' | 'template';
  args: { list: string } | { template: string };
  name: string;
  /** Names of the campaigns that use it and are not over. */
  usedBy: readonly string[];
}): Card {
  const { about, name, usedBy } = to;
  const used =
    usedBy.length > 0
      ? ` ${listOf(usedBy)} ${usedBy.length === 1 ? 'uses' : 'use'} it: what has started goes on, a draft needs another.`
      : '';
  return {
    name: 'archive-confirm',
    parts: [
      text(`Archive ${name}? No new campaign can take it until it is restored.${used}`),
      ...buttons(
        press(
          'Archive',
          to.command,
          { what: 'archive', ...to.args, sure: true },
          { workspace: about.id, style: 'danger' },
        ),
      ),
    ],
    ...footOf(about),
  };
}

export function renameListForm(about: About, list: { id: string; name: string }): Form {
  return {
    name: 'rename-contact-list',
    title: 'Rename',
    submit: 'Rename',
    call: { command: 'contacts', args: { what: 'rename', list: list.id }, workspace: about.id },
    fields: [{ name: 'name', label: 'New name', input: 'line', initial: list.name, maxLength: 60 }],
  };
}

export function removeContactForm(about: About, list: { id: string; name: string }): Form {
  return {
    name: 'remove-contact',
    title: 'Take somebody out',
    submit: 'Take out',
    intro: [`Of ${list.name}. Importing the number again brings them back.`],
    call: { command: 'contacts', args: { what: 'remove', list: list.id }, workspace: about.id },
    fields: [
      { name: 'phone', label: 'Number', hint: 'As in the list, like +447911123456.', input: 'line', maxLength: 40 },
    ],
  };
}
