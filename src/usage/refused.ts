import { type BadRow, type Reason, Refusal } from '../refusal.js';
import { Problem, type WrongField, wrongFields } from './problem.js';

const ROWS: Readonly<Record<BadRow['why'], string>> = {
  noPhone: 'has no phone number',
  notAPhone: 'is no phone number',
  needsCountry: 'has no country code, and no country was given',
  tooManyCells: 'has more cells than there are columns',
  notANumber: 'is no number',
  notADate: 'is no date like 2026-12-24',
  notAnEmail: 'is no e-mail address',
  tooLong: 'is too long',
};

const WHOLE: Readonly<Record<Exclude<Extract<Reason, { kind: 'badCsv' }>['why'], 'badRows'>, string>> = {
  empty: 'is empty',
  noRows: 'has a header and no rows',
  openQuote: 'has a quote that is never closed',
  noPhoneColumn: 'has no column phone',
  severalPhoneColumns: 'has several columns for the phone number',
  badColumn: 'has a column whose name or type is not known',
  columnTwice: 'has a column twice',
  otherType: 'has a column that the list has with another type',
  tooManyColumns: 'has too many columns',
  tooManyRows: 'has too many rows for one call',
  tooManyContacts: 'has more contacts than a list can hold',
};

/** Does the work; what the domain refuses becomes the API's own no. */
export async function orProblem<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Refusal ? (problemOf(error.reason) ?? error) : error;
  }
}

function problemOf(reason: Reason): Problem | undefined {
  if (reason.kind === 'badArgument')
    return wrongFields([{ field: reason.argument, message: `must be ${reason.expected}` }]);
  if (reason.kind === 'badCsv') {
    return wrongFields(reason.why === 'badRows' ? reason.rows.map(rowFault) : [wholeFault(reason)]);
  }
  if (reason.kind === 'keyConflict') {
    return new Problem(409, `This key was first used for ${reason.firstUsedFor}.`, { kind: 'conflict' });
  }
  if (reason.kind === 'resourceNameTaken') {
    return new Problem(409, `There is a ${reason.what} called ${reason.name} already.`, { kind: 'nameTaken' });
  }
  if (reason.kind === 'unknownResource') {
    return new Problem(404, `There is no such ${reason.what}, or it is archived.`, { kind: 'unknownResource' });
  }
  if (reason.kind === 'campaignState') {
    return new Problem(409, `The campaign ${reason.name} is ${reason.state}.`, { kind: 'campaignState' });
  }
  if (reason.kind === 'campaignChanged') {
    const detail = `Somebody changed the campaign ${reason.name} at the same moment. Send it again.`;
    return new Problem(409, detail, { kind: 'campaignState' });
  }
  return undefined;
}

function rowFault({ line, why, column }: BadRow): WrongField {
  return { field: column === undefined ? `csv line ${line}` : `csv line ${line} ${column}`, message: ROWS[why] };
}

function wholeFault({
  why,
  line,
  column,
}: Exclude<Extract<Reason, { kind: 'badCsv' }>, { why: 'badRows' }>): WrongField {
  const where = line === undefined ? '' : ` (line ${line})`;
  return { field: 'csv', message: `${WHOLE[why]}${column === undefined ? where : `: ${column}`}` };
}
