import { auditCard } from '../../src/cards/audit/audit-card.js';
import type { Card } from '../../src/cards/card.js';
import { keyAgeingCard, keyOutlivedCard } from '../../src/cards/dev/key-age-cards.js';
import { policiesCard, policyConfirmCard } from '../../src/cards/policies/policy-cards.js';
import { moneyIn } from '../../src/cards/policies/policy-words.js';
import type { PolicyTerms } from '../../src/cards/policies/policy-wording.js';
import { askedCard } from '../../src/cards/requests/request-card.js';
import type { Policies, PolicyKey } from '../../src/workspace/entities.js';
import { POLICY_KEYS } from '../../src/workspace/policy-rows.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 12_000 };
const zone = 'Europe/London';
export const terms: PolicyTerms = {
  money: moneyIn('GBP'),
  tenant: (key) => (key.startsWith('slack') ? 'Slack' : 'Teams'),
};
const key = { id: '0123456789ab', name: 'Engine', rotations: 1 };

/** Each policy set to something, so that each has its words here. */
export const ALL_SET: Policies = {
  emailDomains: ['acme.co.uk', 'acme.com'],
  allowedTenants: ['slack:T02'],
  whoMayInvite: 'owners',
  joinDirectly: true,
  defaultRole: 'admin',
  defaultLicence: 'pro',
  whoMayCreateChannels: 'members',
  meetingVisibility: 'channel',
  meetingSharing: 'private',
  meetingRetentionDays: 90,
  ownersCapMinor: 20_000,
  retypeAboveMinor: 50_000,
  twoPeopleAboveMinor: 100_000,
  campaignApprovalAboveMinor: 10_000,
  keyMaxAgeDays: 90,
};

const confirm = (policy: PolicyKey, before: Policies, after: Policies, value = 'Olivia and Nora', anew = false) =>
  policyConfirmCard({
    ...{ about, policy, before, after, terms, touches: [{ label: 'It touches', value }], key: 'op_1' },
    ...{ was: 'Xb3f', anew },
  });

export const POLICY_SAMPLES: readonly Card[] = [
  policiesCard({ about, policies: ALL_SET, terms, mayChange: POLICY_KEYS }),
  policiesCard({ about, policies: {}, terms, mayChange: [] }),
  policiesCard({ about, policies: ALL_SET, terms, mayChange: ['retypeAboveMinor'], notOn: 'free' }),
  ...POLICY_KEYS.map((policy) => confirm(policy, {}, ALL_SET)),
  confirm('ownersCapMinor', ALL_SET, {}, 'nobody yet'),
  confirm('retypeAboveMinor', ALL_SET, {}, 'Olivia and Nora', true),
  confirm('emailDomains', ALL_SET, {}, 'whoever is invited from now on'),
  askedCard({ whoDoes: 'Above £1,000.00 two people are needed', names: ['Nora'], about }),
  keyAgeingCard({ about, key, maxAgeDays: 90, endsAt: '2026-11-23T09:00:00.000Z', zone }),
  keyOutlivedCard({ about, key, maxAgeDays: 90 }),
];

const at = '2026-11-16T09:00:00.000Z';

export const AUDIT_SAMPLES: readonly Card[] = [
  auditCard({
    about,
    zone,
    items: [
      {
        what: 'Mia invited Nina as a member',
        at,
        where: '#marketing in Slack',
        request: 'asked for by Mia, approved by Adam',
      },
      { what: 'Olivia set “Longest life of API keys” to: 90 days', at, where: 'a private chat in Teams' },
      { what: 'The bot ended an invitation that nobody answered in time', at },
    ],
    filter: { topic: 'people', days: 7 },
    filterWords: 'Only: People, the last 7 days.',
    only: 'notBilling',
    older: 40,
  }),
  auditCard({ about, zone, items: [], filter: {}, only: 'own' }),
  auditCard({ zone, items: [{ what: 'Olivia removed Mia', at }], filter: {}, only: 'own', older: 40 }),
  auditCard({ about, zone, items: [], filter: { days: 1 }, filterWords: 'Only: the last day.', before: 40 }),
];
