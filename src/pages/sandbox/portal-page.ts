import express, { type Request, type Response, type Router } from 'express';
import type { PaymentMethod } from '../../payments/sandbox/objects.js';
import type { PortalStep, PortalView } from '../../payments/sandbox/portal.js';
import type { SandboxPages } from '../../payments/sandbox/sandbox.js';
import { html, type Html, safeUrl } from '../html.js';
import { messagePage, type Page, sendPage } from '../page.js';
import {
  BADGE,
  bankQuestion,
  cardFields,
  cardName,
  CHECK_THE_CARD,
  FORM,
  readAnswer,
  readCard,
  tryButtons,
} from './card-form.js';

const TRIES = [
  { label: 'Refused now', number: '4000000000000002' },
  { label: 'Refused when charged', number: '4000000000000341' },
  { label: '3-D Secure once', number: '4000002500003155' },
  { label: '3-D Secure every time', number: '4000002760003184' },
];

/** The sandbox's page for a customer's cards, as short-lived as Stripe's: /sandbox/portal/:token and what its buttons do. */
export function portalPages({ portal }: SandboxPages): Router {
  const pages = express.Router();
  /** After a step the page is loaded anew, so that loading it again repeats nothing. */
  const afterwards = (request: Request<{ token: string }>, response: Response, step: PortalStep): void => {
    const { token } = request.params;
    const { session } = portal.view(token) ?? {};
    if (step.step === 'declined') return show(portal, response, token, step.message);
    const leadsBack = step.step === 'done' ? session?.flow?.after_completion.redirect?.return_url : undefined;
    response.redirect(303, leadsBack ?? `/sandbox/portal/${token}`);
  };
  pages.get('/sandbox/portal/:token', (request, response) => show(portal, response, request.params.token));
  pages.post('/sandbox/portal/:token/cards', FORM, (request, response) => {
    const { token } = request.params;
    const card = readCard(request.body);
    if (!card) return show(portal, response, token, CHECK_THE_CARD);
    return afterwards(request, response, portal.addCard(token, card));
  });
  pages.post('/sandbox/portal/:token/bank', FORM, (request, response) => {
    const approved = readAnswer(request.body);
    const { token } = request.params;
    if (approved === undefined) return show(portal, response, token);
    return afterwards(request, response, portal.proveCard(token, approved));
  });
  pages.post('/sandbox/portal/:token/cards/:card/default', (request, response) => {
    portal.chooseDefault(request.params.token, request.params.card);
    response.redirect(303, `/sandbox/portal/${request.params.token}`);
  });
  pages.post('/sandbox/portal/:token/cards/:card/remove', (request, response) => {
    portal.removeCard(request.params.token, request.params.card);
    response.redirect(303, `/sandbox/portal/${request.params.token}`);
  });
  return pages;
}

function show(portal: SandboxPages['portal'], response: Response, token: string, fault?: string): void {
  const view = portal.view(token);
  if (!view) return sendPage(response, closedPage());
  return sendPage(response, view.authenticating ? bankPage(token, view.authenticating) : cardsPage(token, view, fault));
}

function cardsPage(token: string, view: PortalView, fault: string | undefined): Page {
  const { customer, cards, session } = view;
  const back = safeUrl(session.return_url ?? '');
  const preferred = customer.invoice_settings.default_payment_method;
  const body = html`<div class="columns">
<section class="order">
<p>${BADGE}</p>
${fault && html`<p class="notice bad" role="alert">${fault}</p>`}
<h1>Cards of ${customer.name ?? 'this customer'}</h1>
${
  cards.length === 0
    ? html`<p class="soft">None yet. The first one you add is charged from then on.</p>`
    : html`<ul class="list">${cards.map((card) => cardItem(token, card, card.id === preferred))}</ul>`
}
${back && html`<p><a href="${back}">← Back</a></p>`}
</section>
<section>
<h2>Add a card</h2>
<form method="post" action="/sandbox/portal/${token}/cards" autocomplete="off">
${cardFields}
<button class="full">Add card</button>
<p class="soft">Nothing is taken now.</p>
${tryButtons('See what happens with another card:', TRIES)}
</form>
</section>
</div>`;
  return { title: 'Cards', wide: true, body };
}

function cardItem(token: string, method: PaymentMethod, isDefault: boolean): Html {
  const { exp_month: month, exp_year: year } = method.card;
  const button = (what: string, label: string) =>
    html`<form method="post" action="/sandbox/portal/${token}/cards/${method.id}/${what}"><button class="quiet small">${label}</button></form>`;
  return html`<li><p><strong>${cardName(method.card)}</strong>${isDefault && html` <span class="badge good">Default</span>`}<br>
<span class="soft">Expires ${String(month).padStart(2, '0')} / ${year}</span></p>
<div class="buttons">${!isDefault && button('default', 'Make default')}${button('remove', 'Remove')}</div></li>`;
}

function bankPage(token: string, { card }: PaymentMethod): Page {
  const question = html`<strong>${cardName(card)}</strong> is about to be kept for later payments.`;
  const body = bankQuestion(`/sandbox/portal/${token}/bank`, question, 'Yes, keep it');
  return { title: 'Confirm with your bank', body };
}

function closedPage(): Page {
  const says = [
    html`Such a link works for a few minutes only. Ask for a new one in the chat with <code>/workspace billing</code>.`,
  ];
  return messagePage({ status: 410, sign: 'warning', title: 'This link no longer works', says });
}
