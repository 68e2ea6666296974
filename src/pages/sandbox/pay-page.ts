import express, { type Response, type Router } from 'express';
import { formatMoney } from '../../money.js';
import type { CheckoutSession, Order } from '../../payments/sandbox/objects.js';
import type { SandboxPages } from '../../payments/sandbox/sandbox.js';
import { html, safeUrl } from '../html.js';
import { messagePage, type Page, sendPage } from '../page.js';
import {
  BADGE,
  bankQuestion,
  cardFields,
  CHECK_THE_CARD,
  FORM,
  readAnswer,
  readCard,
  tryButtons,
} from './card-form.js';

const TRIES = [
  { label: 'Declined', number: '4000000000000002' },
  { label: 'No funds', number: '4000000000009995' },
  { label: 'Expired', number: '4000000000000069' },
  { label: '3-D Secure', number: '4000002500003155' },
  { label: '3-D Secure every time', number: '4000002760003184' },
  { label: 'Disputed at once', number: '4000000000000259' },
];

/** The sandbox's hosted checkout: GET and POST /sandbox/pay/:session, POST /sandbox/pay/:session/bank. */
export function payPages(sandbox: SandboxPages): Router {
  const pages = express.Router();

  pages.get('/sandbox/pay/:session', (request, response) => {
    show(sandbox, response, request.params.session);
  });

  pages.post('/sandbox/pay/:session', FORM, (request, response) => {
    const id = request.params.session;
    const card = readCard(request.body);
    if (!card) return show(sandbox, response, id, CHECK_THE_CARD);
    const step = sandbox.pay(id, card);
    if (step?.step === 'paid') return response.redirect(303, returnAddress(step.session));
    return show(sandbox, response, id, step?.step === 'declined' ? step.message : undefined);
  });

  pages.post('/sandbox/pay/:session/bank', FORM, (request, response) => {
    const id = request.params.session;
    const approved = readAnswer(request.body);
    const step = approved === undefined ? undefined : sandbox.authenticate(id, approved);
    if (step?.step === 'paid') return response.redirect(303, returnAddress(step.session));
    return show(sandbox, response, id, step?.step === 'declined' ? step.message : undefined);
  });
  return pages;
}

function returnAddress(session: CheckoutSession): string {
  return (session.success_url ?? '/').replace('{CHECKOUT_SESSION_ID}', session.id);
}

function show(sandbox: SandboxPages, response: Response, id: string, fault?: string): void {
  const found = sandbox.session(id);
  if (!found) return sendPage(response, unknownPage());
  const { session, order, authenticating } = found;
  if (session.status === 'complete') return sendPage(response, paidPage(session));
  if (session.status === 'expired') return sendPage(response, expiredPage());
  if (authenticating) return sendPage(response, bankPage(session));
  return sendPage(response, payPage(session, order, fault));
}

function amountOf(session: CheckoutSession): string {
  return formatMoney(session.amount_total, session.currency.toUpperCase());
}

function payPage(session: CheckoutSession, order: Order, fault: string | undefined): Page {
  const amount = amountOf(session);
  const cancel = safeUrl(session.cancel_url ?? '');
  const body = html`<div class="columns">
<section class="order">
<p>${BADGE}</p>
<p class="soft">${order.name}</p>
<div class="amount">${amount}</div>
<p class="soft">Paid once. It is added to the workspace's balance as soon as the payment is through.</p>
${cancel && html`<p><a href="${cancel}">← Back without paying</a></p>`}
</section>
<section>
<h1>Pay by card</h1>
${fault && html`<p class="notice bad" role="alert">${fault}</p>`}
<form method="post" action="/sandbox/pay/${session.id}" autocomplete="off">
${cardFields}
<button class="full">Pay ${amount}</button>
<p class="soft">${session.custom_text.submit?.message}</p>
${tryButtons('The number above always works. See what happens with another card:', TRIES)}
</form>
</section>
</div>`;
  return { title: `Pay ${amount}`, wide: true, body };
}

function bankPage(session: CheckoutSession): Page {
  const question = html`A payment of <strong>${amountOf(session)}</strong> is about to be taken from your card.`;
  const body = bankQuestion(`/sandbox/pay/${session.id}/bank`, question, 'Yes, pay');
  return { title: 'Confirm with your bank', body };
}

function paidPage(session: CheckoutSession): Page {
  const back = safeUrl(returnAddress(session));
  return messagePage({
    sign: 'good',
    title: 'This is paid already',
    says: [
      html`${amountOf(session)} was paid with this link. Nothing more is taken.`,
      back ? html`<a href="${back}">See how it went</a>` : html``,
    ],
  });
}

function expiredPage(): Page {
  const says = [html`Nothing was taken. Ask for a new link in the chat with <code>/workspace topup</code>.`];
  return messagePage({ status: 410, sign: 'warning', title: 'This payment link has expired', says });
}

function unknownPage(): Page {
  const says = [
    html`There is no payment at this address. Ask for a new link in the chat with <code>/workspace topup</code>.`,
  ];
  return messagePage({ status: 404, sign: 'warning', title: 'No such payment', says });
}
