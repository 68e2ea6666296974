import { plainAmount } from '../../money.js';
import type { Policies, PolicyKey } from '../../workspace/entities.js';
import { POLICY_WORDS } from './policy-words.js';

/** A policy's value as buttons and forms carry it, and as it may be typed: `500.00`, `90`, `acme.com`, `yes`, `off`. */
export function policyText(key: PolicyKey, value: Policies[PolicyKey], currency: string): string {
  if (value === undefined) return 'off';
  if (value === true) return 'yes';
  if (typeof value === 'object') return value.join(' ');
  const isAmount = POLICY_WORDS[key].input.input === 'amount';
  return isAmount ? plainAmount(Number(value), currency) : String(value);
}
