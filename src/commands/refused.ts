import type { Button, Card } from '../cards/card.js';
import { refusalCard } from '../cards/refusals/refusal-card.js';
import type { Answer } from '../chat/invocation.js';
import type { Reason } from '../refusal.js';
import type { Workspace } from '../workspace/entities.js';
import type { Args, Command } from './command.js';
import { insteadOf } from './near-misses.js';
import { commandNamed } from './parse.js';

interface Asked {
  command: Command;
  args: Args;
}

/** A refusal before anybody knew which workspace is meant. */
export function refused(reason: Reason, buttons: readonly Button[] = []): Answer {
  return { kind: 'private', card: refusalCard(reason, { buttons }) };
}

/** A refusal of what was to be done in a workspace: its buttons act there, also those of reasons that do not know it. */
export function refusedIn(workspace: Workspace, reason: Reason, asked: Asked, commands: readonly Command[]): Answer {
  const card = refusalCard(reason, { foot: { workspace: workspace.name }, buttons: eachOf(reason, asked, workspace) });
  return { kind: 'private', card: pointingAt(workspace, card, commands) };
}

/** Where a name could be several people's: what was asked, of each of them. */
function eachOf(reason: Reason, asked: Asked, { id }: Workspace): Button[] {
  if (reason.kind !== 'ambiguousPerson') return [];
  const people = reason.people.map((person) => ({ label: person.name, value: person.id }));
  return insteadOf(asked, reason.typed, people, id);
}

function pointingAt({ id }: Workspace, card: Card, commands: readonly Command[]): Card {
  const pointed = (button: Button): Button => {
    if (!('call' in button) || button.call.workspace) return button;
    const acts = commandNamed(button.call.command, commands)?.on === 'workspace';
    return acts ? { ...button, call: { ...button.call, workspace: id } } : button;
  };
  const parts = card.parts.map((part) =>
    part.part === 'buttons' ? { ...part, buttons: part.buttons.map(pointed) } : part,
  );
  return { ...card, parts };
}
