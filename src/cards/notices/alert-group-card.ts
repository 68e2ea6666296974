import type { Level, Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { WorkspaceId } from '../../workspace/entities.js';
import type { Card, Mood } from '../card.js';
import { aboutDays } from '../forecast/lasts-words.js';
import { count, press, subtle, text } from '../parts.js';
import { snoozeButton } from './snooze-cards.js';

/** A workspace among several that ran low at once; its amount in minor units. */
export interface LowWorkspace {
  workspace: WorkspaceId;
  name: string;
  currency: string;
  level: Level;
  balanceMinor: Minor;
  daysLeft?: number;
  /** What somebody does about it, in words. */
  doing?: string;
  snoozed?: boolean;
  disabled?: boolean;
}

const SHOWN = 10;
const WORDS: Readonly<Record<Level, string>> = { ok: 'All clear', low: 'Low', critical: 'Very low', empty: 'Empty' };
const BY_URGENCY: readonly Level[] = ['empty', 'critical', 'low', 'ok'];

/** To whoever would get three alerts or more at once. `escalated`: to an owner directly, as nobody did anything. */
export function alertGroupCard(members: readonly LowWorkspace[], { escalated = false } = {}): Card {
  const sorted = members.toSorted((a, b) => BY_URGENCY.indexOf(a.level) - BY_URGENCY.indexOf(b.level));
  const more = sorted.length - SHOWN;
  return {
    name: 'alert-group',
    heading: headingOf(members),
    parts: [
      ...(escalated ? [text('Nobody has acted on them in their channels, so I tell you directly.')] : []),
      {
        part: 'list',
        items: sorted.slice(0, SHOWN).map((member) => ({
          title: [{ strong: member.name }],
          detail: [detailOf(member)],
          ...(member.level !== 'ok' && {
            buttons: [
              press('Top up', 'topup', {}, { workspace: member.workspace }),
              press('Move balance here', 'rescue', {}, { workspace: member.workspace }),
              snoozeButton(member),
            ],
          }),
        })),
      },
      ...(more > 0 ? [subtle(`And ${count(more, 'other')}. Type list to see all of yours.`)] : []),
    ],
  };
}

function headingOf(members: readonly LowWorkspace[]): { text: string; mood: Mood } {
  const low = members.filter(({ level }) => level !== 'ok');
  if (low.length === 0) return { text: `All clear: ${count(members.length, 'workspace')} had run low.`, mood: 'good' };
  const empty = low.filter(({ level }) => level === 'empty').length;
  const of = empty > 0 ? `, ${empty} of them empty` : '';
  const mood = low.some(({ level }) => level !== 'low') ? 'bad' : 'warning';
  return { text: `Low: ${count(low.length, 'workspace')}${of}.`, mood };
}

function detailOf(member: LowWorkspace): string {
  if (member.disabled) return 'Disabled';
  return member.doing ? `${standingOf(member)}. ${member.doing}` : standingOf(member);
}

function standingOf({ balanceMinor, currency, daysLeft, level }: LowWorkspace): string {
  const has = `${WORDS[level]}: ${readersMoney(balanceMinor, currency)}`;
  if (level === 'ok' || level === 'empty' || daysLeft === undefined) return has;
  if (daysLeft === 0) return `${has}, may not last the day`;
  return `${has}, ${aboutDays(daysLeft)} left`;
}
