import type { Card } from '../../src/cards/card.js';
import {
  continuityAskedCard,
  continuityEndedCard,
  continuitySupportCard,
  continuityToldCard,
} from '../../src/cards/workspaces/continuity-cards.js';
import {
  disabledCard,
  disabledToldCard,
  enabledCard,
  enabledToldCard,
} from '../../src/cards/workspaces/disable-cards.js';
import {
  formerPrimaryOwnerCard,
  handoverAnsweredCard,
  handoverConfirmCard,
  handoverEndedCard,
  handoverOfferCard,
  handoverWaitsCard,
  newPrimaryOwnerCard,
  noOwnerYetCard,
} from '../../src/cards/workspaces/handover-cards.js';
import {
  type PlanOffer,
  planChangedCard,
  planConfirmCard,
  plansCard,
  planToldCard,
} from '../../src/cards/workspaces/plan-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 12_000 };
const until = { at: '2026-11-23T09:00:00.000Z', zone: 'Europe/London' };
const ended = { about, from: 'Olivia', target: 'Nora' };

const HANDOVER: readonly Card[] = [
  handoverConfirmCard({
    about,
    target: { id: 'p_1', name: 'Nora' },
    card: 'Visa ···4242',
    automatic: true,
    key: 'op_1',
  }),
  handoverWaitsCard({ about, target: 'Nora', handover: 'ho_1', until }),
  noOwnerYetCard(about),
  handoverOfferCard({ about, from: 'Olivia', handover: 'ho_1', until }),
  handoverEndedCard({ ...ended, state: 'declined', reader: 'from' }),
  handoverEndedCard({ ...ended, state: 'cancelled', reader: 'to' }),
  handoverEndedCard({ ...ended, state: 'expired', reader: 'to' }),
  newPrimaryOwnerCard({ about, from: 'Olivia', automatic: true }),
  formerPrimaryOwnerCard({ about, target: 'Nora', by: 'Support' }),
  handoverAnsweredCard({ about, state: 'declined' }),
  handoverAnsweredCard({ about, state: 'cancelled' }),
];

const CONTINUITY: readonly Card[] = [
  continuityAskedCard({ about, gone: 'Paul', decides: 'Olivia' }),
  continuityAskedCard({ about, gone: 'Olivia', accountOwnerGone: 'Olivia' }),
  continuityToldCard({ about, gone: 'Paul', asked: ['Adam', 'Nora'], role: 'owner', support: 'help@workspaces.test' }),
  continuityToldCard({ about, gone: 'Paul', asked: ['Mia'], role: 'member' }),
  continuitySupportCard({
    about,
    gone: 'Olivia',
    accountOwnerGone: 'Olivia',
    code: 'handover Marketing --to slack:T02:U0NORA',
    support: 'help@workspaces.test',
  }),
  continuityEndedCard({ about, gone: 'Paul', newOwner: 'Adam' }),
  continuityEndedCard({ about, gone: 'Paul' }),
];

const free: PlanOffer = { plan: 'free', seats: { standard: 3, pro: 0 }, priceMinor: 0, policies: false };
const teams: PlanOffer = { plan: 'teams', seats: { standard: 5, pro: 2 }, priceMinor: 4_900, policies: true };
const enterprise: PlanOffer = { plan: 'enterprise', seats: { standard: 10_000, pro: 1_000 }, policies: true };
const company = { about, company: 'Acme', currency: 'GBP', used: { standard: 3, pro: 0 } };

const PLANS: readonly Card[] = [
  plansCard({ ...company, current: 'teams', offers: [free, teams, enterprise] }),
  planConfirmCard({
    ...company,
    from: teams,
    to: free,
    stops: [{ workspace: 'Marketing', policies: ['Amounts typed twice', 'Amounts that need two people'] }],
    stopsElsewhere: 2,
    key: 'op_1',
  }),
  planConfirmCard({ ...company, from: free, to: teams, stops: [], stopsElsewhere: 0, key: 'op_1' }),
  planChangedCard({ about, company: 'Acme', plan: 'teams', policies: true }),
  planChangedCard({ about, company: 'Acme', plan: 'free', policies: false }),
  planToldCard({ company: 'Acme', by: 'Olivia', from: 'teams', plan: 'free', workspaces: ['Design'] }),
];

/** Who owns a workspace, what the company pays for it, and whether it is on. */
export const OWNERSHIP_SAMPLES: readonly Card[] = [
  ...HANDOVER,
  ...CONTINUITY,
  ...PLANS,
  disabledCard(about),
  disabledToldCard({ about, by: 'Olivia', reason: 'We merge.' }),
  enabledCard({ about, already: false }),
  enabledToldCard({ about, by: 'Olivia' }),
];
