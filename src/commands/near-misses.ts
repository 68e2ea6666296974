import type { Button, Json } from '../cards/card.js';
import { press } from '../cards/parts.js';
import type { Piece } from '../chat/invocation.js';
import { type Reason, Refusal, refuse } from '../refusal.js';
import type { WorkspaceId } from '../workspace/entities.js';
import { seatMeant } from './bound-call.js';
import type { Args, Command, Context } from './command.js';
import { commandNamed, type Understood, understand, workspaceTyped } from './parse.js';
import { fitsInButton, plainArgs } from './plain-args.js';

/**
 * The commands that were probably meant, with what was typed after them and the workspace that it means, ready to press.
 * @throws Refusal where a workspace was named that is none of the actor's, or closed to them
 */
export async function didYouMean(context: Context, reason: Reason): Promise<Button[]> {
  const { ask } = context.invocation;
  if (reason.kind !== 'unknownCommand' || !('typed' in ask)) return [];
  const buttons: Button[] = [];
  for (const name of reason.nearest) {
    const { command, args, workspaceName } = understoodAs(context, name, ask.typed);
    const workspace = await workspaceMeant(context, command, workspaceName);
    buttons.push(press(name, name, plainArgs(args), workspace === undefined ? {} : { workspace }));
  }
  return buttons;
}

/** The call once for each thing that a word of it could have meant, ready to press. */
export function insteadOf(
  { command, args }: { command: Command; args: Args },
  typed: string,
  meant: readonly { label: string; value: string }[],
  workspace: WorkspaceId,
): Button[] {
  return meant.flatMap(({ label, value }) => {
    const call = plainArgs(replaced(args, typed, value));
    return fitsInButton(call) ? [press(label, command.name, call, { workspace })] : [];
  });
}

function replaced(args: Args, typed: string, value: string): Args {
  const one = (arg: Json | undefined) => (arg === typed ? value : arg);
  const each = Object.entries(args).map(([name, arg]) => [
    name,
    isList(arg) ? arg.map((item) => one(item)!) : one(arg),
  ]);
  return Object.fromEntries(each);
}

const isList = (arg: Json | undefined): arg is readonly Json[] => Array.isArray(arg);

/** Nothing of a line that is longer than a button can carry, or that the command does not understand: its form asks anew. */
function understoodAs({ commands }: Context, name: string, typed: readonly Piece[]): Understood {
  const command = commandNamed(name, commands) ?? refuse({ kind: 'unknownCommand', typed: name, nearest: [] });
  const { args, workspaceName = workspaceTyped(typed) } = readAs(command, typed, commands);
  return { command, args: fitsInButton(args) ? args : {}, ...(workspaceName && { workspaceName }) };
}

function readAs(
  command: Command,
  typed: readonly Piece[],
  commands: readonly Command[],
): { args: Args; workspaceName?: string } {
  try {
    return understand(typed, commands, command);
  } catch (error) {
    if (error instanceof Refusal) return { args: {} };
    throw error;
  }
}

/** It is pressed elsewhere than it was typed, perhaps: the workspace goes with it. Where none is meant, pressing says so. */
async function workspaceMeant(
  context: Context,
  command: Command,
  workspaceName: string | undefined,
): Promise<WorkspaceId | undefined> {
  if (workspaceName !== undefined) return (await seatMeant(context, command, { workspaceName })).workspace.id;
  if (command.on === 'person') return undefined;
  try {
    return (await seatMeant(context, command, {})).workspace.id;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
