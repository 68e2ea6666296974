import type { Card, Form } from '../../src/cards/card.js';
import {
  archiveCard,
  contactListCard,
  contactListsCard,
  removeContactForm,
  renameListForm,
} from '../../src/cards/resources/contact-cards.js';
import {
  importedCard,
  importForm,
  importPreviewCard,
  importTargetForm,
} from '../../src/cards/resources/contact-import-cards.js';
import { priceConfirmCard, priceForm, pricesCard } from '../../src/cards/balance/price-cards.js';
import { resourcesCard, resourcesFoundCard } from '../../src/cards/resources/resource-cards.js';
import {
  previewForm,
  templateCard,
  templateForm,
  templatePreviewCard,
  templatesCard,
} from '../../src/cards/resources/template-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';
const changedAt = '2026-11-16T09:01:00.000Z';

const list = {
  ...{ id: 'cl_1', name: 'Spring customers', contacts: 1_204, columns: ['first_name', 'city', 'visits'] },
  ...{ changedAt, archived: false },
};
const template = {
  ...{ id: 'tp_1', name: 'Welcome', item: 'sms', text: 'Hello {{first_name}}!\nSee you in {{city}}.' },
  ...{ variables: ['first_name', 'city'], changedAt, archived: false, version: 2 },
};
const contacts = [
  { phone: '+447400123456', values: ['Ann', 'Leeds', '3'] },
  { phone: '+447400123457', values: ['Ben', '', ''] },
];
const preview = {
  ...{ about, id: 'im_1', fileName: 'spring.csv', columns: ['first_name', 'city'], into: { name: 'spring' } },
};
const prices = [
  { item: 'sms', priceMicro: 4_000_000, own: false, next: { priceMicro: 5_000_000, from: '2026-12-01T00:00:00.000Z' } },
  { item: 'whatsapp', priceMicro: 750_000, accountMicro: 1_000_000, own: true },
  { item: 'fax', priceMicro: 9_000_000, own: false, next: { priceMicro: null, from: '2026-12-01T00:00:00.000Z' } },
];
const priceList = { about, zone, offset: 0, pageSize: 15, setBy: 'The primary owner' };

/** Contact lists, templates and prices. */
export const RESOURCE_SAMPLES: readonly Card[] = [
  resourcesCard({ about, counts: { campaigns: 2, lists: 1, templates: 3, reports: 1 }, items: 2 }),
  resourcesCard({ about, counts: { campaigns: 0, lists: 0, templates: 0, reports: 0 }, items: 0 }),
  resourcesFoundCard({
    about,
    search: 'spring',
    found: [
      { kind: 'campaign', id: 'cp_1', name: 'Spring sale', detail: 'Campaign · draft' },
      { kind: 'contacts', id: 'cl_1', name: 'Spring customers', detail: 'Contact list · 1,204 contacts' },
    ],
    more: true,
  }),
  resourcesFoundCard({ about, search: 'autumn', found: [], more: false }),
  contactListsCard({ about, zone, lists: [list], archived: false, before: 'cl_1' }),
  contactListsCard({ about, zone, lists: [], archived: false }),
  contactListsCard({ about, zone, lists: [], archived: true }),
  contactListCard({ about, zone, list, by: 'Mia', shown: ['first_name', 'city', 'visits'], contacts, after: 2 }),
  contactListCard({ about, zone, list: { ...list, archived: true, contacts: 0 }, shown: [], contacts: [] }),
  archiveCard({ about, command: 'contacts', args: { list: 'cl_1' }, name: list.name, usedBy: ['Spring sale'] }),
  archiveCard({ about, command: 'template', args: { template: 'tp_1' }, name: 'Welcome', usedBy: [] }),
  importPreviewCard({ ...preview, contacts: 118, duplicates: [], bad: [] }),
  importPreviewCard({
    ...{ ...preview, contacts: 116, into: { list: 'cl_1', listName: 'Spring customers' } },
    duplicates: [{ line: 7, first: 3 }],
    bad: [
      { line: 4, why: 'needsCountry', typed: '07400 123456' },
      { line: 9, why: 'notANumber', column: 'visits', typed: 'many' },
    ],
  }),
  importedCard({ about, list, added: 1_204, duplicates: [{ line: 7, first: 3 }], known: [], isNew: true }),
  importedCard({ about, list, added: 4, duplicates: [], known: [2, 5], isNew: false }),
  templatesCard({ about, zone, templates: [template], archived: false }),
  templatesCard({ about, zone, templates: [], archived: false }),
  templateCard({ about, zone, template, price: '£0.04' }),
  templateCard({ about, zone, template: { ...template, archived: true, variables: [] } }),
  templatePreviewCard({
    about,
    template,
    text: 'Hello Ben!\nSee you in {{city}}.',
    contact: { phone: '+447400123457', list: 'Spring customers' },
    missing: ['city'],
  }),
  templatePreviewCard({ about, template, text: template.text, missing: ['first_name', 'city'] }),
  pricesCard({ ...priceList, prices, mayChange: true, total: 3 }),
  pricesCard({ ...priceList, prices: [], mayChange: false, total: 0 }),
  priceConfirmCard({
    ...{ about, zone, item: 'sms', priceMicro: 3_500_000, beforeMicro: 4_000_000, scope: 'workspace', key: 'op_1' },
    anew: false,
    from: '2026-12-01T00:00:00.000Z',
    args: { item: 'sms', price: '0.035', scope: 'workspace', from: '1 December' },
  }),
  priceConfirmCard({
    ...{ about, zone, item: 'whatsapp', priceMicro: null, beforeMicro: 750_000, thenMicro: 1_000_000, key: 'op_2' },
    ...{ scope: 'workspace', args: { item: 'whatsapp', price: 'off', scope: 'workspace' }, anew: false },
  }),
  priceConfirmCard({
    ...{ about, zone, item: 'sms', priceMicro: 3_500_000, beforeMicro: 5_000_000, scope: 'workspace', key: 'op_3' },
    ...{ args: { item: 'sms', price: '0.035', scope: 'workspace' }, anew: true },
  }),
];

const lists = Array.from({ length: 100 }, (_, index) => ({
  id: `cl_${index}`,
  name: `List ${index} `.repeat(6).trim(),
  contacts: index,
}));

/** Their forms, as full as they get. */
export const RESOURCE_FORMS: readonly Form[] = [
  importForm({ about, name: 'Spring', country: 'GB' }),
  importForm({ about, list }),
  importTargetForm({ about, id: 'im_1', name: 'spring', country: 'GB', lists, list: lists[1]! }),
  renameListForm(about, list),
  removeContactForm(about, list),
  templateForm({ about, items: [{ item: 'sms', price: '£0.04' }], name: 'Welcome' }),
  templateForm({ about, items: [], template: { ...template, text: 'x'.repeat(1_600) } }),
  previewForm({ about, template, lists, contact: '+447400123457' }),
  priceForm({ about, scopes: ['workspace', 'account'], item: 'sms', price: '0.04', from: '1 December' }),
];
