import type { About } from '../cards/parts.js';
import type { Ledger } from '../ledger/entry.js';
import type { ChatOrigin } from '../workspace/chat-origin.js';
import type { Membership, Workspace } from '../workspace/entities.js';
import type { Context, InWorkspace } from './command.js';

export function inWorkspace(context: Context, seat: { workspace: Workspace; membership: Membership }): InWorkspace {
  return { ...context, workspace: seat.workspace, membership: seat.membership };
}

/** The workspace for a card's foot, with its balance as it is now. */
export async function aboutWorkspace(ledger: Ledger, workspace: Workspace): Promise<About & { balanceMinor: number }> {
  const head = await ledger.head(workspace.id);
  return aboutWith(workspace, head?.balanceMinor ?? 0);
}

export function aboutWith(workspace: Workspace, balanceMinor: number): About & { balanceMinor: number } {
  return { id: workspace.id, name: workspace.name, currency: workspace.currency, balanceMinor };
}

/** How the one who asks writes numbers: as their chat tells, else as their company does. */
export function readersLocale({ account, actor, invocation }: Context): string | undefined {
  return invocation.locale ?? actor.locale ?? account.locale;
}

/** Where in chat this was asked for, to be kept with what comes of it. An approved request's reference is its own id. */
export function originOf({ approvedBy, invocation }: Context): ChatOrigin {
  const { reference, delivery, place } = invocation;
  const { platform, tenant, kind, channel, channelName } = place;
  return {
    reference,
    delivery,
    platform,
    tenant,
    kind,
    channel,
    ...(channelName && { channelName }),
    ...(approvedBy && { request: reference }),
  };
}
