import { refuse } from '../refusal.js';
import { variableName } from './column.js';

const VARIABLE = /\{\{([^{}]*)\}\}/g;
const NAME = /^\p{L}[\p{L}\p{N}_]{0,39}$/u;
const MOST_CHARACTERS = 1_600;

/** The variables of a text, each once, in their order. @throws Refusal badArgument where one is not well formed */
export function variablesOf(text: string): string[] {
  const names = [...text.matchAll(VARIABLE)].map(([typed, inside = '']) => {
    const name = variableName(inside);
    if (NAME.test(name)) return name;
    return refuse({ kind: 'badArgument', argument: 'text', typed, expected: 'a variable like {{first_name}}' });
  });
  const rest = text.replaceAll(VARIABLE, '');
  const stray = /\{\{|\}\}/.exec(rest)?.[0];
  if (stray) {
    const expected = 'variables with two braces on both sides, like {{first_name}}';
    refuse({ kind: 'badArgument', argument: 'text', typed: stray, expected });
  }
  return [...new Set(names)];
}

/** @throws Refusal badArgument */
export function templateText(typed: string): { text: string; variables: string[] } {
  const text = typed.replace(/\r\n?/g, '\n').trim();
  if (text === '' || text.length > MOST_CHARACTERS) {
    const expected = `a text of 1 to ${MOST_CHARACTERS.toLocaleString('en-GB')} characters`;
    refuse({ kind: 'badArgument', argument: 'text', typed: text.slice(0, 80), expected });
  }
  return { text, variables: variablesOf(text) };
}

/** The text with its variables filled in; one that has no value stays as it is written, and is told. */
export function fillTemplate(
  text: string,
  values: Readonly<Record<string, string>>,
): { text: string; missing: readonly string[] } {
  const missing = new Set<string>();
  const filled = text.replaceAll(VARIABLE, (typed, inside: string) => {
    const name = variableName(inside);
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) missing.add(name);
    return value ?? typed;
  });
  return { text: filled, missing: [...missing] };
}
