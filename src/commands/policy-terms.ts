import { PLATFORM_NAMES } from '../cards/platform-names.js';
import { chatWords, GONE_CHAT, moneyIn } from '../cards/policies/policy-words.js';
import type { PolicyTerms } from '../cards/policies/policy-wording.js';
import type { Account, Workspace } from '../workspace/entities.js';
import { parseTenantKey, type TenantKey } from '../workspace/identity.js';
import type { Services } from './services.js';

/** How policies name amounts and chats: a chat by its platform, or by its own name where the company has several there. */
export async function policyTerms(of: {
  account: Account;
  services: Services;
  workspace: Workspace;
}): Promise<PolicyTerms> {
  const { account, services, workspace } = of;
  const names = new Map<TenantKey, string>();
  for (const key of account.tenants) {
    const { platform, tenant } = parseTenantKey(key);
    const alike = account.tenants.filter((other) => parseTenantKey(other).platform === platform);
    const named = alike.length > 1 ? await services.chats[platform]?.tenantName?.(tenant) : undefined;
    names.set(key, chatWords(PLATFORM_NAMES[platform], named));
  }
  return {
    money: moneyIn(workspace.currency),
    tenant: (key) => names.get(key) ?? GONE_CHAT,
  };
}
