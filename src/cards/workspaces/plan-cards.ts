import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Licence, Plan } from '../../workspace/entities.js';
import type { Card, Part } from '../card.js';
import { type About, buttons, count, footOf, listOf, press, subtle, text } from '../parts.js';
import { planName } from './plan-words.js';

/** A plan as it is offered: amounts in minor units of the account's currency. */
export interface PlanOffer {
  plan: Plan;
  seats: Readonly<Record<Licence, number>>;
  /** A month; absent where it is agreed with support. */
  priceMinor?: Minor;
  /** Whether policies can be set, and bind. */
  policies: boolean;
}

/** Private, to a primary owner: the company's plan beside the others. */
export function plansCard(to: {
  about: About;
  company: string;
  /** The account's: its plan is paid in it, whatever the workspace's is. */
  currency: string;
  current: Plan;
  offers: readonly PlanOffer[];
  used: Readonly<Record<Licence, number>>;
  /** What happened just before. */
  said?: string;
}): Card {
  const { about, company, currency, current, offers, used, said } = to;
  return {
    name: 'plans',
    heading: said ? { text: said, mood: 'info' } : { text: `${company} is on the plan ${planName(current)}` },
    parts: [
      ...(said ? [text(`${company} is on the plan ${planName(current)}.`)] : []),
      {
        part: 'table',
        columns: [
          { heading: 'Plan' },
          { heading: 'Standard seats', align: 'right' },
          { heading: 'Pro seats', align: 'right' },
          { heading: 'Policies', align: 'right' },
          { heading: 'A month', align: 'right' },
        ],
        rows: offers.map((offer) => [
          offer.plan === current ? `${planName(offer.plan)} (now)` : planName(offer.plan),
          offer.seats.standard.toLocaleString('en-GB'),
          offer.seats.pro.toLocaleString('en-GB'),
          offer.policies ? 'yes' : 'no',
          priceWords(offer, currency),
        ]),
      },
      text(`Taken: ${count(used.standard, 'standard seat')} and ${count(used.pro, 'pro seat')}.`),
      ...buttons(
        ...offers
          .filter(({ plan }) => plan !== current)
          .map(({ plan }) => press(`Change to ${planName(plan)}`, 'plan', { tier: plan }, { workspace: about.id })),
      ),
      subtle(`The plan is of the whole company, with all its workspaces. ${HOW_IT_IS_PAID}`),
    ],
    ...footOf(about),
  };
}

/** What another plan means, before it is taken. */
export function planConfirmCard(to: {
  about: About;
  company: string;
  /** The account's. */
  currency: string;
  from: PlanOffer;
  to: PlanOffer;
  used: Readonly<Record<Licence, number>>;
  /** Labels of the policies that would stop binding, by workspace of the reader's. */
  stops: readonly { workspace: string; policies: readonly string[] }[];
  /** How many other workspaces have policies that would. */
  stopsElsewhere: number;
  key: string;
}): Card {
  const { about, company, currency, from, to: next, used } = to;
  return {
    name: 'plan-confirm',
    heading: { text: `Change ${company}'s plan to ${planName(next.plan)}?` },
    parts: [
      {
        part: 'table',
        columns: [{ heading: '' }, { heading: `${planName(from.plan)} (now)` }, { heading: planName(next.plan) }],
        rows: [
          [
            'Standard seats',
            seatWords(used.standard, from.seats.standard),
            seatWords(used.standard, next.seats.standard),
          ],
          ['Pro seats', seatWords(used.pro, from.seats.pro), seatWords(used.pro, next.seats.pro)],
          ['A month', priceWords(from, currency), priceWords(next, currency)],
        ],
      },
      ...whatChanges(to),
      ...(isPaid(from) || isPaid(next) ? [subtle(HOW_IT_IS_PAID)] : []),
      ...buttons(
        press(
          `Change to ${planName(next.plan)}`,
          'plan',
          { tier: next.plan, from: from.plan, sure: true },
          { workspace: about.id, style: 'primary', key: to.key },
        ),
        press('Plans', 'plan', {}, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

function whatChanges({ from, to: next, stops, stopsElsewhere }: Parameters<typeof planConfirmCard>[0]): Part[] {
  if (!from.policies && next.policies)
    return [text('Policies can be set from then on, and those set before bind again.')];
  if (next.policies) return [];
  const lines = stops.map(({ workspace, policies }) => text(`In ${workspace}: ${listOf(policies, 'and', 8)}.`));
  const others = stopsElsewhere > 0 ? [text(`And those of ${count(stopsElsewhere, 'other workspace')}.`)] : [];
  if (lines.length + others.length === 0) return [text('No policy is set that would stop binding.')];
  return [
    text('These policies stop binding at once; they are kept, for when the plan is larger again.'),
    ...lines,
    ...others,
  ];
}

/** To whoever changed it. */
export function planChangedCard(to: { about: About; company: string; plan: Plan; policies: boolean }): Card {
  const { about, company, plan, policies } = to;
  return {
    name: 'plan-changed',
    heading: { text: `${company} is on the plan ${planName(plan)} now`, mood: 'good' },
    parts: [
      text(
        policies
          ? 'Its seats can be taken and its policies bind from now on.'
          : 'Policies are kept, and bind no longer.',
      ),
      subtle(HOW_IT_IS_PAID),
      ...buttons(
        policies ? press('Policies', 'policy', {}, { workspace: about.id }) : undefined,
        press('Invite', 'invite', {}, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

/** Privately, to the account's owner and to other primary owners whom it touches. */
export function planToldCard(to: {
  company: string;
  by: string;
  from: Plan;
  plan: Plan;
  workspaces: readonly string[];
}): Card {
  const { company, by, from, plan, workspaces } = to;
  return {
    name: 'plan-told',
    parts: [
      text(`${by} changed ${company}'s plan from ${planName(from)} to ${planName(plan)}.`),
      ...(workspaces.length > 0 ? [text(`Policies of ${listOf(workspaces)} are kept, and bind no longer.`)] : []),
    ],
  };
}

function seatWords(used: number, seats: number): string {
  if (seats === 0 && used === 0) return 'none';
  return `${used.toLocaleString('en-GB')} of ${seats.toLocaleString('en-GB')} taken`;
}

/** ADR 13: never from a card or a workspace's balance. */
const HOW_IT_IS_PAID = 'It is billed by contract, not from a balance or a card: support writes to you.';

const isPaid = ({ priceMinor }: PlanOffer) => priceMinor !== 0;

function priceWords({ priceMinor }: PlanOffer, currency: string): string {
  if (priceMinor === undefined) return 'ask support';
  return priceMinor === 0 ? 'free' : readersMoney(priceMinor, currency);
}
