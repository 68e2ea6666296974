import type { About } from '../cards/parts.js';
import { APPROVE } from '../cards/requests/asked-words.js';
import type { Ask } from '../cards/requests/request-card.js';
import type { Account, Request } from '../workspace/entities.js';
import { membership } from '../workspace/memberships.js';
import { peopleByIds } from '../workspace/people.js';
import { getWorkspace } from '../workspace/workspaces.js';
import type { Args, Command } from './command.js';
import { aboutWorkspace } from './context.js';
import { commandNamed } from './parse.js';
import type { Services } from './services.js';

export interface RequestDesk {
  services: Services;
  commands: readonly Command[];
  account: Account;
}

/** The row that a request's call runs. A request outlives a renaming of commands only if the old name stays an alias. */
export function commandOf(desk: RequestDesk, request: Pick<Request, 'id' | 'call'>): Command {
  const command = commandNamed(request.call.command, desk.commands);
  if (!command) throw new Error(`request ${request.id} asks for an unknown command`);
  return command;
}

export function argsOf(request: Pick<Request, 'call'>): Args {
  return request.call.args as Args;
}

/** A request in words, as things are now. */
export async function askOf(desk: RequestDesk, request: Request): Promise<Ask> {
  const { services, account } = desk;
  const workspace = request.workspace ? await getWorkspace(account.id, request.workspace) : undefined;
  const asking = await commandOf(desk, request).does.asks(
    { services, account, ...(workspace && { workspace }) },
    argsOf(request),
  );
  const people = await peopleByIds(account.id, [request.by, ...request.thread.map((line) => line.by)]);
  const nameOf = (id: string) => people.get(id)?.name ?? 'somebody';
  return {
    id: request.id,
    version: request.version,
    by: nameOf(request.by),
    wants: asking.wants,
    context: asking.context,
    ...(asking.details && { details: asking.details }),
    until: { at: request.expiresAt.toISOString(), zone: workspace?.timeZone ?? account.timeZone },
    yes: asking.yes ?? APPROVE,
    thread: request.thread.map((line) => ({ by: nameOf(line.by), text: line.text })),
    ...(request.why && { why: request.why }),
    ...(workspace && { about: await aboutWorkspace(services.ledger, workspace) }),
  };
}

/** The workspace for the foot of what the requester is told: not where they have no place any more. */
export async function aboutForRequester(
  { about }: Ask,
  { account, workspace, by }: Request,
): Promise<{ about?: About }> {
  const held = about && workspace ? await membership(account, workspace, by) : undefined;
  return about && held && !held.suspended ? { about } : {};
}
