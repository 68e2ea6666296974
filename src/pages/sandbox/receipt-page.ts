import express, { type Router } from 'express';
import { formatMoney } from '../../money.js';
import type { Charge, Refund } from '../../payments/sandbox/objects.js';
import type { SandboxPages } from '../../payments/sandbox/sandbox.js';
import { html, type Html } from '../html.js';
import { messagePage, type Page, sendPage } from '../page.js';
import { BADGE, cardName, moment } from './card-form.js';

/** The provider's own receipt, where `charge.receipt_url` leads: GET /sandbox/receipts/:charge. */
export function receiptPages(sandbox: SandboxPages): Router {
  const pages = express.Router();
  pages.get('/sandbox/receipts/:charge', (request, response) => {
    const found = sandbox.receipt(request.params.charge);
    sendPage(response, found ? receiptPage(found.charge, found.refunds) : unknownPage());
  });
  return pages;
}

function receiptPage(charge: Charge, refunds: readonly Refund[]): Page {
  const amount = formatMoney(charge.amount, charge.currency.toUpperCase());
  const { card } = charge.payment_method_details ?? {};
  const body = html`<p>${BADGE}</p>
<p class="soft">Receipt of the payment provider</p>
<div class="amount">${amount}</div>
<dl>
${charge.description ? line('For', charge.description) : false}
${line('Paid', moment(charge.created))}
${card && line('Card', cardName(card))}
${line('Number', charge.id)}
${refunds.filter(({ status }) => status !== 'failed').map(refundLine)}
</dl>
${charge.disputed && html`<p class="notice warning">The cardholder's bank has asked for this payment back.</p>`}`;
  return { title: `Receipt for ${amount}`, body };
}

const line = (name: string, value: string): Html => html`<dt>${name}</dt><dd>${value}</dd>`;

function refundLine({ amount, currency, created }: Refund): Html {
  return line('Given back', `${formatMoney(amount, currency.toUpperCase())} on ${moment(created)}`);
}

function unknownPage(): Page {
  const says = [html`Ask for the receipt again in the chat with <code>/workspace receipts</code>.`];
  return messagePage({ status: 404, sign: 'warning', title: 'No such receipt', says });
}
