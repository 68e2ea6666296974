import type { BadRow } from '../../refusal.js';
import type { Card, Field, Form } from '../card.js';
import { choiceField } from '../choice-field.js';
import { listChoice } from '../choices.js';
import { badRowWords, firstLines } from './csv-words.js';
import { type About, buttons, count, footOf, press, subtle, text } from '../parts.js';

const LINES_SHOWN = 10;

const countryField = (initial?: string): Field => ({
  name: 'country',
  label: 'Country of the numbers',
  hint: 'Two letters, like GB: only where numbers are written without + and country code.',
  input: 'line',
  maxLength: 2,
  optional: true,
  ...(initial && { initial }),
});

/** Contacts to paste: into a new list, or one that is there. */
export function importForm(to: {
  about: About;
  name?: string;
  country?: string;
  list?: { id: string; name: string };
}): Form {
  const { about, list } = to;
  return {
    name: 'import-contacts',
    title: list ? 'Add contacts' : 'Import contacts',
    submit: list ? 'Add' : 'Import',
    intro: [
      list ? `They are added to ${list.name}. ` : '',
      'The first line names the columns. If it does not fit here, send me the file in our direct chat.',
    ],
    call: { command: 'contacts', args: { what: 'import', ...(list && { list: list.id }) }, workspace: about.id },
    fields: [
      ...(list
        ? []
        : [
            {
              name: 'name',
              label: 'Name of the list',
              input: 'line' as const,
              maxLength: 60,
              ...(to.name && { initial: to.name }),
            },
          ]),
      {
        name: 'csv',
        label: 'Contacts',
        hint: 'Such as: phone,first_name,city on the first line, +447911123456,Ann,Leeds on the next.',
        input: 'lines',
      },
      countryField(to.country),
    ],
  };
}

/** A file that was sent: what it holds, and where it would go. */
export interface ImportPreview {
  about: About;
  id: string;
  fileName: string;
  contacts: number;
  columns: readonly string[];
  duplicates: readonly { line: number; first: number }[];
  bad: readonly BadRow[];
  into: { name: string } | { list: string; listName: string };
  country?: string;
}

/** Private: nothing is imported before the button is pressed. */
export function importPreviewCard(to: ImportPreview): Card {
  const { about, bad, contacts, duplicates, into } = to;
  const at = { workspace: about.id };
  const target = 'list' in into ? { list: into.list } : { name: into.name };
  const args = { what: 'import', staged: to.id, ...target, ...(to.country && { country: to.country }) };
  const where = 'list' in into ? `goes to ${into.listName}` : `becomes the list ${into.name}`;
  const national = bad.some(({ why }) => why === 'needsCountry');
  return {
    name: 'import-preview',
    heading:
      bad.length > 0
        ? { text: `${to.fileName}: ${count(bad.length, 'line')} to mend`, mood: 'warning' }
        : { text: to.fileName },
    parts: [
      text(`${count(contacts, 'contact')} with ${['phone', ...to.columns].join(', ')}. It ${where}.`),
      ...(bad.length > 0
        ? [text(`${count(bad.length, 'line')} cannot be imported:`), subtle(linesOf(bad.map(badRowWords)))]
        : []),
      ...(duplicates.length > 0 ? [subtle(duplicateWords(duplicates))] : []),
      ...buttons(
        contacts > 0
          ? press(
              bad.length > 0 ? `Import the ${count(contacts, 'good one')}` : `Import ${count(contacts, 'contact')}`,
              'contacts',
              { ...args, sure: true },
              { ...at, style: 'primary', key: `import:${to.id}` },
            )
          : undefined,
        press(national ? 'Set the country' : 'Change', 'contacts', { ...args, change: true }, at),
      ),
      subtle('Nothing is imported yet. The file is kept for an hour.'),
    ],
    ...footOf(about),
  };
}

/** Where a file that was sent is to go. */
export function importTargetForm(to: {
  about: About;
  id: string;
  name: string;
  country?: string;
  lists: readonly Parameters<typeof listChoice>[0][];
  list?: Parameters<typeof listChoice>[0];
}): Form {
  const { about, lists } = to;
  return {
    name: 'import-target',
    title: 'Import contacts',
    submit: 'Look at it',
    call: { command: 'contacts', args: { what: 'import', staged: to.id }, workspace: about.id },
    fields: [
      { name: 'name', label: 'Name of the new list', input: 'line', maxLength: 60, initial: to.name },
      ...(lists.length > 0
        ? [
            choiceField(
              { name: 'list', label: 'Or add them to a list that is there', optional: true },
              lists.map(listChoice),
              to.list && listChoice(to.list),
            ),
          ]
        : []),
      countryField(to.country),
    ],
  };
}

/** Private: what was imported, and which lines were left out. */
export function importedCard(to: {
  about: About;
  list: { id: string; name: string; contacts: number };
  added: number;
  duplicates: readonly { line: number; first: number }[];
  /** Lines whose number the list had before. */
  known: readonly number[];
  isNew: boolean;
}): Card {
  const { about, added, duplicates, known, list } = to;
  const at = { workspace: about.id };
  const words = to.isNew
    ? `${list.name} is ready with ${count(added, 'contact')}.`
    : `${count(added, 'contact')} added to ${list.name}, which has ${list.contacts.toLocaleString('en-GB')} now.`;
  return {
    name: 'contacts-imported',
    parts: [
      text(words),
      ...(duplicates.length > 0 ? [subtle(duplicateWords(duplicates))] : []),
      ...(known.length > 0 ? [subtle(knownWords(known))] : []),
      ...buttons(
        press('Open the list', 'contacts', { what: 'open', list: list.id }, at),
        press('Use in a campaign', 'campaign', { what: 'new', list: list.id }, at),
      ),
    ],
    ...footOf(about),
  };
}

function duplicateWords(duplicates: readonly { line: number; first: number }[]): string {
  const lines = duplicates.map(({ line, first }) => `Line ${line}: the same number as line ${first}, left out.`);
  return linesOf(lines);
}

function knownWords(known: readonly number[]): string {
  return linesOf(known.map((line) => `Line ${line}: the list has this number, left as it was.`));
}

const linesOf = (lines: readonly string[]) => firstLines(lines, LINES_SHOWN).join('\n');
