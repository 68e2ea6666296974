import type { PersonId } from '../../workspace/entities.js';
import type { Card, Form } from '../card.js';
import { type About, buttons, footOf, press, subtle, text } from '../parts.js';

/** When an offer ends by itself, in the reader's zone where the platform knows it. */
export interface Until {
  at: string;
  zone: string;
}

const WHAT_MOVES = "its cards, plan, invoices and the owners' cap";

/** Private, to the primary owner: what handing over means, before it is offered. */
export function handoverConfirmCard(to: {
  about: About;
  target: { id: PersonId; name: string };
  /** The saved card that pays today: `Visa ···4242`. */
  card?: string;
  /** Whether balance is added by itself. */
  automatic: boolean;
  key: string;
}): Card {
  const { about, target, card, automatic } = to;
  const stops = [
    ...(card ? [`Your ${card} pays for nothing there any more.`] : []),
    ...(automatic ? [`Automatic payments pause until ${target.name} resumes them.`] : []),
  ];
  return {
    name: 'handover-confirm',
    heading: { text: `Hand ${about.name} over to ${target.name}?` },
    parts: [
      text(`${target.name} gets ${WHAT_MOVES}, and you become an owner. Nothing moves before ${target.name} accepts.`),
      ...(stops.length > 0 ? [text(`From then on: ${stops.join(' ')}`)] : []),
      ...buttons(
        press(
          `Offer it to ${target.name}`,
          'handover',
          { person: target.id, sure: true },
          { workspace: about.id, style: 'primary', key: to.key },
        ),
      ),
    ],
    ...footOf(about),
  };
}

/** Private, to the primary owner: it is offered, and waits. */
export function handoverWaitsCard(to: { about: About; target: string; handover: string; until: Until }): Card {
  const { about, target, handover, until } = to;
  return {
    name: 'handover-waits',
    parts: [
      text(`I asked ${target} to take over ${about.name}. Until they accept, nothing changes.`),
      ...buttons(press('Take it back', 'handover', { answer: 'cancel', handover }, { workspace: about.id })),
      openUntil(until),
    ],
    ...footOf(about),
  };
}

/** Private, to the primary owner: nobody can be offered it yet. */
export function noOwnerYetCard(about: About): Card {
  return {
    name: 'handover-no-owner',
    parts: [
      text(`${about.name} has no other owner yet, and it is handed over to an owner.`),
      text('Make somebody an owner first, then hand over.'),
      ...buttons(press('Members', 'members', {}, { workspace: about.id, style: 'primary' })),
    ],
    ...footOf(about),
  };
}

/** Asks to whom. */
export function handoverForm(to: { about: About; owners: readonly { id: PersonId; name: string }[] }): Form {
  const { about, owners } = to;
  return {
    name: 'handover',
    title: 'Hand over',
    submit: 'Go on',
    intro: [`Who is to be the primary owner of ${about.name}? You see what changes before it is offered.`],
    call: { command: 'handover', args: {}, workspace: about.id },
    fields: [
      {
        name: 'person',
        label: 'To',
        input: 'choice',
        options: owners.map(({ id, name }) => ({ value: id, label: name })),
      },
    ],
  };
}

/** Privately, to the owner to whom it is offered. */
export function handoverOfferCard(to: { about: About; from: string; handover: string; until: Until }): Card {
  const { about, from, handover, until } = to;
  const answer = (label: string, how: 'accept' | 'decline', style?: 'primary') =>
    press(label, 'handover', { answer: how, handover }, { workspace: about.id, ...(style && { style }) });
  return {
    name: 'handover-offer',
    heading: { text: `${from} asks you to take over ${about.name}` },
    parts: [
      text(`As its primary owner you have ${WHAT_MOVES}. ${from} becomes an owner.`),
      text(`${from}'s card stops paying; you pay with yours. Automatic payments wait until you resume them.`),
      ...buttons(answer('Accept', 'accept', 'primary'), answer('No, thanks', 'decline')),
      openUntil(until),
    ],
    ...footOf(about),
  };
}

/** What becomes of the offer's card where it was not accepted, and what whoever offered it is told. */
export function handoverEndedCard(to: {
  about: About;
  state: 'declined' | 'cancelled' | 'expired';
  from: string;
  target: string;
  reader: 'from' | 'to';
}): Card {
  const { about, state, from, target, reader } = to;
  const stays = reader === 'from' ? 'You stay its primary owner.' : `${from} stays its primary owner.`;
  const said = {
    declined: reader === 'from' ? `${target} does not want to take over ${about.name}.` : 'You said no.',
    cancelled: `${reader === 'from' ? 'You' : from} took back the offer of ${about.name}.`,
    expired:
      reader === 'from'
        ? `${target} did not answer about ${about.name} in time.`
        : `The offer of ${about.name} has run out.`,
  }[state];
  return {
    name: `handover-${state}`,
    parts: [
      text(`${said} ${stays}`),
      ...(reader === 'from' && state !== 'cancelled'
        ? buttons(press('Offer it to somebody else', 'handover', {}, { workspace: about.id }))
        : []),
    ],
    ...footOf(about),
  };
}

/** Privately, to the new primary owner: what is theirs now, and what waits for them. */
export function newPrimaryOwnerCard(to: { about: About; from: string; automatic: boolean; by?: string }): Card {
  const { about, from, automatic, by } = to;
  const waits = automatic ? ' Automatic payments are paused until you resume them.' : '';
  return {
    name: 'handover-yours',
    heading: { text: `You are the primary owner of ${about.name} now`, mood: 'good' },
    parts: [
      text(`${by ? `${by} settled it. ` : ''}${from} is an owner. No card of yours is saved yet.${waits}`),
      ...buttons(
        press('Cards and billing', 'billing', {}, { workspace: about.id, style: 'primary' }),
        automatic ? press('Automatic payments', 'auto', {}, { workspace: about.id }) : undefined,
        press('Requests', 'requests'),
      ),
    ],
    ...footOf(about),
  };
}

/** Privately, to the one who was the primary owner. */
export function formerPrimaryOwnerCard(to: { about: About; target: string; by?: string }): Card {
  const { about, target, by } = to;
  return {
    name: 'handover-done',
    heading: { text: `${target} is the primary owner of ${about.name} now`, mood: 'good' },
    parts: [
      text(`${by ? `${by} settled it. ` : ''}You are an owner. Your cards pay for nothing there any more.`),
      subtle('Receipts of what you paid stay where they are.'),
      ...buttons(press('Receipts', 'receipts', {}, { workspace: about.id })),
    ],
    ...footOf(about),
  };
}

function openUntil({ at, zone }: Until) {
  return subtle('Open until ', { time: at, show: 'date', zone }, '.');
}

/** To whoever said no, or took the offer back. */
export function handoverAnsweredCard({ about, state }: { about: About; state: 'declined' | 'cancelled' }): Card {
  const words = {
    declined: 'You said no. The primary owner is told.',
    cancelled: `Taken back. You stay the primary owner of ${about.name}.`,
  };
  return { name: 'handover-answered', parts: [text(words[state])], ...footOf(about) };
}
