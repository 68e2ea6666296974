import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card, Form, Text } from '../card.js';
import { formToFind, searchLine } from '../form-to-find.js';
import { type About, buttons, footOf, openLink, press, quoted, subtle, text } from '../parts.js';
import { timeWords } from '../plain-text.js';

export interface ReceiptLine {
  id: string;
  /** `K3F9QZ-000001` */
  label: string;
  kind: 'receipt' | 'creditNote' | 'reinstated';
  issuedAt: string;
  totalMinor: Minor;
  by: string;
}

const TITLES: Readonly<Record<ReceiptLine['kind'], string>> = {
  receipt: 'Receipt',
  creditNote: 'Credit note',
  reinstated: 'Correction',
};

const titleOf = ({ kind, label }: Pick<ReceiptLine, 'kind' | 'label'>) => `${TITLES[kind]} ${label}`;

/** Private: a page of a workspace's receipts and credit notes, newest first. */
export function receiptsCard(to: {
  about: About;
  zone: string;
  receipts: readonly ReceiptLine[];
  /** As it is asked for again, and in words: `October`. */
  month?: { asked: string; words: string };
  search?: string;
  /** The cursor of the next page. */
  older?: number;
  newest: boolean;
  /** Whether the reader may say who is billed. */
  mayChangeDetails: boolean;
}): Card {
  const { about, month, search, receipts, zone } = to;
  const filter = { ...(month && { month: month.asked }), ...(search && { search }) };
  const page = (label: string, args: { before?: number }) =>
    press(label, 'receipts', { ...filter, ...args }, { workspace: about.id });
  return {
    name: 'receipts',
    heading: { text: headingWords(to) },
    parts: [
      ...(receipts.length > 0 ? [listOfReceipts(receipts, about, zone)] : [text(emptyWords(to))]),
      ...buttons(
        to.newest ? undefined : page('Newest', {}),
        to.older === undefined ? undefined : page('Older', { before: to.older }),
        (to.older !== undefined || !to.newest) && !search
          ? press('Find', 'receipts', { what: 'find' }, { workspace: about.id })
          : undefined,
        month || search ? press('All receipts', 'receipts', {}, { workspace: about.id }) : undefined,
        to.mayChangeDetails
          ? press('Billing details', 'receipts', { what: 'details' }, { workspace: about.id })
          : undefined,
      ),
    ],
    ...footOf(about),
  };
}

interface Which {
  month?: { words: string };
  search?: string;
}

function headingWords({ about, month, search }: Which & { about: About }): string {
  const receipts = `${about.name}'s receipts${month ? ` in ${month.words}` : ''}`;
  return search ? `${receipts} with ${quoted(search)}` : receipts;
}

function emptyWords({ month, search }: Which): string {
  if (search) return 'None has that in its number, as its amount, or as the name of who added it or is billed.';
  return month
    ? `There are none of ${month.words}.`
    : 'None yet. Each payment gets its receipt by itself, a minute after the money came.';
}

function listOfReceipts(receipts: readonly ReceiptLine[], about: About, zone: string) {
  return {
    part: 'list' as const,
    items: receipts.map((receipt) => {
      const back = receipt.kind === 'creditNote' ? '-' : '';
      return {
        title: [{ strong: `${back}${readersMoney(receipt.totalMinor, about.currency)}` }, ` ${titleOf(receipt)}`],
        detail: [`${timeWords(receipt.issuedAt, 'date', zone)}, ${receipt.by}`],
        buttons: [press('Open', 'receipts', { open: receipt.id }, { workspace: about.id })],
      };
    }),
  };
}

export function findReceiptForm({ id }: { id: string }): Form {
  return formToFind({
    name: 'find-receipt',
    title: 'Find receipts',
    list: { command: 'receipts', args: {}, workspace: id },
    field: searchLine('What to look for', 'Part of its number, an amount, or who added it or is billed.'),
  });
}

