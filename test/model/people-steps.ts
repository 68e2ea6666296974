import * as fc from 'fast-check';

/** Who does it: one of the people there, or now and then anybody. */
export interface By {
  pick: number;
  anybody: boolean;
}

const pick = fc.nat(99);
const by: fc.Arbitrary<By> = fc.record({ pick, anybody: fc.nat(7).map((one) => one === 7) });
const role = fc.constantFrom<'member' | 'admin' | 'owner'>('member', 'admin', 'owner');
const licence = fc.constantFrom<'standard' | 'pro'>('standard', 'pro');
/** Somebody of their own; else whom the others of the step are about, so that they meet. */
const whom = fc.option(pick, { nil: undefined, freq: 1 });

/** How often it comes, against the others, and what it may be. */
function operation<K extends string, T>(weight: number, name: K, fields: { [F in keyof T]: fc.Arbitrary<T[F]> }) {
  const arbitrary: fc.Arbitrary<T & { does: K }> = fc.record<T>(fields).map((of) => ({ ...of, does: name }));
  return { weight, arbitrary };
}

const OPERATIONS = {
  invite: operation(8, 'invite', { by, whom, role, licence }),
  revoke: operation(1, 'revoke', { by, pick }),
  join: operation(9, 'join', { pick }),
  leave: operation(2, 'leave', { by }),
  remove: operation(3, 'remove', { by, whom }),
  suspend: operation(4, 'suspend', { by, whom }),
  reactivate: operation(3, 'reactivate', { by, whom }),
  role: operation(4, 'role', { by, whom, role }),
  licence: operation(3, 'licence', { by, whom, licence }),
  askLicence: operation(3, 'askLicence', { by, licence }),
  undo: operation(3, 'undo', { pick }),
  offer: operation(4, 'offer', { by, whom }),
  answer: operation(5, 'answer', {
    answer: fc.constantFrom<'accept' | 'decline' | 'cancel'>('accept', 'accept', 'accept', 'decline', 'cancel'),
  }),
  switch: operation(3, 'switch', { pick }),
  approve: operation(7, 'approve', { by, pick }),
  deny: operation(2, 'deny', { by, pick }),
  askBack: operation(1, 'askBack', { by, pick }),
  withdraw: operation(1, 'withdraw', { pick }),
  link: operation(2, 'link', { pick, other: pick }),
  unlink: operation(1, 'unlink', { pick }),
  plan: operation(1, 'plan', { tier: fc.constantFrom<'free' | 'teams'>('free', 'teams') }),
};

type Operations = typeof OPERATIONS;
export type Operation = {
  [K in keyof Operations]: Operations[K]['arbitrary'] extends fc.Arbitrary<infer T> ? T : never;
}[keyof Operations];

const operations = fc.oneof(
  { withCrossShrink: true },
  ...Object.values<{ weight: number; arbitrary: fc.Arbitrary<Operation> }>(OPERATIONS),
);

/** What several people do at once, in one workspace and mostly to the same person. */
export interface Step {
  of: 0 | 1 | 2;
  whom: number;
  minutes: number;
  atOnce: { operation: Operation; twice: boolean }[];
}

const step: fc.Arbitrary<Step> = fc.record({
  of: fc.constantFrom<0 | 1 | 2>(0, 0, 1, 2),
  whom: pick,
  /** Changes can be taken back for ten. */
  minutes: fc.constantFrom(0, 1, 1, 4, 15),
  atOnce: fc.array(
    fc.record({
      operation: operations,
      /** Pressed twice: the platform delivers it twice, to two processes at once. */
      twice: fc.nat(9).map((one) => one === 9),
    }),
    { minLength: 1, maxLength: 4, size: 'max' },
  ),
});

const STEPS_OF_A_SEQUENCE = 20;

export interface PeopleSequence {
  strictSingle: boolean;
  steps: Step[];
}

export const peopleSequence: fc.Arbitrary<PeopleSequence> = fc.record({
  strictSingle: fc.constantFrom(false, false, false, true),
  steps: fc.array(step, { minLength: STEPS_OF_A_SEQUENCE, maxLength: STEPS_OF_A_SEQUENCE, size: 'max' }),
});
