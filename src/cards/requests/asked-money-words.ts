import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';

/** Where money comes from or goes to. */
interface Wallet {
  name: string;
  currency: string;
}

export function transferAsked(of: {
  from: Wallet;
  to: Wallet;
  amountMinor: Minor;
  leftMinor: Minor;
  thereMinor: Minor;
}) {
  const { from, to, amountMinor, leftMinor, thereMinor } = of;
  const money = readersMoney(amountMinor, from.currency);
  const left = readersMoney(leftMinor, from.currency);
  return {
    wants: `to move ${money} from ${from.name} to ${to.name}`,
    context: [leftMinor < 0 ? `${from.name} has too little for it now.` : `${from.name} would have ${left} left.`],
    details: [`${to.name} would have ${readersMoney(thereMinor, to.currency)}.`],
    yes: `Move ${money}`,
  };
}

interface TopUpAsked {
  wallet: Wallet;
  amountMinor: Minor;
  balanceMinor: Minor;
}

export function topUpAsked({ wallet, amountMinor, balanceMinor }: TopUpAsked) {
  const money = readersMoney(amountMinor, wallet.currency);
  return {
    wants: `for ${money} for ${wallet.name}`,
    context: [],
    details: [balanceAfter(wallet, amountMinor, balanceMinor)],
    yes: `Pay ${money}`,
  };
}

export function chargeAsked({ wallet, amountMinor, balanceMinor }: TopUpAsked) {
  const money = readersMoney(amountMinor, wallet.currency);
  return {
    wants: `to charge ${money} to the saved card for ${wallet.name}`,
    context: [],
    details: [balanceAfter(wallet, amountMinor, balanceMinor)],
    yes: `Charge ${money}`,
  };
}

function balanceAfter({ name, currency }: Wallet, amountMinor: Minor, balanceMinor: Minor): string {
  const after = readersMoney(balanceMinor + amountMinor, currency);
  return `${name} has ${readersMoney(balanceMinor, currency)} now, and would have ${after}.`;
}

/** `sentences`: what the rules come to. */
export function automaticAsked(workspaceName: string, sentences: readonly string[]) {
  return { wants: `for automatic payments of ${workspaceName}`, context: sentences, yes: 'Turn on' };
}

export function automaticOffAsked(workspaceName: string) {
  return { wants: `to turn off automatic payments of ${workspaceName}`, context: [], yes: 'Turn off' };
}

/** What happens to a large amount, before it is typed once more or a second person says yes. */
export function movedWords(amountMinor: Minor, from: Wallet, toName: string): string {
  return `${readersMoney(amountMinor, from.currency)} goes from ${from.name} to ${toName}.`;
}

export function chargedWords(amountMinor: Minor, { name, currency }: Wallet): string {
  return `${readersMoney(amountMinor, currency)} is charged to the saved card for ${name}.`;
}

/** Of automatic payments that may close a gap by several charges. */
export function atOnceWords(amountMinor: Minor, currency: string): string {
  return `That may be ${readersMoney(amountMinor, currency)} at once.`;
}

/** Who decides what one person may not do alone; no amount: whatever it is about. */
export function twoNeededWords(aboveMinor: Minor | undefined, currency: string): string {
  const why = aboveMinor === undefined ? 'For this' : `Above ${readersMoney(aboveMinor, currency)}`;
  return `${why} two people are needed`;
}
