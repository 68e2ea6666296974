import type { Card } from './card.js';
import { type About, buttons, footOf, press, quoted, text } from './parts.js';

/** Privately to those who can mend it: a workspace's notices no longer reach their channel. */
export function lostChannelCard(to: { about: About; channelName: string; gone: boolean; undelivered: string }): Card {
  const { about, channelName } = to;
  const why = to.gone
    ? `#${channelName} is gone, so ${about.name}'s notices do not go there any more.`
    : `I am not in #${channelName}, so ${about.name}'s notices do not arrive there. Invite me to it, or choose another channel.`;
  return {
    name: 'channel-lost',
    heading: { text: 'A notice did not arrive', mood: 'warning' },
    parts: [
      text(why),
      text(`This is what could not be posted: ${quoted(to.undelivered)}`),
      ...buttons(press('Choose a channel', 'channel', {}, { workspace: about.id, style: 'primary' })),
    ],
    ...footOf(about),
  };
}
