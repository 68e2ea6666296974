import express, { type Response, type Router } from 'express';
import { formatMoney, parseAmount, plainAmount } from '../../money.js';
import type { Control } from '../../payments/sandbox/control.js';
import { ApiError } from '../../payments/sandbox/errors.js';
import { Refusal } from '../../refusal.js';
import { isAtHome } from '../at-home.js';
import { html, type Html } from '../html.js';
import { type Page, sendPage } from '../page.js';
import { BADGE, cardName, FORM, moment } from './card-form.js';
import { stateOf } from './payment-state.js';

type Shown = ReturnType<Control['payments']>[number];

/**
 * /sandbox: what merchant and banks do, for whoever tries local mode: give money back, dispute, decide. It shows every
 * payment and moves their (made-up) money, so it answers nobody but a browser on this computer.
 */
export function controlPages(sandbox: Control): Router {
  const pages = express.Router();
  pages.use('/sandbox', (request, _response, next) => (isAtHome(request) ? next() : next('router')), FORM);
  pages.get('/sandbox', (_request, response) => show(sandbox, response));
  /** Does it, and shows the page anew, so that loading it again repeats nothing. */
  const act = (path: string, work: (id: string, body: Record<string, unknown>) => unknown): void => {
    pages.post(path, (request, response) => {
      const fault = refusalOf(() =>
        work(String(request.params['id']), (request.body ?? {}) as Record<string, unknown>),
      );
      if (fault === undefined) response.redirect(303, '/sandbox');
      else show(sandbox, response, fault);
    });
  };
  act('/sandbox/control/payments/:id/refund', (id, { amount }) =>
    sandbox.refund(id, parseAmount(String(amount), currencyOf(sandbox, id))),
  );
  act('/sandbox/control/payments/:id/dispute', (id) => sandbox.dispute(id));
  act('/sandbox/control/payments/:id/end', (id, { succeeded }) => sandbox.endPayment(id, succeeded === 'yes'));
  act('/sandbox/control/slow', () => sandbox.slowPayments(1));
  act('/sandbox/control/disputes/:id/close', (id, { won }) => sandbox.closeDispute(id, won === 'yes'));
  return pages;
}

/** Why it was not done, for people; anything unexpected goes on. */
function refusalOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    if (error instanceof Refusal) return 'That is not an amount that can be given back.';
    throw error;
  }
}

function currencyOf(sandbox: Control, payment: string): string {
  const shown = sandbox.payments().find(({ intent }) => intent.id === payment);
  return (shown?.intent.currency ?? 'gbp').toUpperCase();
}

function show(sandbox: Control, response: Response, fault?: string): void {
  sendPage(response, { ...controlPage(sandbox, fault), ...(fault ? { status: 400 } : {}) });
}

function controlPage(sandbox: Control, fault: string | undefined): Page {
  const payments = sandbox.payments();
  const body = html`<div class="sheet">
<p>${BADGE}</p>
<h1>Sandbox payments</h1>
<p class="soft">Here you are the merchant and the banks: give money back, or ask for it back, and see in the chat what Workspaces makes of it. It hears of it as of everything, by a signed webhook.</p>
${fault && html`<p class="notice bad" role="alert">${fault}</p>`}
${
  payments.length === 0
    ? html`<p>No payments yet. Type <code>/workspace topup 100</code> in the chat and pay on the page that opens.</p>`
    : html`<ul class="list">${payments.map(paymentItem)}</ul>`
}
${holdForm(sandbox)}
</div>`;
  return { title: 'Sandbox payments', wide: true, body };
}

function holdForm(sandbox: Control): Html {
  if (sandbox.slowPaymentsLeft() > 0)
    return html`<p class="apart soft">The next payment is held back: it appears here, and you say how it ends.</p>`;
  return html`<form class="apart line soft" method="post" action="/sandbox/control/slow"><div>A bank may need days. Hold the next payment back until you say how it ends:</div><button class="quiet small">Hold the next one</button></form>`;
}

function paymentItem(shown: Shown): Html {
  const { intent, charge } = shown;
  const { label, sign, says } = stateOf(shown);
  const card = charge?.payment_method_details?.card;
  return html`<li><div class="line">
<div><p class="lead"><strong>${formatMoney(intent.amount, intent.currency.toUpperCase())}</strong> <span class="badge ${sign}">${label}</span></p>
<p class="soft">${intent.description ?? intent.id}<br>${[card && cardName(card), moment(intent.created)].filter(Boolean).join(' · ')}${says && html`<br>${says}`}</p></div>
<div class="buttons">${actions(shown)}${charge?.receipt_url ? html`<a class="button quiet small" href="/sandbox/receipts/${charge.id}">Receipt</a>` : false}</div>
</div></li>`;
}

function actions({ intent, charge, dispute }: Shown): Html | false {
  if (intent.status === 'processing')
    return html`${yesOrNo(`payments/${intent.id}/end`, 'succeeded', 'It arrives', 'It fails')}`;
  if (dispute?.status === 'needs_response' || dispute?.status === 'warning_needs_response')
    return html`${yesOrNo(`disputes/${dispute.id}/close`, 'won', 'You win', 'They win')}`;
  if (charge?.status !== 'succeeded' || charge.disputed || charge.refunded) return false;
  const left = plainAmount(charge.amount - charge.amount_refunded, charge.currency.toUpperCase());
  return html`<form class="inline" method="post" action="/sandbox/control/payments/${intent.id}/refund"><input name="amount" aria-label="Amount to give back" value="${left}" inputmode="decimal" maxlength="14" required><button class="quiet small">Refund</button></form>
<form method="post" action="/sandbox/control/payments/${intent.id}/dispute"><button class="quiet small">Dispute</button></form>`;
}

function yesOrNo(path: string, name: string, yes: string, no: string): Html {
  return html`<form class="inline" method="post" action="/sandbox/control/${path}"><button class="quiet small" name="${name}" value="yes">${yes}</button><button class="quiet small" name="${name}" value="no">${no}</button></form>`;
}
