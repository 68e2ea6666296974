import type { Form } from '../cards/card.js';
import { wordsOfCard } from '../cards/plain-text.js';
import { refusalCard } from '../cards/refusals/refusal-card.js';
import { retypeForm } from '../cards/policies/step-up-form.js';
import { confirmLabel, otherAmountTyped } from '../cards/policies/step-up-said.js';
import type { Minor } from '../ledger/entry.js';
import { formatMoney, parseAmount } from '../money.js';
import { readersMoney } from '../readers-money.js';
import { Refusal } from '../refusal.js';
import type { Account } from '../workspace/entities.js';
import { policiesInForce } from '../workspace/policies.js';
import { eligibleForTwo } from '../workspace/policy-two.js';
import type { Moving } from './command.js';

/** The field in which an amount is typed once more; no command has an argument of that name. */
export const RETYPED = 'retyped';

/** What a change of money still needs before it runs. */
export interface StepUp {
  /** It is to be typed once more. `wrong`: what was typed is another amount, or none. */
  retype?: { aboveMinor: Minor; wrong?: string };
  /** A second person is to say yes. `aboveMinor` is absent where the rule itself is changed. */
  second?: { aboveMinor?: Minor };
}

/**
 * Weighs a change against the policies of its workspace as they are now: confirm (every preview), retype, two people.
 * What was asked as a request, or is one's decision about one, has its second person already.
 */
export async function stepUp(asked: {
  account: Account;
  moving: Moving;
  /** As it was typed once more, if it was. */
  retyped?: string;
  /** How whoever types it writes numbers. */
  locale?: string | undefined;
}): Promise<StepUp> {
  const { account, moving, retyped, locale } = asked;
  const policies = await policiesInForce(account, moving.workspace.id);
  const { retypeAboveMinor, twoPeopleAboveMinor } = policies;
  const step: StepUp = {};
  if (retypeAboveMinor !== undefined && moving.amountMinor > retypeAboveMinor) {
    const wrong = retyped === undefined ? '' : whatIsWrong(retyped, moving, locale);
    if (wrong !== undefined) step.retype = { aboveMinor: retypeAboveMinor, ...(wrong && { wrong }) };
  }
  if (moving.isDecision) return step;
  if (moving.loosensTwo) return (await twoAreThere(account, moving)) ? { ...step, second: {} } : step;
  if (twoPeopleAboveMinor !== undefined && moving.amountMinor > twoPeopleAboveMinor) {
    step.second = { aboveMinor: twoPeopleAboveMinor };
  }
  return step;
}

/** Undefined where it is the amount that is moved. */
function whatIsWrong(retyped: string, { amountMinor, workspace }: Moving, locale?: string): string | undefined {
  if (digitsOf(retyped) === digitsOf(formatMoney(amountMinor, workspace.currency, locale))) return undefined;
  try {
    if (parseAmount(retyped, workspace.currency) === amountMinor) return undefined;
    return otherAmountTyped(amountMinor, workspace.currency);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return wordsOfCard(refusalCard(error.reason));
  }
}

/** An amount as it is written there, without its currency: what is shown to a reader may be typed as they see it. */
function digitsOf(written: string): string {
  return written.replace(/[\s\p{Sc}]/gu, '');
}

/** Where nobody else is left to be the second, the rule may be taken off alone: else nobody ever could. */
async function twoAreThere(account: Account, { workspace }: Moving): Promise<boolean> {
  return (await eligibleForTwo({ account: account.id, workspace: workspace.id })).humans >= 2;
}

/** The form for the retyping, which sends the same call under the same key. */
export function formOf(call: Form['call'], moving: Moving, retype: NonNullable<StepUp['retype']>, typed = ''): Form {
  return retypeForm({
    call,
    field: RETYPED,
    what: moving.what,
    submit: confirmLabel(moving.amountMinor, moving.workspace.currency),
    currency: moving.workspace.currency,
    above: readersMoney(retype.aboveMinor, moving.workspace.currency),
    ...(typed && { typed }),
    ...(retype.wrong && { wrong: retype.wrong }),
  });
}
