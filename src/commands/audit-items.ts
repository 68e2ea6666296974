import type { AuditItem } from '../cards/audit/audit-card.js';
import { AUDIT_WORDS } from '../cards/audit/audit-words.js';
import type { AuditTold } from '../cards/audit/audit-wording.js';
import { PLATFORM_NAMES } from '../cards/platform-names.js';
import { timeWords } from '../cards/plain-text.js';
import { readersMoney } from '../readers-money.js';
import type { AuditEntry } from '../workspace/audit-entry.js';
import type { AuditPlace } from '../workspace/audit-from.js';
import type { Account, PersonId, Request } from '../workspace/entities.js';
import { peopleByIds } from '../workspace/people.js';
import { requestsByIds } from '../workspace/requests-reading.js';

/** Who acts without being anybody. */
const NOBODY: Readonly<Record<string, string>> = { system: 'The bot', operator: 'Support' };
/** The parts of a line's detail that are people. */
const PEOPLE = ['approvedBy', 'invitedBy', 'handedTo'];
const KINDS = { channel: 'a channel', group: 'a group chat', direct: 'a private chat' } as const;

/** For whom the lines are told. */
interface Reader {
  account: Account;
  zone: string;
  /** Of amounts that do not say theirs. */
  currency: string;
}

/** Lines of the audit trail as sentences, with everybody's name. */
export async function auditItems(reader: Reader, lines: readonly AuditEntry[]): Promise<AuditItem[]> {
  const { account } = reader;
  const requests = await requestsByIds(
    account.id,
    lines.flatMap(({ request }) => request ?? []),
  );
  const ids = lines.flatMap((line) => [line.by, line.person, ...PEOPLE.map((part) => line.detail?.[part])]);
  const deciders = [...requests.values()].flatMap(({ by, decidedBy }) => [by, decidedBy]);
  const people = [...ids, ...deciders].filter((id) => typeof id === 'string');
  const known = await peopleByIds(account.id, people);
  const nameOf = (id: PersonId): string => NOBODY[id] ?? known.get(id)?.name ?? 'somebody';
  return lines.map((line) => itemOf(reader, line, nameOf, line.request ? requests.get(line.request) : undefined));
}

function itemOf(
  reader: Reader,
  line: AuditEntry,
  nameOf: (id: PersonId) => string,
  request: Request | undefined,
): AuditItem {
  const words = AUDIT_WORDS[line.action](toldOf(reader, line, nameOf));
  const by = byRequest(line, nameOf, request);
  const who = nameOf(line.by);
  return {
    what: `${who.charAt(0).toUpperCase()}${who.slice(1)} ${words}`,
    at: line.at.toISOString(),
    ...whereOf(line),
    ...(by && { request: by }),
  };
}

function toldOf({ zone, currency: usual }: Reader, line: AuditEntry, nameOf: (id: PersonId) => string): AuditTold {
  const { detail = {}, person } = line;
  const said = (part: string) => String(detail[part] ?? '');
  const currency = said('currency') || usual;
  return {
    whom: person === undefined ? 'somebody' : nameOf(person),
    said,
    person: (part) => (said(part) ? nameOf(said(part)) : ''),
    money: (part) => (typeof detail[part] === 'number' ? readersMoney(detail[part], currency) : ''),
    date: (part) => (said(part) ? timeWords(said(part), 'date', zone) : ''),
  };
}

/** `asked for by Mia, approved by Adam`; nothing of a line that tells of the request itself. */
function byRequest(
  { action, detail = {} }: AuditEntry,
  nameOf: (id: PersonId) => string,
  request: Request | undefined,
): string | undefined {
  const { approvedBy = request?.decidedBy } = detail;
  if (action.startsWith('request.')) return request && `a request of ${nameOf(request.by)}`;
  const asked = request ? `asked for by ${nameOf(request.by)}` : 'asked for';
  return typeof approvedBy === 'string' ? `${asked}, approved by ${nameOf(approvedBy)}` : undefined;
}

/** In chat, or through the API under the name of a key, which lines about keys themselves do not carry as theirs. */
function whereOf({ action, detail = {}, from }: AuditEntry): { where?: string } {
  if (from) return { where: whereWords(from) };
  const { key } = detail;
  return typeof key === 'string' && !action.startsWith('key.') ? { where: `the API, with the key ${key}` } : {};
}

/** `#marketing in Slack`. */
function whereWords({ platform, kind, channelName }: AuditPlace): string {
  const place = kind === 'channel' && channelName ? `#${channelName.replace(/^#/, '')}` : KINDS[kind];
  return `${place} in ${PLATFORM_NAMES[platform]}`;
}
