import { toppedUpCard } from '../../cards/balance/balance-card.js';
import { cardholderNeededCard, paymentDeclinedCard, paymentFailedCard } from '../../cards/payments/payment-cards.js';
import type { Log } from '../../log.js';
import { inTransaction } from '../../mongo.js';
import { markTopUpTold, untoldTopUps } from '../../payments/telling.js';
import type { TopUp } from '../../payments/top-up.js';
import { recordEvent } from '../../webhooks/events.js';
import { getPerson } from '../../workspace/people.js';
import { audienceOf, cardFor } from '../audience.js';
import { automaticTopUpNotices } from './automatic-notices.js';
import { type Notice, recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';

const BATCH = 200;

/** Tells how each ended top-up ended, and whom a saved card's bank wants to see; resolves with how many were told. */
export async function tellTopUps(log: Pick<Log, 'error'>): Promise<number> {
  let told = 0;
  for (const topUp of await untoldTopUps(BATCH)) {
    try {
      const notices = await noticesOf(topUp);
      await inTransaction(async () => {
        await enqueue(notices);
        await recordEnd(topUp);
        await markTopUpTold(topUp);
      });
      told++;
    } catch (error) {
      log.error({ err: error, topUp: topUp.id }, 'how a top-up ended could not be told');
    }
  }
  return told;
}

/** The workspace's own systems hear of money that came, and of a payment that took none. */
async function recordEnd(topUp: TopUp): Promise<void> {
  const { id: topUpId, account, workspace, state, amountMinor, currency, balanceMinor, decline } = topUp;
  const ended = { account, workspace, id: `${topUpId}:${state}`, at: topUp.settledAt ?? topUp.createdAt };
  const data = { topUp: topUpId, amountMinor, currency, automatic: topUp.automatic !== undefined };
  if (state === 'credited' && balanceMinor !== undefined) {
    await recordEvent({ ...ended, type: 'topup.succeeded', data: { ...data, balanceMinor } });
  } else if (state === 'declined' || state === 'failed') {
    await recordEvent({ ...ended, type: 'topup.failed', data: { ...data, why: decline?.code ?? 'failed' } });
  }
}

/** The channel hears of money that came; who paid hears privately of money that did not. Suspense has notices of its own. */
async function noticesOf(topUp: TopUp): Promise<Notice[]> {
  const { account, workspace, workspaceName, amountMinor, currency, card } = topUp;
  // Who started it by itself tells of its failures, with when it tries again.
  if (topUp.automatic && topUp.state !== 'credited') return [];
  const about = { id: workspace, name: workspaceName, currency };
  const unpaid = { about, amountMinor, ...(card && { card }) };
  const toPayer = (said: Notice['card']): Notice[] => [
    { id: `topup:${topUp.id}:${topUp.state}`, account, workspace, to: { person: topUp.by }, card: said },
  ];
  switch (topUp.state) {
    case 'credited':
      return topUp.automatic && !topUp.needsCardholder ? automaticTopUpNotices(topUp) : credited(topUp, about);
    case 'declined':
      return toPayer(paymentDeclinedCard({ ...unpaid, ...(topUp.decline && { why: topUp.decline.message }) }));
    case 'failed':
      return topUp.method === 'card' ? toPayer(paymentFailedCard(unpaid)) : [];
    case 'open':
      return topUp.url ? toPayer(cardholderNeededCard({ ...unpaid, url: topUp.url })) : [];
    case 'suspense':
    case 'processing':
    case 'expired':
      return [];
  }
}

async function credited(topUp: TopUp, about: { id: string; name: string; currency: string }): Promise<Notice[]> {
  const { id, account, workspace, state, amountMinor, balanceMinor } = topUp;
  if (balanceMinor === undefined) throw new Error(`top-up ${id} is credited without a balance`);
  const audience = await audienceOf(account, workspace, 'payments');
  const by = await getPerson(account, topUp.by);
  const card = toppedUpCard({
    about: { ...about, balanceMinor },
    amountMinor,
    entry: `topup:${id}`,
    ...(by && { by: by.name }),
  });
  return audience.to.map((to) => ({
    id: `topup:${id}:${state}:${recipientKey(to)}`,
    account,
    workspace,
    to,
    card: cardFor(audience, card, about),
  }));
}
