import { Refusal, refuse } from '../refusal.js';
import type { Person, Request } from '../workspace/entities.js';
import { parseIdentityKey } from '../workspace/identity.js';
import { membershipsOf, seatIn } from '../workspace/memberships.js';
import { directIdentity, getPerson } from '../workspace/people.js';
import type { Context, InWorkspace, Moving } from './command.js';
import { inWorkspace } from './context.js';
import { requireDecider } from './deciders.js';
import { argsOf, commandOf, type RequestDesk } from './request-words.js';

/** A request on its way from yes to done. */
export interface Run {
  desk: RequestDesk;
  request: Request;
  decider: Person;
  at: Date;
}

/** The second of two people says yes to what the first does. */
export function runsAsDecider({ desk, request }: Run): boolean {
  return request.action !== 'secondPerson' && commandOf(desk, request).asking?.runsAs === 'decider';
}

/** As if the actor had typed it privately just now. */
export async function contextOf(
  { desk, request, decider, at }: Run,
  { asDecider }: { asDecider: boolean },
): Promise<Context> {
  const { services, commands, account } = desk;
  const actor = asDecider ? decider : await getPerson(account.id, request.by);
  const asked = parseIdentityKey(request.byIdentity);
  const identity = asDecider ? ((await directIdentity(account.id, decider.id)) ?? asked) : asked;
  if (!actor || !identity) return refuse({ kind: 'unknownRequest', typed: request.id });
  const key = `request:${request.id}`;
  const { platform, tenant, user } = identity;
  const place = { platform, tenant, kind: 'direct', channel: user } as const;
  const seat = request.workspace && (await seatIn(account.id, actor.id, request.workspace));
  return {
    services,
    commands,
    invocation: { reference: request.id, delivery: key, at, sender: identity, place, ask: { typed: [] } },
    account,
    actor,
    identity,
    here: seat ? [seat] : [],
    seats: () => membershipsOf(account.id, actor.id),
    boundHere: [],
    at,
    key,
    approvedBy: decider,
  };
}

/** The context of the actor in the request's workspace, where they are still in it. */
export function placeIn(context: Context, request: Request): InWorkspace {
  const seat = context.here.find(({ workspace }) => workspace.id === request.workspace);
  const open = seat?.workspace.status === 'active' || commandOf(context, request).evenDisabled;
  if (seat && !seat.membership.suspended && open) return inWorkspace(context, seat);
  const workspaceName = seat?.workspace.name ?? 'the workspace';
  return refuse({ kind: 'notMember', name: context.actor.name, workspaceName });
}

/**
 * What saying yes to the request would move by itself, for whoever may say so: else none, and the refusal is the
 * decision's own.
 */
export async function movedByYes(run: Run): Promise<Moving | undefined> {
  const { desk, request, decider } = run;
  const command = commandOf(desk, request);
  if (!command.does.hasMoves || command.on === 'person' || request.by === decider.id) return undefined;
  try {
    await requireDecider(desk, decider.id, request);
    const context = placeIn(await contextOf(run, { asDecider: runsAsDecider(run) }), request);
    const moving = await command.does.moves(context, argsOf(request));
    return moving && { ...moving, isDecision: true };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
