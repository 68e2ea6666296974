import {
  continuityAskedCard,
  continuityEndedCard,
  continuityToldCard,
} from '../../cards/workspaces/continuity-cards.js';
import type { Card } from '../../cards/card.js';
import { inTransaction } from '../../mongo.js';
import { getAccount } from '../../workspace/accounts.js';
import { closeContinuity, openContinuity, successorsOf } from '../../workspace/continuities.js';
import type { Continuity } from '../../workspace/continuity.js';
import type { Account, AccountId, PersonId } from '../../workspace/entities.js';
import { getPerson } from '../../workspace/people.js';
import { isGone } from '../../workspace/standing.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import { aboutOf } from './handover-notices.js';
import type { Notice, Recipient } from '../outbox/notice.js';
import { recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';
import { recipientsOf } from '../outbox/recipients.js';

/** Who was asked is asked once more after each of these. */
const WEEK_MS = 7 * 24 * 3_600_000;

const subjectOf = ({ id }: Continuity) => `continuity:${id}`;

/**
 * After a chat account went, or came back: where the person is a primary owner, those who may take over are asked, or told
 * that nobody needs to. Following it again changes nothing. True where somebody is told.
 */
export function followStanding(of: {
  account: AccountId;
  person: PersonId;
  support?: string | undefined;
  at: Date;
}): Promise<boolean> {
  const { account: id, person, support, at } = of;
  return inTransaction(async () => {
    const account = await getAccount(id);
    if (account?.status !== 'enabled') return false;
    if (await isGone(id, person)) {
      const opened = await openContinuity({ account: id, person, at });
      for (const continuity of opened) await askSuccessors({ account, continuity, support, at });
      return opened.length > 0;
    }
    const closed = await closeContinuity({ account: id, person, at });
    for (const continuity of closed) await tellContinuityEnded(continuity);
    return closed.length > 0;
  });
}

/** Asks those who may take over, and tells the account's owner, who says yes to it; again each week while it is open. */
export async function askSuccessors(of: {
  account: Account;
  continuity: Continuity;
  support?: string | undefined;
  at: Date;
}): Promise<void> {
  const { account, continuity, support, at } = of;
  const workspace = await getWorkspace(account.id, continuity.workspace);
  if (workspace?.status !== 'active') return;
  const { role, people } = await successorsOf({ account: account.id, workspace: workspace.id });
  const gone = await nameOf(continuity);
  const about = aboutOf(workspace);
  const accountOwner = await getPerson(account.id, account.owner);
  const ownerGone = await isGone(account.id, account.owner);
  const owner = ownerGone ? undefined : accountOwner;
  const asked = people.map(({ id }) => {
    const decides = owner && owner.id !== id ? { decides: owner.name } : {};
    const goneToo = ownerGone && accountOwner ? { accountOwnerGone: accountOwner.name } : {};
    return { to: { person: id }, card: continuityAskedCard({ about, gone, ...decides, ...goneToo }) };
  });
  const names = people.map(({ name }) => name);
  const toOwner =
    owner && !people.some(({ id }) => id === owner.id)
      ? [
          {
            to: { person: owner.id },
            card: continuityToldCard({ about, gone, asked: names, ...(role && { role }), ...(support && { support }) }),
          },
        ]
      : [];
  const week = weeksSince(continuity, at);
  await enqueue([...asked, ...toOwner].map((each) => noticeOf(continuity, week + 1, { ...each, anew: week > 0 })));
}

/** Brings every card of it to its end: somebody took over, or the primary owner is back. */
export async function tellContinuityEnded(continuity: Continuity, newOwner?: string): Promise<void> {
  const { account, workspace: id, endedAt, openedAt } = continuity;
  const workspace = await getWorkspace(account, id);
  if (!workspace) return;
  const gone = await nameOf(continuity);
  const card = continuityEndedCard({ about: aboutOf(workspace), gone, ...(newOwner && { newOwner }) });
  const shown = await recipientsOf(account, subjectOf(continuity));
  const revision = weeksSince(continuity, endedAt ?? openedAt) + 2;
  await enqueue(shown.map((to) => noticeOf(continuity, revision, { to, card })));
}

function noticeOf(
  continuity: Continuity,
  revision: number,
  { to, card, anew = false }: { to: Recipient; card: Card; anew?: boolean },
): Notice {
  const { account, workspace } = continuity;
  const subject = subjectOf(continuity);
  const id = `${subject}:${revision}:${recipientKey(to)}`;
  return { id, account, workspace, to, card, subject, revision, ...(anew && { anew }) };
}

function weeksSince({ openedAt }: Continuity, at: Date): number {
  return Math.floor((at.getTime() - openedAt.getTime()) / WEEK_MS);
}

async function nameOf({ account, person }: Continuity): Promise<string> {
  return (await getPerson(account, person))?.name ?? 'The primary owner';
}
