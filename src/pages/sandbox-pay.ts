import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import { formatMoney } from '../money.js';
import type { CheckoutSession, Order } from '../payments/sandbox/objects.js';
import type { Sandbox } from '../payments/sandbox/sandbox.js';
import { html, type Html, safeUrl } from './html.js';
import { messagePage, type Page, sendPage } from './page.js';

const TRIES = [
  { label: 'Declined', number: '4000000000000002' },
  { label: 'No funds', number: '4000000000009995' },
  { label: '3-D Secure', number: '4000002500003155' },
];

const last = (value: unknown) => (Array.isArray(value) ? value.at(-1) : value);
/** A "try" button sends a second `number` after the field's own. */
const typedCard = z.object({
  number: z.preprocess(last, z.string().max(40)).transform((number) => number.replace(/[\s-]/g, '')),
  expiry: z.string().regex(/^\s*(0?[1-9]|1[0-2])\s*\/\s*(20)?\d{2}\s*$/),
});

/** The sandbox's hosted checkout: GET and POST /sandbox/pay/:session, POST /sandbox/pay/:session/bank. */
export function sandboxPayPages(sandbox: Sandbox): Router {
  const pages = express.Router();
  const form = express.urlencoded({ extended: false, limit: '16kb' });

  pages.get('/sandbox/pay/:session', (request, response) => {
    show(sandbox, response, request.params.session);
  });

  pages.post('/sandbox/pay/:session', form, (request, response) => {
    const id = request.params.session;
    const card = typedCard.safeParse(request.body);
    if (!card.success)
      return show(sandbox, response, id, 'Please check the card number and the expiry date (MM / YY).');
    const [month, year] = card.data.expiry.split('/').map(Number);
    const step = sandbox.pay(id, {
      number: card.data.number,
      expMonth: month ?? 1,
      expYear: 2000 + ((year ?? 0) % 100),
    });
    if (step?.step === 'paid') return response.redirect(303, returnAddress(step.session));
    return show(sandbox, response, id, step?.step === 'declined' ? step.message : undefined);
  });

  pages.post('/sandbox/pay/:session/bank', form, (request, response) => {
    const id = request.params.session;
    const answer = z.object({ answer: z.enum(['approve', 'refuse']) }).safeParse(request.body);
    const step = answer.success ? sandbox.authenticate(id, answer.data.answer === 'approve') : undefined;
    if (step?.step === 'paid') return response.redirect(303, returnAddress(step.session));
    return show(sandbox, response, id, step?.step === 'declined' ? step.message : undefined);
  });
  return pages;
}

function returnAddress(session: CheckoutSession): string {
  return (session.success_url ?? '/').replace('{CHECKOUT_SESSION_ID}', session.id);
}

function show(sandbox: Sandbox, response: Response, id: string, fault?: string): void {
  const found = sandbox.session(id);
  if (!found) return sendPage(response, unknownPage());
  const { session, order, authenticating } = found;
  if (session.status === 'complete') return sendPage(response, paidPage(session));
  if (session.status === 'expired') return sendPage(response, expiredPage());
  if (authenticating) return sendPage(response, bankPage(session));
  return sendPage(response, payPage(session, order, fault));
}

const BADGE = html`<span class="badge warning">Sandbox: no real money</span>`;

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
<label>Card number<input name="number" inputmode="numeric" value="4242 4242 4242 4242" maxlength="40" required></label>
<div class="pair">
<label>Expiry<input name="expiry" inputmode="numeric" value="12 / 34" placeholder="MM / YY" maxlength="9" required></label>
<label>Security code<input name="cvc" inputmode="numeric" value="123" maxlength="4" required></label>
</div>
<button class="full">Pay ${amount}</button>
<p class="soft">${session.custom_text.submit?.message}</p>
<div class="apart soft">
<p>The number above always works. See what happens with another card:</p>
<div class="row">${TRIES.map(tryButton)}</div>
</div>
</form>
</section>
</div>`;
  return { title: `Pay ${amount}`, wide: true, body };
}

function tryButton({ label, number }: { label: string; number: string }): Html {
  return html`<button class="quiet small" name="number" value="${number}">${label}</button>`;
}

function bankPage(session: CheckoutSession): Page {
  const amount = amountOf(session);
  const answer = (value: string, label: string, kind: string) =>
    html`<form method="post" action="/sandbox/pay/${session.id}/bank"><button class="full ${kind}" name="answer" value="${value}">${label}</button></form>`;
  const body = html`<p>${BADGE}</p>
<h1>Your bank wants to be sure</h1>
<p>A payment of <strong>${amount}</strong> is about to be taken from your card. Is this you?</p>
<div class="row">${answer('approve', 'Yes, pay', '')}${answer('refuse', 'No, refuse', 'quiet')}</div>`;
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
