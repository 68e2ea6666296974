import type { Minor } from '../ledger/entry.js';
import { costOf, pricesOf } from '../prices/prices.js';
import type { Campaign } from './campaign.js';
import { type ContactList, getContactList } from './contact-lists.js';
import { getTemplate, type Template } from './templates.js';

/** What a campaign would cost, or why it cannot be started as it is. */
export interface Estimate {
  template: Template;
  list: ContactList;
  /** For one contact, at the time of sending; absent where the item has no price then. */
  priceMicro?: number;
  /** Rounded up: what a start sets aside. */
  amountMinor?: Minor;
  /** What stands in the way of a start. */
  blocked?: 'templateArchived' | 'listArchived' | 'listEmpty' | 'noPrice' | 'tooMuch' | 'timePast';
}

/** A campaign's contacts at the price of its template's item when it is sent. */
export async function estimateOf(
  { account, workspace, template: templateId, list: listId, sendAt }: Campaign,
  at: Date,
): Promise<Estimate> {
  const [template, list] = await Promise.all([
    getTemplate(account, workspace, templateId),
    getContactList(account, workspace, listId),
  ]);
  if (!template || !list) throw new Error(`a campaign of ${workspace} has lost its template or contact list`);
  const priceAt = await pricesOf(account, workspace, [template.item]);
  const priceMicro = priceAt(template.item, sendAt ?? at)?.priceMicro;
  const of = { template, list, ...(priceMicro !== undefined && { priceMicro }) };
  const cost = priceMicro === undefined ? undefined : costOf(priceMicro, list.contacts);
  if (template.archivedAt) return { ...of, blocked: 'templateArchived' };
  if (list.archivedAt) return { ...of, blocked: 'listArchived' };
  if (list.contacts === 0) return { ...of, blocked: 'listEmpty' };
  if (priceMicro === undefined) return { ...of, blocked: 'noPrice' };
  if (!cost) return { ...of, blocked: 'tooMuch' };
  const amountMinor = cost.amountMinor + (cost.amountMicro > 0 ? 1 : 0);
  return { ...of, amountMinor, ...(sendAt && sendAt <= at && { blocked: 'timePast' as const }) };
}
