import type { Call, Card, Form } from '../card.js';
import { buttons, count, listOf, text } from '../parts.js';
import { handToField, type HeldLine, heldWords } from './impact-forms.js';

/** What joining takes its reader out of, in a company where everybody is in one workspace at a time. */
interface Move {
  to: string;
  from: readonly { name: string; held: readonly HeldLine[]; pending: number }[];
  /** The joining, confirmed. */
  call: Call;
}

const TITLE = 'Move';

/** Where nothing of theirs stays behind. */
export function moveConfirmCard(move: Move): Card {
  return {
    name: 'move-confirm',
    parts: [text(...introOf(move)), ...buttons({ label: `${TITLE} to ${move.to}`, style: 'primary', call: move.call })],
  };
}

/** Where something goes on without them: it can be handed over on the way, where they leave one workspace only. */
export function moveForm(move: Move): Form {
  const held = move.from.flatMap((from) => from.held);
  const hint = 'Left empty, it stays as it is, without you.';
  return {
    name: 'move-workspace',
    title: TITLE,
    submit: TITLE,
    intro: introOf(move),
    call: move.call,
    fields: move.from.length === 1 ? handToField(held, hint) : [],
  };
}

function introOf({ from, to }: Move): string[] {
  const names = listOf(
    from.map(({ name }) => name),
    'and',
    from.length,
  );
  const pending = from.reduce((sum, one) => sum + one.pending, 0);
  return [
    [
      `In your company everybody is in one workspace at a time: joining ${to} takes you out of ${names}.`,
      'Coming back takes a new invitation.',
      ...from.filter(({ held }) => held.length > 0).map(({ name, held }) => `In ${name} you hold ${heldWords(held)}.`),
      ...(pending > 0
        ? [`${count(pending, 'request')} of yours there ${pending === 1 ? 'ends' : 'end'} undecided.`]
        : []),
    ].join(' '),
  ];
}
