import { whoDoes } from '../cards/action-words.js';
import { twoNeededWords } from '../cards/requests/asked-money-words.js';
import { askedCard } from '../cards/requests/request-card.js';
import type { Answer } from '../chat/invocation.js';
import type { Minor } from '../ledger/entry.js';
import { parsePayment } from '../money.js';
import { inTransaction } from '../mongo.js';
import { noteReaction } from '../notices/alerts/reactions.js';
import { refuse } from '../refusal.js';
import type { PolicyKey, Workspace } from '../workspace/entities.js';
import { identityKey } from '../workspace/identity.js';
import { peopleApart } from '../workspace/people-apart.js';
import { type Action, type Facts, holders } from '../workspace/permissions.js';
import { openRequest } from '../workspace/requests.js';
import { thoseThere } from '../workspace/standing.js';
import type { Args, Command, Context } from './command.js';
import { aboutWorkspace } from './context.js';
import { decidersOf } from './deciders.js';
import { announceRequest, tellExpired } from './request-notices.js';
import { deskOf } from './pick-request.js';
import { plainArgs } from './plain-args.js';
import { askOf } from './request-words.js';

interface Asked {
  context: Context;
  command: Command;
  args: Args;
  workspace?: Workspace;
}

/** A denied call becomes a request to those who hold the right; asking again for the same gives the same answer. */
export async function askHolders(denied: Asked & { action: Action; facts: Facts }): Promise<Answer> {
  const { context, action, args, facts } = denied;
  await open(denied, action);
  await noteAsked(denied);
  const policy = policyBehind(action, facts);
  const said = { whoDoes: whoDoes(action, holders(action, facts)), ...(policy && { policy }) };
  const card = askedCard({ ...said, ...(await aboutOf(denied)) });
  return { kind: 'private', card, replace: isOfferPressed(context, args) };
}

/**
 * A call that its actor may make, but not alone, becomes a request to those who could be the second person.
 * @throws Refusal noSecondPerson
 */
export async function askSecond(
  asked: Asked & { workspace: Workspace; aboveMinor: Minor | undefined },
): Promise<Answer> {
  const { context, command, args, workspace, aboveMinor } = asked;
  const { actor, account } = context;
  const call = { command: command.name, args: plainArgs(args) };
  const wanted = { id: 'new', action: 'secondPerson', workspace: workspace.id, call };
  const people = await decidersOf(deskOf(context), wanted);
  const apart = await peopleApart(account.id, [actor.id, ...people.map(({ id }) => id)]);
  const there = await thoseThere(account.id, apart);
  const others = people.filter(({ id }) => id !== actor.id && there.has(id));
  if (others.length === 0) {
    const { id, name: workspaceName, currency } = workspace;
    return refuse({ kind: 'noSecondPerson', workspace: id, workspaceName, aboveMinor: aboveMinor ?? 0, currency });
  }
  await open(asked, 'secondPerson');
  const names = others.map(({ name }) => name);
  const said = {
    whoDoes: twoNeededWords(aboveMinor, workspace.currency),
    names,
    policy: 'twoPeopleAboveMinor',
  } as const;
  const card = askedCard({ ...said, ...(await aboutOf(asked)) });
  return { kind: 'private', card, replace: 'clicked' in context.invocation.ask };
}

/** The workspace's alert says that an owner is asked for balance. */
async function noteAsked({ context, command, args, workspace }: Asked): Promise<void> {
  const { actor, at, services } = context;
  const typed = args['amount'];
  if (command.name !== 'topup' || !workspace || typeof typed !== 'string') return;
  const amountMinor = parsePayment(typed, workspace.currency);
  await noteReaction(services.ledger, workspace, { kind: 'asked', by: actor.id, amountMinor, at });
}

/** The policy because of which the call became a request. */
function policyBehind(action: Action, { whoMayInvite }: Facts): PolicyKey | undefined {
  if (action === 'startLargeCampaign') return 'campaignApprovalAboveMinor';
  if (action === 'createChannel') return 'whoMayCreateChannels';
  return action === 'invite' && whoMayInvite === 'owners' ? 'whoMayInvite' : undefined;
}

async function open(asked: Asked, action: Action): Promise<void> {
  const { context, command, workspace } = asked;
  const desk = deskOf(context);
  const { account, actor, at } = context;
  const { why, shown: _shown, ...rest } = asked.args;
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
}

async function aboutOf({ context, workspace }: Asked) {
  return workspace && { about: await aboutWorkspace(context.services.ledger, workspace) };
}

/** The card that offered to ask has said its part: the answer takes its place. */
function isOfferPressed({ invocation }: Context, args: Args): boolean {
  return 'clicked' in invocation.ask && args['ask'] === true;
}
