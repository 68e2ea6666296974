import { PLATFORM_NAMES } from '../platform-names.js';
import type { Platform } from '../../workspace/identity.js';
import type { Card, Text } from '../card.js';
import { buttons, press, quoted, text } from '../parts.js';

/** Why somebody could not be reached. */
export type Unreached =
  /** The app is not there for them: not installed, removed, or blocked. */
  | { why: 'noApp'; name: string; platform: Platform }
  | { why: 'accountGone'; name: string }
  | { why: 'addressRefused'; name: string }
  /** This installation sends no mail. */
  | { why: 'noMail'; name: string }
  | { why: 'other'; name: string };

/** Privately to whoever's doing it was: a card did not reach its reader, and the way round it. */
export function undeliveredCard(to: { unreached: Unreached; undelivered: string; members?: string }): Card {
  return {
    name: 'undelivered',
    heading: { text: 'A message did not arrive', mood: 'warning' },
    parts: [
      text(...wayRound(to.unreached)),
      text(`This is what they did not get: ${quoted(to.undelivered)}`),
      ...(to.members ? buttons(press('Members', 'members', {}, { workspace: to.members })) : []),
    ],
  };
}

function wayRound(unreached: Unreached): Text {
  const { name } = unreached;
  switch (unreached.why) {
    case 'noApp':
      return [
        `I can't reach ${name} in ${PLATFORM_NAMES[unreached.platform]}: the app is not there for them.`,
        ' Ask them to add it and say hello to me; what waits for them is on their first card.',
      ];
    case 'accountGone':
      return [
        `${name}'s chat account is gone or deactivated. Should they come back, what waits is on their first card.`,
      ];
    case 'addressRefused':
      return [`The mail to ${name} was refused. Please check the address.`];
    case 'noMail':
      return [
        `I can't send mail here, so ${name} got none.`,
        ' Ask support to set mail up, or invite them with @ once they are in the chat.',
      ];
    case 'other':
      return [
        `My message to ${name} could not be delivered. Please tell them yourself, and support if it happens again.`,
      ];
  }
}
