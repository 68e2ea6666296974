import type { AccountId, Workspace } from '../../workspace/entities.js';

/** The workspaces of each account together. */
export function byAccount(workspaces: readonly Workspace[]): Workspace[][] {
  const companies = new Map<AccountId, Workspace[]>();
  for (const workspace of workspaces) {
    const company = companies.get(workspace.account);
    if (company) company.push(workspace);
    else companies.set(workspace.account, [workspace]);
  }
  return [...companies.values()];
}
