import type { Receipt, Seller } from '../../../src/payments/receipts/receipt.js';

export const SELLER: Seller = {
  name: 'Workspaces Ltd',
  address: ['1 High Street', 'London EC1A 1BB', 'United Kingdom'],
  taxId: 'GB123456789',
  taxes: [{ name: 'VAT', rateMilli: 20_000 }],
};

/** A receipt as it is issued, with whatever the test changes. */
export function receiptWith(change: Partial<Receipt> = {}): Receipt {
  const { taxes: _rates, ...seller } = SELLER;
  return {
    id: 'rc_1',
    account: 'acc_k3f9qz',
    workspace: 'ws_1',
    kind: 'receipt',
    number: 1,
    label: 'K3F9QZ-000001',
    source: 'topup:tu_1',
    seller,
    buyer: { name: 'Acme', address: [] },
    workspaceName: 'Marketing',
    totalMinor: 10_000,
    netMinor: 8_333,
    taxes: [{ name: 'VAT', rateMilli: 20_000, taxMinor: 1_667 }],
    currency: 'GBP',
    topUp: 'tu_1',
    paid: { method: 'card', card: { brand: 'visa', last4: '4242' }, providerId: 'pi_3Q1abcDEF' },
    by: { person: 'p_1', name: 'Olivia' },
    entry: { key: 'topup:tu_1', sequence: 2 },
    origin: {
      reference: 'R-7F3K2Q',
      delivery: 'd1',
      platform: 'slack',
      tenant: 'T02',
      kind: 'channel',
      channel: 'C1',
      channelName: 'marketing',
    },
    zone: 'Europe/London',
    movedAt: new Date('2026-11-16T09:00:00.000Z'),
    issuedAt: new Date('2026-11-16T09:01:00.000Z'),
    ...change,
  };
}

/** What is hard to set: long, many, and in other scripts. */
export const HARD: Readonly<Record<string, Receipt>> = {
  plain: receiptWith(),
  long: receiptWith({
    buyer: {
      name: 'Vereinigte Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft Österreich und Ungarn m. b. H. & Co. Kommanditgesellschaft',
      address: [
        'Gebäude 7, Aufgang C, dritter Stock, zu Händen der Abteilung für Kreditorenbuchhaltung und Spesen',
        'Äußere Sulzbacher Straße 1234',
        '90491 Nürnberg',
        'Deutschland',
      ],
      taxId: 'DE999999999',
    },
    workspaceName: 'Zażółć gęślą jaźń · Πωλήσεις Ελλάδας · Продажи Север',
    currency: 'EUR',
    totalMinor: 99_999_999,
    netMinor: 86_956_521,
    taxes: [
      { name: 'GST', rateMilli: 5_000, taxMinor: 4_347_826 },
      { name: 'Taxe de vente du Québec', rateMilli: 9_975, taxMinor: 8_673_913 },
      { name: 'City levy', rateMilli: 25, taxMinor: 21_739 },
    ],
  }),
  scripts: receiptWith({
    buyer: {
      name: 'Łódź Średzka Spółka z o.o. / Ανώνυμη Εταιρεία / ООО «Ёлка» / 株式会社アクメ 😀',
      address: ['ul. Świętokrzyska 31/33a', '00-049 Warszawa'],
    },
    by: { person: 'p_1', name: 'Żaneta Wójcik' },
    currency: 'JPY',
    totalMinor: 120_000,
    netMinor: 109_091,
    taxes: [{ name: 'Consumption tax', rateMilli: 10_000, taxMinor: 10_909 }],
  }),
  creditNote: receiptWith({
    kind: 'creditNote',
    number: 2,
    label: 'K3F9QZ-000002',
    source: 'refund:re_1',
    corrects: { receipt: 'rc_1', label: 'K3F9QZ-000001' },
    reason: 'refund',
    totalMinor: 2_500,
    netMinor: 2_083,
    taxes: [{ name: 'VAT', rateMilli: 20_000, taxMinor: 417 }],
    entry: { key: 'refund:re_1', sequence: 9 },
  }),
  manyTaxes: receiptWith({
    taxes: Array.from({ length: 34 }, (_, index) => ({
      name: `Local levy of district ${index + 1}`,
      rateMilli: 500,
      taxMinor: 49,
    })),
  }),
};
