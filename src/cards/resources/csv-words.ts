import type { BadRow, Reason } from '../../refusal.js';
import { count, quoted } from '../parts.js';

type WholeFault = Exclude<Extract<Reason, { kind: 'badCsv' }>, { why: 'badRows' }>;

const HEADER = 'The first line names the columns, like phone,first_name,city.';

/** What is wrong with a CSV as a whole, and how to mend it. */
export function csvFault(fault: WholeFault): { said: string; next: string } {
  const column = quoted(fault.column ?? '');
  const most = (fault.most ?? 0).toLocaleString('en-GB');
  switch (fault.why) {
    case 'empty':
      return { said: 'There is nothing in it.', next: HEADER };
    case 'noRows':
      return { said: 'There is a header, but no contact below it.', next: 'Please add a line for each contact.' };
    case 'openQuote':
      return { said: `A quote that begins in line ${fault.line} is never closed.`, next: 'Please close or remove it.' };
    case 'noPhoneColumn':
      return { said: 'No column holds the phone number.', next: `${HEADER} Please name one of them phone.` };
    case 'severalPhoneColumns':
      return {
        said: `Several columns could hold the phone number: ${column}.`,
        next: 'Please write :text behind the names of the others, like mobile:text.',
      };
    case 'badColumn':
      return {
        said: `I can't take ${column} as a column.`,
        next: 'A name begins with a letter; behind a colon it may say text, number, date, email or phone.',
      };
    case 'columnTwice':
      return { said: `The column ${column} is there twice.`, next: 'Please rename one of them.' };
    case 'otherType':
      return { said: `The list has that column as ${column}.`, next: 'Please give it the same type, or another name.' };
    case 'tooManyColumns':
      return { said: 'That is a lot of columns.', next: `Please keep the ${most} that you need.` };
    case 'tooManyRows':
      return { said: 'That is too much at once.', next: `Please import up to ${most} contacts at a time.` };
    case 'tooManyContacts':
      return {
        said: 'The list would grow too long.',
        next: `A list holds up to ${most} contacts: please make another.`,
      };
  }
}

/** `Line 9: “0791” is no phone number.` */
export function badRowWords({ line, why, column, typed = '' }: BadRow): string {
  return `Line ${line}: ${rowFault(why, quoted(typed), column ?? '')}`;
}

function rowFault(why: BadRow['why'], typed: string, column: string): string {
  switch (why) {
    case 'noPhone':
      return 'there is no phone number.';
    case 'notAPhone':
      return `${typed} is no phone number.`;
    case 'needsCountry':
      return `${typed} has no country code, like +44.`;
    case 'tooManyCells':
      return 'it has more cells than there are columns.';
    case 'notANumber':
      return `${typed} is no number (${column}).`;
    case 'notADate':
      return `${typed} is no date like 2026-12-24 (${column}).`;
    case 'notAnEmail':
      return `${typed} is no e-mail address (${column}).`;
    case 'tooLong':
      return `${column} is too long.`;
  }
}

/** The first few, and how many more there are. */
export function firstLines(lines: readonly string[], most: number): string[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `And ${count(more, 'more line')} like these.`] : [...lines];
}
