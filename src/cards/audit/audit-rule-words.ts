import type { Policies, PolicyKey } from '../../workspace/entities.js';
import { also, type AuditTold, type AuditWords } from './audit-wording.js';
import { POLICY_WORDS, policyNow } from '../policies/policy-words.js';

/** Policies, money, the workspace and the company. */
export const ruleAuditWords: AuditWords<
  'policy' | 'alerts' | 'billing' | 'transfer' | 'price' | 'entries' | 'audit' | 'workspace' | 'account'
> = {
  'policy.set': policySet,
  'billing.policySet': policySet,
  'alerts.changed': alertsChanged,
  'alerts.snoozed': ({ said, date }) => also(`snoozed the alert until ${date('until')}`, ' because ', said('why')),
  'alerts.woken': () => 'ended the snooze of the alert',
  'billing.automatic_set': () => 'set automatic payments',
  'billing.automatic_paused': () => 'paused automatic payments',
  'billing.automatic_resumed': () => 'had automatic payments go on',
  'billing.automatic_ended': () => 'turned automatic payments off',
  'billing.cardsReleased': () => 'let go of the saved cards of the former primary owner',
  'billing.detailsChanged': ({ said }) => also('changed who is billed', ' to ', said('name')),
  'billing.planChanged': ({ said }) => `changed the plan from ${said('from')} to ${said('to')}`,
  'billing.receiptDownloaded': ({ said }) => `took the file of ${said('receipt')}`,
  'billing.suspenseResolved': ({ said, money }) =>
    also(`settled a payment of ${money('amountMinor')} that fitted nothing`, ' and said: ', said('note')),
  'transfer.made': ({ said, money }) =>
    said('side') === 'to' ? `moved ${money('amountMinor')} here` : `moved ${money('amountMinor')} away from here`,
  'transfer.undone': ({ money }) => `took back that ${money('amountMinor')} was moved`,
  'price.set': ({ said, date }) => also(`set the price of ${said('item')}`, ' from ', date('from')),
  'entries.exported': () => 'took the file of the entries',
  'audit.exported': () => 'took the file of this trail',
  'workspace.created': ({ said }) => `created the workspace ${said('name')}`,
  'workspace.renamed': ({ said }) => `renamed the workspace from ${said('from')} to ${said('to')}`,
  'workspace.disabled': ({ said }) => also('disabled the workspace', ' because ', said('reason')),
  'workspace.enabled': () => 'enabled the workspace',
  'account.enabled': () => 'switched workspaces on for the company',
  'account.disabled': () => 'switched workspaces off for the company',
  'account.tenantAdded': () => 'connected another chat of the company',
  'account.ownerChanged': ({ whom }) => `made ${whom} the account owner`,
};

function policySet(told: AuditTold): string {
  const key = told.said('policy');
  return isPolicy(key) ? `set “${POLICY_WORDS[key].label}” to: ${becomes(told, key)}` : 'changed a policy';
}

/** `has warnings come under 30 % or £50.00 instead of under 20 %` */
function alertsChanged({ said, money }: AuditTold): string {
  const levels = (percent: string, amount: string) =>
    [said(percent) && `${said(percent)} %`, money(amount)].filter((level) => level !== '').join(' or ');
  const now = levels('lowPercent', 'lowMinor');
  const before = levels('wasLowPercent', 'wasLowMinor');
  if (said('quiet')) return said('quiet') === 'off' ? 'ended the quiet hours' : `set quiet hours from ${said('quiet')}`;
  if (said('days'))
    return said('days') === 'off' ? 'ended alerts by days left' : `set alerts to come under ${said('days')} days left`;
  const words = now ? `set alerts to come under ${now}` : 'set alerts to come only when it is empty';
  return before === now ? words : also(words, ' instead of under ', before);
}

const isPolicy = (key: string): key is PolicyKey => Object.hasOwn(POLICY_WORDS, key);

/** The value as the list of policies has it, from how the trail keeps it: see workspace/policies.ts. */
function becomes(told: AuditTold, key: PolicyKey): string {
  const to = told.said('to');
  const terms = { money: () => told.money('to'), tenant: (tenant: string) => tenant.slice(0, tenant.indexOf(':')) };
  return policyNow(key, to === 'off' ? undefined : kept(key, to), terms);
}

function kept(key: PolicyKey, to: string): Policies[PolicyKey] {
  switch (POLICY_WORDS[key].input.input) {
    case 'amount':
    case 'days':
      return Number(to);
    case 'domains':
    case 'tenants':
      return to.split(' ');
    case 'choice':
      return to === 'true' ? true : (to as Policies[PolicyKey]);
  }
}
