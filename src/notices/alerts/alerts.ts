import { type AlertFacts, alertCard, allClearCard } from '../../cards/notices/alert-card.js';
import type { Card } from '../../cards/card.js';
import type { About } from '../../cards/parts.js';
import { type Entry, type Head, LEVELS, type Ledger } from '../../ledger/entry.js';
import { automaticOf } from '../../payments/automatic/store.js';
import { ROLES, type Workspace } from '../../workspace/entities.js';
import { holdersOf } from '../../workspace/memberships.js';
import { getPerson } from '../../workspace/people.js';
import { recordEvent } from '../../webhooks/events.js';
import { workspaceOfWallet } from '../../workspace/sweeping.js';
import { type Audience, audienceOf, cardFor } from '../audience.js';
import { automaticWords } from '../payments/automatic-words.js';
import { forecast, recentSpend } from '../forecast.js';
import { recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';
import { recipientsOf } from '../outbox/recipients.js';

/** A line that crossed a threshold. */
export type Crossing = Entry & { alert: NonNullable<Entry['alert']> };

/**
 * Writes the notices and the webhook of a line that crossed a threshold. One episode is one message to each recipient, edited up to
 * the all-clear; a worse level is a message of its own, as edits do not notify. Ids come from the line, so that the
 * same line may be derived twice.
 */
export async function deriveAlert(ledger: Ledger, entry: Crossing): Promise<void> {
  const workspace = await workspaceOfWallet(entry.wallet);
  if (!workspace || workspace.status === 'disabled') return;
  const { account, id } = workspace;
  await recordCrossing(workspace, entry);
  const subject = `alert:${id}:${entry.alert.episode}`;
  const about = { id, name: workspace.name, currency: workspace.currency, balanceMinor: entry.balanceMinor };
  const audience = await alertAudience(workspace, subject, entry);
  const card =
    entry.alert.to === 'ok' ? await clearOf(workspace, about, entry) : await alertOf(ledger, workspace, about, entry);
  await enqueue(
    audience.to.map((to) => ({
      id: `alert:${id}:${entry.sequence}:${recipientKey(to)}`,
      account,
      workspace: id,
      to,
      card: entry.alert.to === 'ok' ? card : cardFor(audience, card, about),
      subject,
      revision: entry.sequence,
      anew: worsened(entry),
      urgent: true,
    })),
  );
}

/** Each change of level, also for the better: a receiver that knows the last one knows how things stand. */
function recordCrossing({ account, id, currency }: Workspace, entry: Crossing): Promise<void> {
  const { from, to } = entry.alert;
  const type = to === 'ok' ? 'balance.recovered' : to === 'empty' ? 'balance.empty' : 'balance.low';
  const data = { balanceMinor: entry.balanceMinor, currency, level: to, before: from };
  return recordEvent({ account, workspace: id, type, id: `${id}:${entry.sequence}`, data, at: entry.at });
}

export function isCrossing(entry: Entry): entry is Crossing {
  return entry.alert !== undefined;
}

/** Better news goes to those who had the bad and are still in the workspace; worse news also to channels bound since. */
async function alertAudience(workspace: Workspace, subject: string, entry: Crossing): Promise<Audience> {
  const told = await recipientsOf(workspace.account, subject);
  if (!worsened(entry) && told.length > 0) {
    const inside = new Set((await holdersOf(workspace.account, workspace.id, ROLES)).map((person) => person.id));
    const to = told.filter((recipient) => !('person' in recipient) || inside.has(recipient.person));
    return { to, personal: to.every((recipient) => 'person' in recipient) };
  }
  return audienceOf(workspace.account, workspace.id, 'alerts');
}

function worsened({ alert }: Crossing): boolean {
  return LEVELS.indexOf(alert.to) > LEVELS.indexOf(alert.from);
}

async function clearOf(workspace: Workspace, about: About & { balanceMinor: number }, entry: Crossing): Promise<Card> {
  if (entry.kind !== 'topup') return allClearCard({ about });
  const by = entry.person === undefined ? undefined : await getPerson(workspace.account, entry.person);
  return allClearCard({ about, added: { amountMinor: entry.amountMinor, ...(by && { by: by.name }) } });
}

async function alertOf(
  ledger: Ledger,
  workspace: Workspace,
  about: About & { balanceMinor: number },
  entry: Crossing,
): Promise<Card> {
  const justAfter = new Date(entry.at.getTime() + 1);
  const [head, spend, owners] = await Promise.all([
    ledger.head(entry.wallet),
    recentSpend(ledger, entry.wallet, workspace.timeZone, justAfter),
    holdersOf(workspace.account, workspace.id, ['primaryOwner', 'owner']),
  ]);
  const level = entry.alert.to as AlertFacts['level'];
  const automatic = automaticWords(await automaticOf({ account: workspace.account, workspace: workspace.id }), about);
  const under = head && crossed(level, entry.balanceMinor, head);
  return alertCard({
    about,
    level,
    ...(under && { under }),
    lasts: forecast(entry.balanceMinor, spend.dailySpendMinor, entry.at),
    zone: workspace.timeZone,
    ...(automatic && { automatic }),
    resources: [...spend.byResource].filter(([, minor]) => minor > 0).toSorted((a, b) => b[1] - a[1]),
    owners: owners.map((owner) => owner.name),
  });
}

/** The threshold that the balance is under; where both are set, the one that was crossed. */
function crossed(level: AlertFacts['level'], balanceMinor: number, head: Head): AlertFacts['under'] {
  const { thresholds, creditedToMinor } = head;
  if (level === 'critical') {
    return thresholds.criticalPercent === undefined ? undefined : { percent: thresholds.criticalPercent };
  }
  const { lowPercent, lowMinor } = thresholds;
  if (lowPercent === undefined) return lowMinor === undefined ? undefined : { minor: lowMinor };
  const byAmount =
    lowMinor !== undefined && balanceMinor < lowMinor && balanceMinor * 100 >= lowPercent * creditedToMinor;
  return byAmount ? { minor: lowMinor } : { percent: lowPercent };
}
