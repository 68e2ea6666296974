import { type AutomaticFacts, automaticCard } from '../cards/payments/automatic-card.js';
import type { Card } from '../cards/card.js';
import { MOST_TRIES } from '../payments/automatic/back-off.js';
import type { Automatic } from '../payments/automatic/automatic.js';
import { chargedIn } from '../payments/automatic/decide.js';
import { periodOf } from '../payments/automatic/schedule.js';
import { automaticOf } from '../payments/automatic/store.js';
import { getPerson } from '../workspace/people.js';
import { verdict } from '../workspace/permissions.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';

/** How the workspace's automatic payments stand, with what the reader may do about them. */
export async function stateCard(context: InWorkspace): Promise<Card> {
  const { account, actor, at, membership, services, workspace } = context;
  const automatic = await automaticOf({ account: account.id, workspace: workspace.id });
  const set = verdict('setAutomaticPayments', membership.role).answer;
  const pause = verdict('pauseAutomaticPayments', membership.role).answer;
  return automaticCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: actor.timeZone ?? workspace.timeZone,
    ...(automatic && (await standing(automatic, workspace.timeZone, at))),
    may: { set: set === 'yes', ask: set === 'request', pause: pause === 'yes' },
  });
}

async function standing(automatic: Automatic, zone: string, at: Date): Promise<Partial<AutomaticFacts>> {
  const { account, below, charge, declines, lastDecline, monthly, nextTryAt, paused, rechargeAt } = automatic;
  const by = paused?.by === undefined ? undefined : await getPerson(account, paused.by);
  const code = lastDecline && { code: lastDecline.code };
  return {
    ...(below && { below, addedThisMonthMinor: chargedIn(periodOf(at, zone), automatic) }),
    ...(monthly && { monthly, ...(rechargeAt && { rechargeAt }) }),
    ...(charge && { chargingMinor: charge.amountMinor }),
    ...(paused && { paused: { why: paused.why, ...(by && { by: by.name }), ...code } }),
    ...(nextTryAt && code && { backingOff: { ...code, nextTryAt, triesLeft: MOST_TRIES - declines } }),
  };
}
