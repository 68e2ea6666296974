import { isThing, type Thing, word } from '../fakes/slack/json.js';
import type { Json } from '../fakes/slack/world.js';

/** A message of the bot as its reader sees it in Teams. */
export interface TeamsSeen {
  conversation: string;
  id: string;
  edits: number;
  /** Texts in reading order, a line each; facts as `Spent: £1.00`, rows as `a | b`, buttons as `[Approve] [Deny]`. */
  lines: readonly string[];
  buttons: readonly TeamsButton[];
  /** Names of the inputs, with what stands in them. */
  inputs: Readonly<Record<string, string>>;
}

export interface TeamsButton {
  label: string;
  /** The action as the card has it. */
  action: Thing;
  url?: string;
}

/** What an Adaptive Card shows. */
export function readCard(card: Json): Pick<TeamsSeen, 'lines' | 'buttons' | 'inputs'> {
  const elements = isThing(card) ? listOf(card['body']) : [];
  return {
    lines: elements.flatMap(linesOf).filter((line) => line.trim() !== ''),
    buttons: elements.flatMap(buttonsOf),
    inputs: Object.fromEntries(elements.flatMap(inputsOf)),
  };
}

function linesOf(element: Json): string[] {
  if (!isThing(element)) return [];
  switch (element['type']) {
    case 'TextBlock':
      return [plain(word(element['text']))];
    case 'RichTextBlock':
      return [
        listOf(element['inlines'])
          .map((run) => (isThing(run) ? word(run['text']) : ''))
          .join(''),
      ];
    case 'FactSet':
      return things(element['facts']).map((fact) => `${plain(word(fact['title']))}: ${plain(word(fact['value']))}`);
    case 'Table':
      return things(element['rows']).map((row) =>
        things(row['cells'])
          .map((cell) => cellText(cell))
          .join(' | '),
      );
    case 'ActionSet':
      return [
        buttonsOf(element)
          .map(({ label }) => `[${label}]`)
          .join(' '),
      ];
    case 'Chart.HorizontalBar':
      return things(element['data']).map((bar) => word(bar['x']));
    default:
      return element['label'] ? [`${word(element['label'])}:`] : inside(element).flatMap(linesOf);
  }
}

/** What it holds, also in columns. */
function inside(element: Thing): Json[] {
  return [...listOf(element['items']), ...listOf(element['columns'])];
}

function cellText(cell: Thing): string {
  return listOf(cell['items']).flatMap(linesOf).join(' ');
}

function buttonsOf(element: Json): TeamsButton[] {
  if (!isThing(element)) return [];
  const here = things(element['actions']).map((action) => ({
    label: word(action['title']),
    action,
    ...(typeof action['url'] === 'string' && { url: action['url'] }),
  }));
  return [...here, ...inside(element).flatMap(buttonsOf)];
}

function inputsOf(element: Json): [string, string][] {
  if (!isThing(element) || !word(element['type']).startsWith('Input.')) return [];
  return [[word(element['id']), word(element['value'])]];
}

/** Markdown as it is drawn: without the backslashes and the word joiners that keep people's text from being markup. */
function plain(markdown: string): string {
  return markdown.replaceAll(/\\([\\`*_[\]~#>+-])/g, '$1').replaceAll('\u2060', '');
}

function things(value: Json | undefined): Thing[] {
  return listOf(value).filter((each) => isThing(each));
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
