import type { Platform } from '../../workspace/identity.js';
import type { Card, Text } from '../card.js';
import { chooseChannelButton } from './choose-channel.js';
import { type About, buttons, footOf, press, quoted, text } from '../parts.js';

/** After a channel's name: what people of that platform do to have the bot there. */
export const HOW_TO_ADD_ME: Readonly<Record<Platform, Text>> = {
  slack: ['Type ', { code: '/invite @Workspace' }, ' in that channel'],
  teams: ['Add the Workspace app to that team'],
};

const ELSEWHERE = 'Where no other channel gets them, they come privately to those who can act.';

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
      ...buttons(chooseChannelButton(about, 'primary')),
    ],
    ...footOf(about),
  };
}

/** Privately to those who can mend it: a channel was archived or deleted. */
export function channelGoneCard(to: { about: About; channelName: string }): Card {
  const { about, channelName } = to;
  return {
    name: 'channel-gone',
    heading: { text: `#${channelName} is gone`, mood: 'warning' },
    parts: [
      text(`It was archived or deleted, so ${about.name}'s notices do not go there any more.`),
      text(ELSEWHERE),
      ...buttons(chooseChannelButton(about, 'primary')),
    ],
    ...footOf(about),
  };
}

/** Privately to those who can mend it: somebody took the bot out of a channel. */
export function channelRemovedCard(to: {
  about: About;
  channelName: string;
  platform: Platform;
  binding: string;
}): Card {
  const { about, channelName, platform, binding } = to;
  return {
    name: 'channel-removed',
    heading: { text: `I was taken out of #${channelName}`, mood: 'warning' },
    parts: [
      text(`${about.name}'s notices do not arrive there until I am back. ${ELSEWHERE}`),
      text(...HOW_TO_ADD_ME[platform], ' and try again, or choose another channel.'),
      ...buttons(
        press('Try again', 'channel', { what: 'bind', binding }, { workspace: about.id, style: 'primary' }),
        chooseChannelButton(about),
      ),
    ],
    ...footOf(about),
  };
}
