import type { Card, Choice, Form } from '../cards/card.js';
import type { Answer } from '../chat/invocation.js';
import { Refusal } from '../refusal.js';
import type { Role, Workspace } from '../workspace/entities.js';
import type { Seat } from '../workspace/memberships.js';
import type { Facts } from '../workspace/permissions.js';
import { assertChatAllowed } from './chat-allowed.js';
import type { Args, Choosing, Command, Context, Does, Moving } from './command.js';
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
export async function bind(context: Context, asked: Asked): Promise<BoundCall> {
  const { command, args, cardWorkspace, workspaceName } = asked;
  if (command.on === 'workspace') return bindInside(context, command, asked);
  const pointing = { ...context, ...(cardWorkspace && { cardWorkspace }), ...(workspaceName && { workspaceName }) };
  return bindAlone(pointing, command.does, args);
}

async function bindInside(
  context: Context,
  command: Extract<Command, { on: 'workspace' }>,
  asked: Asked,
): Promise<BoundCall> {
  const { args } = asked;
  const { alone, does } = command;
  try {
    const { workspace, membership } = await seatMeant(context, command, asked);
    await assertChatAllowed(context.account, workspace, context.identity);
    const inside = inWorkspace(context, { workspace, membership });
    const whose = { services: context.services, account: context.account, person: context.actor.id, workspace };
    return {
      workspace,
      role: membership.role,
      facts: () => does.facts(whose, args),
      moves: () => does.moves(inside, args),
      offer: () => does.offer(inside, args),
      form: () => does.form(inside, args),
      choices: (of) => does.choices(inside, of),
      run: () => does.run(inside, args),
    };
  } catch (error) {
    const inNone = error instanceof Refusal && error.reason.kind === 'noWorkspace';
    if (inNone && alone) return bindAlone(context, alone, args);
    throw error;
  }
}

function bindAlone(context: Context, does: Does<Context>, args: Args): BoundCall {
  const { services, account, actor } = context;
  return {
    role: undefined,
    facts: () => does.facts({ services, account, person: actor.id }, args),
    moves: () => does.moves(context, args),
    offer: () => does.offer(context, args),
    form: () => does.form(context, args),
    choices: (of) => does.choices(context, of),
    run: () => does.run(context, args),
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
