import type { Card } from '../card.js';
import { buttons, listOf, press, subtle, text } from '../parts.js';

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

export function linkedCard(to: { identities: readonly string[] }): Card {
  return {
    name: 'linked',
    parts: [
      text('Linked. You are one person on both chats now: one seat, one list of workspaces.'),
      subtle(`Your chats: ${to.identities.join(', ')}.`),
      ...buttons(press('My workspaces', 'list')),
    ],
  };
}

/** Private: what taking this chat off the others would cost. `here` and `others`: platforms by name. */
export function unlinkConfirmCard(to: { here: string; others: readonly string[]; workspaces: number }): Card {
  const { here, others, workspaces } = to;
  const there = listOf(others);
  const lost =
    workspaces === 0
      ? ''
      : ` You would be in no workspace here: ${workspaces === 1 ? 'yours stays' : `your ${workspaces} stay`} in ${there}.`;
  return {
    name: 'unlink-confirm',
    heading: { text: `Take ${here} apart from ${there}?`, mood: 'warning' },
    parts: [
      text(`I would take you for somebody else in ${here}.${lost}`),
      subtle('A code from the one chat, typed in the other, links them again.'),
      ...buttons(
        press('Take them apart', 'link', { remove: true, sure: true }, { style: 'danger' }),
        press('Keep them linked', 'me'),
      ),
    ],
  };
}

export function unlinkedCard({ here, others }: { here: string; others: readonly string[] }): Card {
  const there = listOf(others);
  return {
    name: 'unlinked',
    parts: [
      text(`${here} is no longer linked to ${there}. Your workspaces stay in ${there}.`),
      subtle('To link them again, get a code here and type it there.'),
      ...buttons(press('Get a code', 'link')),
    ],
  };
}
