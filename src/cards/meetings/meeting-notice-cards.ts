import type { Card, Inline } from '../card.js';
import { type About, buttons, footOf, press, text } from '../parts.js';

export interface MeetingNews {
  about: About;
  meeting: string;
  title: string;
  startsAt: string;
  zone: string;
}

const openIt = ({ about, meeting }: Pick<MeetingNews, 'about' | 'meeting'>) =>
  press('Open', 'meeting', { what: 'open', meeting }, { workspace: about.id, style: 'primary' });

const titleAndTime = ({ title, startsAt, zone }: MeetingNews): Inline[] => [
  { strong: title },
  ' of ',
  { time: startsAt, show: 'dateTime', zone },
];

/** Posted in a chat channel: a meeting was shared to a public channel of the workspace. */
export function meetingSharedCard(to: MeetingNews & { by: string; room: string }): Card {
  return {
    name: 'meeting-shared',
    parts: [text(`${to.by} shared a meeting with ${to.room}: `, ...titleAndTime(to)), ...buttons(openIt(to))],
    ...footOf(withoutBalance(to.about)),
  };
}

/** As meetingSharedCard, of a private channel: whoever is in the chat channel learns that there is one, and no more. */
export function meetingSharedPrivatelyCard(to: Pick<MeetingNews, 'about' | 'meeting'> & { by: string }): Card {
  return {
    name: 'meeting-shared-privately',
    parts: [
      text(`${to.by} shared a meeting with a private channel. Its people can open it here.`),
      ...buttons(openIt(to)),
    ],
    ...footOf(withoutBalance(to.about)),
  };
}

/** What becomes of a posted meeting that is no longer shared there, or no longer at all. */
export function meetingEndedCard(to: { about: About; deleted: boolean }): Card {
  const words = to.deleted ? 'A meeting that was shared here was deleted.' : 'A meeting is no longer shared here.';
  return { name: 'meeting-ended', parts: [text(words)], ...footOf(withoutBalance(to.about)) };
}

/** Privately, to somebody who was given access. */
export function meetingGrantedCard(to: MeetingNews & { by: string; writes: boolean }): Card {
  const what = to.writes ? 'made you a collaborator of a meeting' : 'shared a meeting with you';
  return {
    name: 'meeting-granted',
    parts: [text(`${to.by} ${what}: `, ...titleAndTime(to)), ...buttons(openIt(to))],
    ...footOf(withoutBalance(to.about)),
  };
}

/** Privately, to the host: a recorder brought a meeting. */
export function meetingRecordedCard(to: MeetingNews & { readBy: string }): Card {
  return {
    name: 'meeting-recorded',
    parts: [
      text('Your meeting is recorded: ', ...titleAndTime(to)),
      text(to.readBy),
      ...buttons(
        openIt(to),
        press('Share', 'meeting', { what: 'share', meeting: to.meeting }, { workspace: to.about.id }),
      ),
    ],
    ...footOf(withoutBalance(to.about)),
  };
}

/** A channel's foot names the workspace; what it has is not part of a meeting. */
function withoutBalance({ id, name, currency }: About): About {
  return { id, name, currency };
}
