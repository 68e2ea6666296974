import {
  accountCharts,
  accountSummaryCard,
  type AccountSummaryFacts,
} from '../../cards/summaries/account-summary-card.js';
import { inTransaction } from '../../mongo.js';
import { getAccount } from '../../workspace/accounts.js';
import type { Account } from '../../workspace/entities.js';
import type { Notice } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';
import { accountMonth } from './account-month.js';
import { advanceAccount, delayAccount, dueAccounts } from './account-schedule.js';
import type { AccountScheduleRow } from './account-schedule-model.js';
import { endOf } from './periods.js';
import type { SummaryDeps } from './summaries.js';

const HOUR_MS = 3_600_000;
/** A month that is not closed everywhere is waited for so long, and then told without what is missing. */
const WAIT_MS = 36 * HOUR_MS;
/** Found later than this it is no news any more. */
const CATCH_UP_MS = 7 * 24 * HOUR_MS;
const BATCH = 50;

/** Tells the owners of accounts what the month was in all their workspaces; resolves with how many months it told. */
export async function makeDueAccountSummaries(deps: SummaryDeps, at: Date, timeIsUp: () => boolean): Promise<number> {
  let made = 0;
  for (;;) {
    const due = await dueAccounts(at, BATCH);
    if (due.length === 0) return made;
    for (const row of due) {
      if (timeIsUp()) return made;
      try {
        if (await tellAccount(deps, row, at)) made++;
      } catch (error) {
        await delayAccount(row, new Date(at.getTime() + HOUR_MS));
        deps.log.error(
          { err: error, account: row.account, period: row.period },
          'an account could not be told of its month',
        );
      }
    }
  }
}

async function tellAccount(deps: SummaryDeps, row: AccountScheduleRow, at: Date): Promise<boolean> {
  const account = await getAccount(row.account);
  if (!account) throw new Error('the account is gone');
  const overMs = at.getTime() - endOf(row.period, account.timeZone).getTime();
  const news = account.status === 'enabled' && overMs <= CATCH_UP_MS;
  const facts = news ? await accountMonth(deps.ledger, account, row.period, at) : undefined;
  if (facts && facts.missing.length > 0 && overMs < WAIT_MS) {
    await delayAccount(row, new Date(at.getTime() + HOUR_MS));
    return false;
  }
  const notices = facts && worthTelling(facts) ? [noticeOf(deps, account, facts)] : [];
  return inTransaction(async () => {
    if (!(await advanceAccount(row))) return false;
    await enqueue(notices);
    return notices.length > 0;
  });
}

/** One workspace has its own summary, and says the same. */
function worthTelling({ workspaces }: AccountSummaryFacts): boolean {
  const used = workspaces.filter(({ spentMinor, balanceMinor }) => spentMinor !== 0 || balanceMinor !== 0);
  return used.length > 1;
}

function noticeOf({ pictureOf }: SummaryDeps, account: Account, facts: AccountSummaryFacts): Notice {
  const charts = accountCharts(facts);
  const picture = charts.length > 0 ? pictureOf(charts, account.locale) : undefined;
  return {
    id: `accountSummary:${account.id}:${facts.period}`,
    account: account.id,
    to: { person: account.owner },
    card: accountSummaryCard(facts, { charts, picture }),
  };
}
