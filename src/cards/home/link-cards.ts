import type { Card } from '../card.js';
import { buttons, press, subtle, text } from '../parts.js';

/** Private: the code that proves the other chat is the same person's. */
export function linkCodeCard(to: { code: string }): Card {
  return {
    name: 'link-code',
    parts: [
      text('To link your other chat, type this there, to me: ', { code: `/workspace link ${to.code}` }),
      subtle(`The code works once, for a few minutes. Don't give it to anybody: whoever types it becomes you here.`),
    ],
  };
}

/** Private, to whoever typed a code: with whom they are about to become one, as anybody can be talked into typing one. */
export function linkConfirmCard(to: { name: string; email?: string; where: string; code: string }): Card {
  const who = to.email ? `${to.name} (${to.email})` : to.name;
  return {
    name: 'link-confirm',
    heading: { text: 'Is this you too?', mood: 'warning' },
    parts: [
      text(`${who} asked for this code in ${to.where}. Linked, you are one person: one seat, one list of workspaces.`),
      text('Somebody else sent you the code? Then do not link: they would act as you.'),
      ...buttons(press('That is me, link', 'link', { code: to.code, sure: true }, { style: 'primary' })),
    ],
  };
}

export function linkedCard(to: { identities: readonly string[]; linked: boolean }): Card {
  const words = to.linked
    ? 'Linked. You are one person on both chats now: one seat, one list of workspaces.'
    : 'This chat is no longer linked to your other one.';
  return {
    name: to.linked ? 'linked' : 'unlinked',
    parts: [
      text(words),
      subtle(`Your chats: ${to.identities.join(', ')}.`),
      ...buttons(press('My workspaces', 'list')),
    ],
  };
}
