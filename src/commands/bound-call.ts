import type { Card, Choice, Form } from '../cards/card.js';
import type { Answer } from '../chat/invocation.js';
import type { Role, Workspace } from '../workspace/entities.js';
import type { Seat } from '../workspace/memberships.js';
import type { Facts } from '../workspace/permissions.js';
import { assertChatAllowed } from './chat-allowed.js';
import type { Args, Choosing, Command, Context, Moving } from './command.js';
import { inWorkspace } from './context.js';
import { whichWorkspace } from './which-workspace.js';

/** A command with its arguments and the workspace it means: ready to be asked for, filled in or run. */
export interface BoundCall {
  workspace?: Workspace;
  /** The actor's role in that workspace. */
  role: Role | undefined;
  facts(): Promise<Facts>;
  moves(): Promise<Moving | undefined>;
  offer(): Promise<Card | undefined>;
  form(): Promise<Form | undefined>;
  choices(of: Choosing): Promise<readonly Choice[]>;
  run(): Promise<Answer>;
}

interface Asked {
  command: Command;
  args: Args;
  cardWorkspace?: string;
  workspaceName?: string;
}

/** @throws Refusal where the workspace that is meant is none of the actor's, or closed to them */
export async function bind(
  context: Context,
  { command, args, cardWorkspace, workspaceName }: Asked,
): Promise<BoundCall> {
  const whose = { services: context.services, account: context.account, person: context.actor.id };
  if (command.on === 'person') {
    const { does } = command;
    const pointing = { ...context, ...(cardWorkspace && { cardWorkspace }), ...(workspaceName && { workspaceName }) };
    return {
      role: undefined,
      facts: () => does.facts(whose, args),
      moves: () => does.moves(pointing, args),
      offer: () => does.offer(pointing, args),
      form: () => does.form(pointing, args),
      choices: (of) => does.choices(pointing, of),
      run: () => does.run(pointing, args),
    };
  }
  const seat = await seatMeant(context, command, {
    ...(cardWorkspace && { cardWorkspace }),
    ...(workspaceName && { workspaceName }),
  });
  await assertChatAllowed(context.account, seat.workspace, context.identity);
  const { does } = command;
  const inside = inWorkspace(context, seat);
  return {
    workspace: seat.workspace,
    role: seat.membership.role,
    facts: () => does.facts({ ...whose, workspace: seat.workspace }, args),
    moves: () => does.moves(inside, args),
    offer: () => does.offer(inside, args),
    form: () => does.form(inside, args),
    choices: (of) => does.choices(inside, of),
    run: () => does.run(inside, args),
  };
}

/** The actor's seat in the workspace that a call means. @throws as whichWorkspace */
export function seatMeant(
  { account, actor, here, seats, boundHere, at }: Context,
  { evenDisabled }: Command,
  { cardWorkspace, workspaceName }: Pick<Asked, 'cardWorkspace' | 'workspaceName'>,
): Promise<Seat> {
  return whichWorkspace({
    account,
    person: actor.id,
    here,
    seats,
    boundHere,
    at,
    ...(cardWorkspace && { cardWorkspace }),
    ...(workspaceName && { named: workspaceName }),
    ...(evenDisabled && { evenDisabled: true }),
  });
}
