import type { PolicyWordsOf } from './policy-wording.js';

/** What money needs before it moves. */
export const moneyPolicyWords: PolicyWordsOf<
  'ownersCapMinor' | 'retypeAboveMinor' | 'twoPeopleAboveMinor' | 'campaignApprovalAboveMinor'
> = {
  ownersCapMinor: {
    typed: ['cap'],
    label: "Owners' cap on the saved card",
    input: { input: 'amount' },
    value: (cap, { money }) =>
      cap === undefined ? 'none, the primary owner alone charges it' : `${money(cap)} at a time`,
    means: (cap, { money }) =>
      cap === undefined
        ? 'Owners no longer charge the saved card; the primary owner does, and everybody can pay by link.'
        : `Owners may charge the saved card with up to ${money(cap)} at a time. Above it they ask the primary owner.`,
    hint: 'The most at a time, like 200, or off.',
  },
  retypeAboveMinor: {
    typed: ['retype', 'retyping', 'twice'],
    label: 'Amounts typed twice',
    input: { input: 'amount' },
    value: (above, { money }) => (above === undefined ? 'none' : `above ${money(above)}`),
    means: (above, { money }) =>
      above === undefined
        ? 'No amount is typed once more before it moves.'
        : `Whoever moves more than ${money(above)}, or charges it to the saved card, types the amount once more.`,
    hint: 'Amounts above it are typed twice. Like 500, or off.',
  },
  twoPeopleAboveMinor: {
    typed: ['two', 'second', '2'],
    label: 'Amounts that need two people',
    input: { input: 'amount' },
    value: (above, { money }) => (above === undefined ? 'none' : `above ${money(above)}`),
    means: (above, { money }) =>
      above === undefined
        ? 'One person is enough for any amount.'
        : `More than ${money(above)} moves, or is charged to the saved card, only when a second owner says yes.`,
    hint: 'Amounts above it take two people. Like 1000, or off.',
  },
  campaignApprovalAboveMinor: {
    typed: ['campaign', 'campaigns'],
    label: "Members' campaigns that need a yes",
    input: { input: 'amount' },
    value: (above, { money }) => (above === undefined ? 'none' : `above ${money(above)}`),
    means: (above, { money }) =>
      above === undefined
        ? 'Members start campaigns of any size.'
        : `A member's campaign that may cost more than ${money(above)} starts when an owner or admin says yes.`,
    hint: 'Above it an owner or admin says yes. Like 100, or off.',
  },
};
