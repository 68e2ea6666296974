import { toppedUpCard } from '../cards/balance-card.js';
import { paymentDeclinedCard, paymentSetAsideCard } from '../cards/payment-cards.js';
import type { Log } from '../log.js';
import { inTransaction } from '../mongo.js';
import { markTopUpTold, untoldTopUps } from '../payments/telling.js';
import type { TopUp } from '../payments/top-up.js';
import { getPerson } from '../workspace/people.js';
import { audienceOf, cardFor } from './audience.js';
import { type Notice, recipientKey } from './notice.js';
import { enqueue } from './outbox.js';

const BATCH = 200;

/** Tells how each ended top-up ended; resolves with how many were told. */
export async function tellTopUps(log: Pick<Log, 'error'>): Promise<number> {
  let told = 0;
  for (const topUp of await untoldTopUps(BATCH)) {
    try {
      const notices = await noticesOf(topUp);
      await inTransaction(async () => {
        await enqueue(notices);
        await markTopUpTold(topUp);
      });
      told++;
    } catch (error) {
      log.error({ err: error, topUp: topUp.id }, 'how a top-up ended could not be told');
    }
  }
  return told;
}

/** The channel hears of money that came; who paid hears privately of money that did not. */
async function noticesOf(topUp: TopUp): Promise<Notice[]> {
  const { account, workspace, workspaceName, amountMinor, currency, balanceMinor } = topUp;
  const about = { id: workspace, name: workspaceName, currency };
  const payer: Omit<Notice, 'card'> = {
    id: `topup:${topUp.id}:${topUp.state}`,
    account,
    workspace,
    to: { person: topUp.by },
  };
  switch (topUp.state) {
    case 'credited': {
      if (balanceMinor === undefined) throw new Error(`top-up ${topUp.id} is credited without a balance`);
      const audience = await audienceOf(account, workspace, 'alerts');
      const by = await getPerson(account, topUp.by);
      const card = toppedUpCard({ about: { ...about, balanceMinor }, amountMinor, ...(by && { by: by.name }) });
      return audience.to.map((to) => ({
        ...payer,
        id: `${payer.id}:${recipientKey(to)}`,
        to,
        card: cardFor(audience, card, about),
      }));
    }
    case 'declined':
      return [
        {
          ...payer,
          card: paymentDeclinedCard({ about, amountMinor, ...(topUp.decline && { why: topUp.decline.message }) }),
        },
      ];
    case 'suspense':
      return [{ ...payer, card: paymentSetAsideCard({ about, amountMinor, reference: topUp.id }) }];
    case 'open':
    case 'processing':
    case 'expired':
    case 'failed':
      return [];
  }
}
