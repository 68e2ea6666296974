import type { Role } from '../../workspace/entities.js';
import type { Card } from '../card.js';
import { type About, buttons, footOf, listOf, press, subtle, text } from '../parts.js';
import { asA } from '../role-words.js';

/** Privately, to those who may take over: the primary owner's chat account is gone. */
export function continuityAskedCard(to: {
  about: About;
  gone: string;
  /** Who says yes to it; absent where the account's owner is the reader, or gone too. */
  decides?: string;
  /** The account's owner, where they are gone too: then support says yes. */
  accountOwnerGone?: string;
}): Card {
  const { about, gone, decides, accountOwnerGone } = to;
  return {
    name: 'continuity-asked',
    heading: { text: `${about.name} needs a primary owner`, mood: 'warning' },
    parts: [
      text(`${goneWords(gone)} People, balance and requests of ${about.name} stay as they are.`),
      text(`Somebody is to take over its cards, plan and invoices.${decides ? ` ${decides} says yes to it.` : ''}`),
      ...buttons(press('Take it over', 'handover', { takeOver: true }, { workspace: about.id, style: 'primary' })),
      ...(accountOwnerGone ? [subtle(`${goneToo(accountOwnerGone, gone)}, so support says yes to it.`)] : []),
    ],
    ...footOf(about),
  };
}

/** Privately, to the account's owner who is not to take over: who was asked, and what comes next. */
export function continuityToldCard(to: {
  about: About;
  gone: string;
  asked: readonly string[];
  role?: Role;
  support?: string;
}): Card {
  const { about, gone, asked, role, support } = to;
  const next =
    asked.length > 0
      ? `I asked ${listOf(asked)} whether they take over; you say yes to whoever does.`
      : `Nobody else is in it who could take over.`;
  return {
    name: 'continuity-told',
    heading: { text: `${about.name} needs a primary owner`, mood: 'warning' },
    parts: [
      text(`${goneWords(gone)} ${next}`),
      ...(role && role !== 'owner' ? [text(`It has no other owner: whoever takes over is ${asA(role)} so far.`)] : []),
      subtle(`Support can name somebody too${support ? `: ${support}` : ''}.`),
    ],
    foot: { workspace: about.name },
  };
}

/** What becomes of those cards. */
export function continuityEndedCard(to: { about: About; gone: string; newOwner?: string }): Card {
  const { about, gone, newOwner } = to;
  const said = newOwner
    ? `${newOwner} is the primary owner of ${about.name} now.`
    : `${gone} is back, and stays the primary owner of ${about.name}.`;
  return {
    name: newOwner ? 'continuity-settled' : 'continuity-back',
    heading: { text: said, mood: 'good' },
    parts: [
      text(newOwner ? `${gone} is an owner, and keeps their seat until somebody removes them.` : 'Nothing changed.'),
    ],
    foot: { workspace: about.name },
  };
}

/** Privately, to whoever would take over, where nobody in the chat can say yes: what to send to support. */
export function continuitySupportCard(to: {
  about: About;
  gone: string;
  accountOwnerGone: string;
  code: string;
  support?: string;
}): Card {
  const { about, gone, accountOwnerGone, code, support } = to;
  return {
    name: 'continuity-support',
    parts: [
      text(`${goneToo(accountOwnerGone, gone)}, so support settles who takes over ${about.name}. Send them this: `, {
        code,
      }),
      ...(support ? [text(`You reach support at ${support}.`)] : []),
    ],
    ...footOf(about),
  };
}

/** Slack tells of it; of Teams only this much can be known. */
function goneWords(gone: string): string {
  return `${gone} is gone from the chat: the account is deactivated, or I can't see it any more.`;
}

function goneToo(accountOwner: string, gone: string): string {
  return accountOwner === gone ? `${gone} owned the account too` : `${accountOwner}, who owns the account, is gone too`;
}
