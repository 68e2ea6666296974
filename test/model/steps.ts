import * as fc from 'fast-check';

/** Through which process something is asked, and what becomes of that process meanwhile. */
export type How =
  | { by: 0 | 1 }
  /** Clicked twice: both processes at once, under one key. */
  | 'twice'
  /** The process is killed at one of its next calls, before it is made or before its answer is read; another repeats it. */
  | { killedAt: number; when: 'before' | 'after' };

const writer = fc.constantFrom<0 | 1>(0, 1);
const how: fc.Arbitrary<How> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ by: writer }) },
  { weight: 1, arbitrary: fc.constant<How>('twice') },
  {
    weight: 1,
    arbitrary: fc.record({ killedAt: fc.nat(4), when: fc.constantFrom<'before' | 'after'>('before', 'after') }),
  },
);

/** Which of the sequence's two workspaces. */
const of = fc.constantFrom<0 | 1>(0, 1);
/** Few, so that they come again. */
const key = fc.nat(40);
const pick = fc.nat(99);
const amount = fc.integer({ min: 1, max: 4_000 });
const spend = fc.record({
  key,
  amount: fc.integer({ min: 0, max: 4_000 }),
  micro: fc.constantFrom(0, 1, 400_000, 999_999),
});

/** How often a step comes, against the others, and what it may be. */
function step<K extends string, T>(weight: number, name: K, fields: { [F in keyof T]: fc.Arbitrary<T[F]> }) {
  const arbitrary: fc.Arbitrary<T & { step: K }> = fc.record<T>(fields).map((of) => ({ ...of, step: name }));
  return { weight, arbitrary };
}

const STEPS = {
  look: step(1, 'look', { of }),
  spend: step(14, 'spend', { of, how, spend }),
  batch: step(4, 'batch', { of, how, spends: fc.array(spend, { minLength: 2, maxLength: 6 }) }),
  undo: step(3, 'undo', { of, how, pick }),
  hold: step(8, 'hold', { of, how, key: fc.nat(12), amount, minutes: fc.constantFrom(0, 0, 30, 240) }),
  capture: step(9, 'capture', {
    of,
    how,
    pick,
    capture: fc.nat(2),
    /** In tenths of what is left; 0 leaves the amount out, 11 is too much. */
    tenths: fc.constantFrom(0, 3, 5, 10, 11),
    final: fc.boolean(),
  }),
  void: step(3, 'void', { of, how, pick }),
  transfer: step(2, 'transfer', { of, how, key: fc.nat(9), amount }),
  takeBack: step(1, 'takeBack', { how, pick }),
  page: step(2, 'page', { of, how, key: fc.nat(9), amount: fc.constantFrom(5_000, 20_000) }),
  pay: step(3, 'pay', { pick, good: fc.constantFrom(true, true, true, false) }),
  card: step(1, 'card', {
    of,
    card: fc.constantFrom<'good' | 'declined' | 'asksHolder'>('good', 'declined', 'asksHolder'),
  }),
  charge: step(2, 'charge', { of, how, key: fc.nat(9), amount: fc.constantFrom(5_000, 20_000) }),
  refund: step(1, 'refund', { pick, tenths: fc.constantFrom(2, 5, 10) }),
  dispute: step(1, 'dispute', { pick }),
  decide: step(1, 'decide', { pick, won: fc.boolean() }),
  webhooks: step(2, 'webhooks', { copies: fc.integer({ min: 1, max: 3 }), reversed: fc.boolean() }),
  automatic: step(1, 'automatic', { of, below: fc.constantFrom(500, 3_000) }),
  trouble: step(1, 'trouble', {
    route: fc.constantFrom('POST /v1/payment_intents', 'POST /v1/checkout/sessions'),
    fault: fc.constantFrom<'answerLost' | 'errorBefore' | 'errorAfter'>('answerLost', 'errorBefore', 'errorAfter'),
  }),
  clock: step(2, 'clock', { minutes: fc.constantFrom(1, 12, 45, 100) }),
  tick: step(1, 'tick', { how }),
};

type Steps = typeof STEPS;
export type Step = { [K in keyof Steps]: Steps[K]['arbitrary'] extends fc.Arbitrary<infer T> ? T : never }[keyof Steps];

const STEPS_OF_A_SEQUENCE = 50;

/** A failing one shrinks towards sequences that only look. */
export const sequence: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof({ withCrossShrink: true }, ...Object.values<{ weight: number; arbitrary: fc.Arbitrary<Step> }>(STEPS)),
  { minLength: STEPS_OF_A_SEQUENCE, maxLength: STEPS_OF_A_SEQUENCE, size: 'max' },
);
