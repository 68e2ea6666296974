import express, { type Router } from 'express';
import { formatMoney } from '../money.js';
import type { Payments } from '../payments/payments.js';
import type { TopUp, TopUpState } from '../payments/top-up.js';
import { html, type Html, safeUrl } from './html.js';
import { messagePage, type Page, sendPage } from './page.js';

/** While the provider has not said yet how it went, the page looks again by itself. */
const LOOK_AGAIN_SECONDS = 3;
const CLOSE = html`You can close this page; the result is in the chat.`;
const ANEW = html`For a new link, type <code>/workspace topup</code> in the chat.`;

/**
 * GET /payments/cards: where the provider's page for cards leads back to.
 *
 * GET /payments/return?top_up=…[&left=1]: where the payer lands. It re-reads the provider; coming here proves
 * nothing. The top-up's id is unguessable, and the page shows the payer no more than they paid.
 */
export function paymentPages(deps: {
  payments: Pick<Payments, 'settle'>;
  log: { error(details: Readonly<Record<string, unknown>>, message: string): void };
}): Router {
  const pages = express.Router();
  pages.get('/payments/return', async (request, response) => {
    const reference = typeof request.query['top_up'] === 'string' ? request.query['top_up'] : '';
    const left = request.query['left'] === '1';
    sendPage(response, await lookUp(deps, reference, left));
  });
  pages.get('/payments/cards', (_request, response) => sendPage(response, cardsPage()));
  return pages;
}

async function lookUp(deps: Parameters<typeof paymentPages>[0], reference: string, left: boolean): Promise<Page> {
  try {
    const topUp = await deps.payments.settle(reference, new Date());
    return topUp ? pageOf(topUp, left) : unknownPage();
  } catch (error) {
    deps.log.error({ err: error, topUp: reference }, 'a returning payer could not be told how it went');
    return troublePage();
  }
}

function pageOf(topUp: TopUp, left: boolean): Page {
  if (topUp.state !== 'open') return PAGES[topUp.state](topUp, formatMoney(topUp.amountMinor, topUp.currency));
  const amount = formatMoney(topUp.amountMinor, topUp.currency);
  if (topUp.decline) return declinedPage(topUp, amount);
  return left ? leftPage(topUp, amount) : checkingPage(amount);
}

const PAGES: Readonly<Record<Exclude<TopUpState, 'open'>, (topUp: TopUp, amount: string) => Page>> = {
  credited: (topUp, amount) =>
    messagePage({
      sign: 'good',
      title: `${amount} added to ${topUp.workspaceName}`,
      says: [html`Thank you, the payment is through.`, CLOSE],
    }),
  processing: (topUp, amount) =>
    messagePage({
      sign: 'info',
      title: `${amount} is on its way`,
      says: [html`Your bank is still at it. ${topUp.workspaceName} gets the money as soon as it arrives.`, CLOSE],
    }),
  suspense: (topUp, amount) =>
    messagePage({
      sign: 'warning',
      title: 'We have your payment, but it does not fit',
      says: [
        html`It is not the ${amount} that ${topUp.workspaceName} expected. It is safe, and support looks at it now.`,
        CLOSE,
      ],
    }),
  expired: (_topUp, amount) =>
    messagePage({
      sign: 'warning',
      title: 'This payment link has expired',
      says: [html`${amount} was not taken.`, ANEW],
    }),
  declined: (topUp, amount) =>
    messagePage({
      sign: 'bad',
      title: 'The payment did not go through',
      says: [html`${topUp.decline?.message ?? 'The bank refused it.'} ${amount} was not taken.`, ANEW],
    }),
  failed: (_topUp, amount) =>
    messagePage({
      sign: 'bad',
      title: 'The payment could not be started',
      says: [html`${amount} was not taken.`, ANEW],
    }),
};

function leftPage(topUp: TopUp, amount: string): Page {
  return messagePage({
    sign: 'info',
    title: 'Nothing was paid',
    says: [html`${amount} was not taken. The link works for a day, if you change your mind.`, backToPay(topUp)],
  });
}

function declinedPage(topUp: TopUp, amount: string): Page {
  return messagePage({
    sign: 'bad',
    title: 'Your card was declined',
    says: [html`${topUp.decline?.message} ${amount} was not taken. You can try another card.`, backToPay(topUp)],
  });
}

function backToPay(topUp: TopUp): Html {
  const url = topUp.url && safeUrl(topUp.url);
  return url ? html`<a class="button" href="${url}">Back to the payment</a>` : html``;
}

function cardsPage(): Page {
  return messagePage({
    sign: 'good',
    title: 'Your cards are as you left them',
    says: [html`What you changed holds from now on. You can close this page.`],
  });
}

function checkingPage(amount: string): Page {
  return messagePage({
    sign: 'info',
    title: 'Checking your payment',
    says: [html`We are asking the bank about your ${amount}. This page looks again by itself.`, CLOSE],
    refreshSeconds: LOOK_AGAIN_SECONDS,
  });
}

function troublePage(): Page {
  return messagePage({
    status: 503,
    sign: 'warning',
    title: 'We cannot see your payment just now',
    says: [html`If you have paid, nothing is lost: the balance follows by itself within minutes.`, CLOSE],
  });
}

function unknownPage(): Page {
  return messagePage({
    status: 404,
    sign: 'warning',
    title: 'No such payment',
    says: [html`There is no payment at this address.`, ANEW],
  });
}
