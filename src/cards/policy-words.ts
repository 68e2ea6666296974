import { formatMoney } from '../money.js';
import type { Policies, PolicyKey } from '../workspace/entities.js';

/** How a policy is named, typed and told. */
interface PolicyWords<V> {
  /** What is typed for it, the first also on buttons: `policy cap 200`. */
  typed: readonly [string, ...string[]];
  label: string;
  /** Its value on the list. */
  value(value: V | undefined, money: (minor: number) => string): string;
  /** What it will mean, as a sentence, before it is confirmed. */
  means(value: V | undefined, money: (minor: number) => string): string;
  /** Of a form's field. */
  hint: string;
}

export const POLICY_WORDS: { readonly [K in PolicyKey]-?: PolicyWords<NonNullable<Policies[K]>> } = {
  ownersCapMinor: {
    typed: ['cap'],
    label: "Owners' cap on the saved card",
    value: (cap, money) => (cap === undefined ? 'none: the primary owner alone charges it' : `${money(cap)} at a time`),
    means: (cap, money) =>
      cap === undefined
        ? 'Owners no longer charge the saved card; the primary owner does, and everybody can pay by link.'
        : `Owners may charge the saved card with up to ${money(cap)} at a time. Above it they ask the primary owner.`,
    hint: 'An amount like 200, or off.',
  },
  retypeAboveMinor: {
    typed: ['retype', 'retyping'],
    label: 'Typed once more',
    value: (above, money) => (above === undefined ? 'never' : `above ${money(above)}`),
    means: (above, money) =>
      above === undefined
        ? 'No amount is typed once more before it moves.'
        : `Whoever moves more than ${money(above)}, or charges it to the saved card, types the amount once more.`,
    hint: 'An amount like 500, or off.',
  },
  twoPeopleAboveMinor: {
    typed: ['two', 'second', '2'],
    label: 'Two people',
    value: (above, money) => (above === undefined ? 'never' : `above ${money(above)}`),
    means: (above, money) =>
      above === undefined
        ? 'One person is enough for any amount.'
        : `More than ${money(above)} moves, or is charged to the saved card, only when a second owner says yes.`,
    hint: 'An amount like 1000, or off.',
  },
};

export const moneyIn = (currency: string) => (minor: number) => formatMoney(minor, currency);