/** Private: one receipt, with a fresh link to its PDF and the way to what it is about. */
export function receiptCard(to: {
  about: About;
  zone: string;
  receipt: ReceiptLine & {
    buyer: string;
    netMinor: Minor;
    taxes: readonly { name: string; taxMinor: Minor }[];
    paidWith: string;
    entry: number;
    /** `#marketing in Slack, reference R-7F3K2Q` */
    askedIn?: string;
    /** The other documents of the same payment. */
    related: readonly Pick<ReceiptLine, 'id' | 'kind' | 'label'>[];
    pdf: string;
  };
}): Card {
  const { about, receipt, zone } = to;
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const facts: [string, Text | undefined][] = [
    ['Total', [money(receipt.totalMinor)]],
    ...(receipt.taxes.length > 0 ? [['Net', [money(receipt.netMinor)]] satisfies [string, Text]] : []),
    ...receipt.taxes.map(({ name, taxMinor }): [string, Text] => [name, [money(taxMinor)]]),
    ['Issued', [{ time: receipt.issuedAt, show: 'date', zone }]],
    ['Billed to', [receipt.buyer]],
    ['Paid with', [receipt.paidWith]],
    ['Added by', [receipt.by]],
    ['Entry', [String(receipt.entry)]],
    ['Asked for in', receipt.askedIn === undefined ? undefined : [receipt.askedIn]],
  ];
  return {
    name: 'receipt',
    heading: { text: titleOf(receipt) },
    parts: [
      { part: 'facts', facts: facts.flatMap(([label, value]) => (value ? { label, value } : [])) },
      ...buttons(
        openLink('Download PDF', receipt.pdf),
        press('Entry', 'history', { entry: receipt.entry }, { workspace: about.id }),
        ...receipt.related.map((other) =>
          press(titleOf(other), 'receipts', { open: other.id }, { workspace: about.id }),
        ),
      ),
      subtle('The download is yours alone and works for 15 minutes.'),
    ],
    ...footOf(about),
  };
}

/** Private, to whoever paid and the primary owner: the document is there. */
export function receiptIssuedCard(to: { about: About; receipt: ReceiptLine }): Card {
  const { about, receipt } = to;
  const amount = readersMoney(receipt.totalMinor, about.currency);
  return {
    name: 'receipt-issued',
    parts: [
      text(`${titleOf(receipt)} of ${about.name}, for ${amount}, is ready.`),
      ...buttons(press('Get the PDF', 'receipts', { open: receipt.id }, { workspace: about.id })),
    ],
    ...footOf(about),
  };
}

/** Who is billed, to be typed by the primary owner. */
export function billingDetailsForm(to: {
  about: About;
  details?: { name: string; address: readonly string[]; taxId?: string };
  company: string;
}): Form {
  const { about, company, details } = to;
  return {
    name: 'billing-details',
    title: 'Billing details',
    submit: 'Save',
    intro: [`Receipts of ${about.name} name them from now on. Those that were issued stay as they are.`],
    call: { command: 'receipts', args: { what: 'details' }, workspace: about.id },
    fields: [
      { name: 'name', label: 'Company', input: 'line', initial: details?.name ?? company, maxLength: 200 },
      {
        name: 'address',
        label: 'Address',
        input: 'lines',
        initial: details?.address.join('\n') ?? '',
        maxLength: 600,
        optional: true,
      },
      {
        name: 'taxId',
        label: 'Tax number',
        hint: 'Such as GB123456789.',
        input: 'line',
        initial: details?.taxId ?? '',
        maxLength: 60,
        optional: true,
      },
    ],
  };
}

/** Private: the details as receipts will have them. */
export function billingDetailsCard(to: {
  about: About;
  details: { name: string; address: readonly string[]; taxId?: string };
}): Card {
  const { about, details } = to;
  const lines = [details.name, ...details.address, ...(details.taxId ? [`Tax number ${details.taxId}`] : [])];
  return {
    name: 'billing-details-saved',
    parts: [
      text(`Receipts of ${about.name} are billed to: ${lines.join(', ')}.`),
      subtle('Those that were issued stay as they are.'),
      ...buttons(press('Receipts', 'receipts', {}, { workspace: about.id })),
    ],
    ...footOf(about),
  };
}
