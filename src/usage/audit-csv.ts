import { DateTime } from 'luxon';
import type { AuditEntry } from '../workspace/audit-entry.js';
import type { PersonId } from '../workspace/entities.js';
import { BYTE_ORDER_MARK, type Cell, csvRecord } from './csv.js';

interface Known {
  /** Of the column `local_time`. */
  zone: string;
  nameOf(id: PersonId | undefined): Cell;
}

/** How a line of the audit trail is written for people with spreadsheets. README says what each column means. */
const COLUMNS: readonly (readonly [name: string, of: (line: AuditEntry, known: Known) => Cell])[] = [
  ['line', ({ sequence }) => sequence],
  ['at', ({ at }) => at],
  ['local_time', ({ at }, { zone }) => DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd HH:mm:ss')],
  ['who', ({ by }, { nameOf }) => nameOf(by)],
  ['action', ({ action }) => action],
  ['whom', ({ person }, { nameOf }) => nameOf(person)],
  ['platform', ({ from }) => from?.platform],
  ['place', ({ from }) => from?.channelName ?? from?.kind],
  ['reference', ({ from }) => from?.reference],
  ['request', ({ request }) => request],
  ['approved_by', ({ detail }, { nameOf }) => nameOf(text(detail?.['approvedBy']))],
  ['detail', ({ detail }) => (detail ? JSON.stringify(detail) : undefined)],
];

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export interface AuditCsv {
  zone: string;
  /** The names of people; who is not among them keeps the id. */
  namesOf(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, string>>;
}

const RECORDS_AT_ONCE = 250;

/** The lines as CSV, piece by piece, read only as fast as the pieces are taken. */
export async function* auditCsv(
  lines: AsyncIterable<AuditEntry>,
  { zone, namesOf }: AuditCsv,
): AsyncGenerator<string, void, undefined> {
  yield BYTE_ORDER_MARK + csvRecord(COLUMNS.map(([name]) => name));
  let batch: AuditEntry[] = [];
  const records = async () => {
    const names = await namesOf(batch.flatMap(peopleIn));
    const nameOf = (id: PersonId | undefined) => (id === undefined ? undefined : (names.get(id) ?? id));
    return batch.map((line) => csvRecord(COLUMNS.map(([, of]) => of(line, { zone, nameOf })))).join('');
  };
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < RECORDS_AT_ONCE) continue;
    yield await records();
    batch = [];
  }
  if (batch.length > 0) yield await records();
}

function peopleIn({ by, person, detail }: AuditEntry): PersonId[] {
  return [by, person, text(detail?.['approvedBy'])].filter((id) => id !== undefined);
}
