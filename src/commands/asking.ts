import { whoDoes } from '../cards/action-words.js';
import { askedCard } from '../cards/request-card.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import type { Workspace } from '../workspace/entities.js';
import { identityKey } from '../workspace/identity.js';
import { type Action, holders } from '../workspace/permissions.js';
import { openRequest } from '../workspace/requests.js';
import type { Args, Command, Context } from './command.js';
import { aboutWorkspace } from './context.js';
import { announceRequest, tellExpired } from './request-notices.js';
import { deskOf } from './pick-request.js';
import { askOf } from './request-words.js';

interface Denied {
  context: Context;
  command: Command;
  args: Args;
  action: Action;
  workspace?: Workspace;
}

/** A denied call becomes a request to those who hold the right; asking again for the same gives the same answer. */
export async function askHolders(denied: Denied): Promise<Answer> {
  const { context, command, action, workspace } = denied;
  const desk = deskOf(context);
  const { account, actor, at } = context;
  const { why, ...rest } = denied.args;
  await inTransaction(async () => {
    const request = await openRequest({
      account: account.id,
      ...(workspace && { workspace: workspace.id }),
      by: actor.id,
      byIdentity: identityKey(context.identity),
      action,
      call: { command: command.name, args: plainArgs(rest) },
      ...(typeof why === 'string' && { why }),
      at,
    });
    if (request.expired) await tellExpired(desk, request.expired);
    if (request.fresh) await announceRequest(desk, request, await askOf(desk, request));
  });
  const about = workspace && { about: await aboutWorkspace(context.services.ledger, workspace) };
  const card = askedCard({ whoDoes: whoDoes(action, holders(action)), ...about });
  return { kind: 'private', card, replace: isOfferPressed(context, denied.args) };
}

/** The card that offered to ask has said its part: the answer takes its place. */
function isOfferPressed({ invocation }: Context, args: Args): boolean {
  return 'clicked' in invocation.ask && args['ask'] === true;
}

function plainArgs(args: Args): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}
