import { plainText } from '../../cards/plain-text.js';
import { type Unreached, undeliveredCard } from '../../cards/notices/undelivered-card.js';
import { directIdentity, getPerson } from '../../workspace/people.js';
import type { RejectedWhy } from '../channels/lost-channel.js';
import type { OutboxRow } from './outbox-model.js';
import { enqueue } from './outbox.js';

/** After somebody could not be reached for good: whoever's doing the notice was is told, with the way round. */
export async function reportUndelivered(row: OutboxRow, why: RejectedWhy, mail: { set: boolean }): Promise<void> {
  const { account, workspace, sender, to } = row;
  if (sender === undefined || ('person' in to && to.person === sender)) return;
  const unreached = await whyUnreached(row, why, mail);
  if (!unreached) return;
  const card = undeliveredCard({
    unreached,
    undelivered: plainText(row.card).split('\n')[0] ?? row.card.name,
    ...(workspace !== undefined && row._id.startsWith('invitation:') && { members: workspace }),
  });
  await enqueue([{ id: `undelivered:${row._id}`, account, to: { person: sender }, card }]);
}

async function whyUnreached(
  { account, to }: OutboxRow,
  why: RejectedWhy,
  mail: { set: boolean },
): Promise<Unreached | undefined> {
  if ('channel' in to) return undefined;
  if ('email' in to) {
    const refused = why === 'userGone' ? 'addressRefused' : 'other';
    return { why: mail.set ? refused : 'noMail', name: to.email };
  }
  const person = await getPerson(account, to.person);
  const identity = await directIdentity(account, to.person);
  const name = person?.name ?? 'somebody';
  switch (why) {
    case 'userGone':
      return { why: 'accountGone', name };
    case 'botRemoved':
    case 'botNotInChannel':
    case 'channelGone':
      return identity ? { why: 'noApp', name, platform: identity.platform } : { why: 'other', name };
    case 'messageGone':
    case 'tooLarge':
    case 'other':
      return { why: 'other', name };
  }
}
