import type { Piece } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import type { Args, Command } from './command.js';
import { nearest } from './near.js';
import { rewritePhrase } from './phrases.js';
import { Reader } from './reader.js';
import { shown, type Word, wordsOf } from './words.js';

/** What was typed, as a call: still unchecked whether the person may, and whether the workspace exists. */
export interface Understood {
  command: Command;
  args: Args;
  workspaceName?: string;
}

const PREPOSITIONS = ['in', 'to', 'for', 'of', 'on', 'from'];

/**
 * Understands typed words against the table; `meant` overrules the first word, for a near miss.
 * @throws Refusal unknownCommand (with near misses) or badArgument (words nobody asked for)
 */
export function understand(pieces: readonly Piece[], commands: readonly Command[], meant?: Command): Understood {
  const { words, workspaceName } = takeWorkspace(withoutPrefix(wordsOf(pieces)));
  const [head, ...tail] = rewritePhrase(words);
  if (!head) return { command: helpOf(commands), args: {} };
  const typedAs = shown(head).toLowerCase();
  const command = meant ?? commandNamed(typedAs, commands);
  if (!command) {
    const typed = words.map(shown).join(' ').slice(0, 80);
    return refuse({ kind: 'unknownCommand', typed, nearest: nearestCommands(typedAs, commands) });
  }
  if (asksForHelp(tail)) return { command: helpOf(commands), args: { topic: command.name } };
  const aliasSpeaks = command.readsAlias && typedAs !== command.name;
  const reader = new Reader(aliasSpeaks ? [{ kind: 'word', text: typedAs }, ...tail] : tail);
  const args = command.does.read(reader);
  const name = workspaceName ?? workspaceLeftOver(reader, command);
  return { command, args, ...(name && { workspaceName: name }) };
}

/** The workspace that `in:` names, whatever else was typed. */
export function workspaceTyped(pieces: readonly Piece[]): string | undefined {
  return takeWorkspace(withoutPrefix(wordsOf(pieces))).workspaceName;
}

/** The row with this name or alias, in any case. */
export function commandNamed(typed: string, commands: readonly Command[]): Command | undefined {
  const name = typed.toLowerCase();
  return commands.find((command) => command.name === name || command.aliases.includes(name));
}

function helpOf(commands: readonly Command[]): Command {
  const help = commandNamed('help', commands);
  if (!help) throw new Error('the table has no help');
  return help;
}

/** The names of the commands that were probably meant, each once. */
export function nearestCommands(typed: string, commands: readonly Command[]): string[] {
  const found = nearest(
    typed,
    commands.flatMap((command) => [command.name, ...command.aliases]),
  );
  return [...new Set(found.map((name) => commandNamed(name, commands)!.name))];
}

function withoutPrefix(words: readonly Word[]): readonly Word[] {
  const [first] = words;
  return first?.kind === 'word' && /^\/workspaces?$/i.test(first.text) ? words.slice(1) : words;
}

function takeWorkspace(words: readonly Word[]): { words: readonly Word[]; workspaceName?: string } {
  const at = words.findIndex((word) => word.kind === 'word' && /^in:/i.test(word.text));
  if (at < 0) return { words };
  const inside = shown(words[at]!).slice('in:'.length).trim();
  const next = inside ? undefined : words[at + 1];
  const name = inside || (next && shown(next));
  const rest = words.filter((_, index) => index !== at && !(next && index === at + 1));
  return { words: rest, ...(name && { workspaceName: name }) };
}

function asksForHelp(tail: readonly Word[]): boolean {
  const [only] = tail;
  return tail.length === 1 && only?.kind === 'word' && /^(help|-h|--help|\?)$/i.test(only.text);
}

function workspaceLeftOver(reader: Reader, command: Command): string | undefined {
  reader.dropFiller();
  const [first] = reader.left;
  if (!first) return undefined;
  const introduced = first.kind === 'word' && PREPOSITIONS.includes(first.text.toLowerCase());
  if (
    command.on === 'workspace' &&
    reader.left.length > (introduced ? 1 : 0) &&
    (introduced || command.bareWorkspace)
  ) {
    if (introduced) reader.word();
    return reader.rest();
  }
  return refuse({ kind: 'badArgument', argument: '', typed: reader.rest()!.slice(0, 80), expected: command.usage });
}
