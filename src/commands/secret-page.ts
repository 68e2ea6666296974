import type { InWorkspace } from './command.js';

/** The address of the page that shows the secret once. `label` says what it is. */
export function secretPage(context: InWorkspace, label: string, secret: string): Promise<string> {
  const { account, actor, at, services, workspace } = context;
  return services.keepSecret({ account: account.id, workspace: workspace.id, person: actor.id, label, secret, at });
}
