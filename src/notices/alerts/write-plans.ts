import { alertStoryCard } from '../../cards/notices/alert-story-cards.js';
import type { Card } from '../../cards/card.js';
import { inTransaction, isDuplicateKey } from '../../mongo.js';
import { cardFor } from '../audience.js';
import { type Notice, type Recipient, recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';
import { replace } from './alert-row.js';
import { recordDaysLevel } from './crossing.js';
import { type Gathered, gather, joinGroups, openGroup, updateGroups, withoutGathered } from './groups.js';
import { mayGet, withinLimits } from './limits.js';
import { type Plan, subjectOf } from './plan.js';

/** Somebody else changed an alert since it was read: nothing is written. */
class Overtaken extends Error {}

/**
 * Writes what was planned, with its notices, in one transaction; the plans are of one account. False: somebody else was
 * faster with one of them, and nothing was written.
 */
export async function writePlans(planned: readonly Plan[], also?: () => Promise<void>): Promise<boolean> {
  const gathered = gather(planned);
  try {
    await inTransaction(async () => {
      const notices: Notice[] = [];
      const open: Gathered[] = [];
      for (const group of gathered) if (await mayGet(group.plans[0]!, group.to)) open.push(group);
      for (const group of open) notices.push(await openGroup(group));
      for (const given of planned) {
        const { plan: alone, notices: shared } = await joinGroups(withoutGathered(given, open));
        const plan = await withinLimits(alone);
        if (!(await replace(plan.before, plan.next))) throw new Overtaken();
        await recordDaysLevel(plan);
        notices.push(...shared);
        notices.push(...noticesOf(plan), ...(await updateGroups(plan)), ...(await unusualNotices(plan)));
      }
      await enqueue(notices);
      await also?.();
    });
    return true;
  } catch (error) {
    // A message about several has its id of the revision that opened it: there already, it is somebody else's.
    if (error instanceof Overtaken || isDuplicateKey(error)) return false;
    throw error;
  }
}

function noticesOf(plan: Plan): Notice[] {
  const { about, card, edit, escalated, owners, personal, post, step } = plan;
  const drawn = card && step !== 'clear' ? cardFor({ to: [...post, ...edit], personal }, card, about) : card;
  return [
    ...(drawn
      ? [...post.map((to) => notice(plan, to, drawn, true)), ...edit.map((to) => notice(plan, to, drawn))]
      : []),
    ...(escalated ? owners.map(({ id }) => notice(plan, { person: id }, escalated, true)) : []),
    ...story(plan),
  ];
}

async function unusualNotices(plan: Plan): Promise<Notice[]> {
  const { about, unusual, workspace } = plan;
  if (!unusual) return [];
  const { audience, day } = unusual;
  const card = cardFor(audience, unusual.card, about);
  const of = { account: workspace.account, workspace: workspace.id };
  const notices: Notice[] = [];
  for (const to of audience.to) {
    if (await mayGet(plan, to))
      notices.push({ ...of, id: `unusual:${workspace.id}:${day}:${recipientKey(to)}`, to, card });
  }
  return notices;
}

/** In the thread of each channel that had the message. */
function story(plan: Plan): Notice[] {
  const { about, next, story: event, told, workspace } = plan;
  if (!event) return [];
  const card = alertStoryCard({ about, zone: workspace.timeZone, event });
  const under = subjectOf(plan.before);
  return told
    .filter((to) => 'channel' in to)
    .map((to) => ({
      id: `alert:${workspace.id}:${next.episode}:${next.revision}:story:${recipientKey(to)}`,
      account: workspace.account,
      workspace: workspace.id,
      to,
      card,
      under,
    }));
}

function notice({ next, workspace }: Plan, to: Recipient, card: Card, anew?: true): Notice {
  const { account, id } = workspace;
  const { episode, revision } = next;
  return {
    id: `alert:${id}:${episode}:${revision}:${recipientKey(to)}`,
    account,
    workspace: id,
    to,
    card,
    subject: subjectOf(next),
    revision,
    ...(anew && { anew }),
    urgent: true,
  };
}
