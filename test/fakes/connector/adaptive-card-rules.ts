import type { FakeElement } from './world.js';

const ELEMENTS = [
  'TextBlock',
  'RichTextBlock',
  'FactSet',
  'Container',
  'ColumnSet',
  'Column',
  'ActionSet',
  'Table',
  'Chart.HorizontalBar',
  'Chart.VerticalBar',
  'Input.Text',
  'Input.ChoiceSet',
];
const ACTIONS = ['Action.Execute', 'Action.OpenUrl', 'Action.Submit'];
const STYLES = ['default', 'emphasis', 'good', 'attention', 'warning', 'accent'];
const BYTES = 28 * 1024;

/** What Teams would refuse or draw wrong in this card; empty where it is fine. */
export function faultsOf(content: unknown): string[] {
  const faults: string[] = [];
  if (!isElement(content) || content.type !== 'AdaptiveCard') return ['no Adaptive Card'];
  if (content['version'] !== '1.5') faults.push('version is not 1.5');
  if (content['refresh']) faults.push('refresh replaces the card for all');
  if (typeof content['fallbackText'] !== 'string') faults.push('no fallbackText');
  const body = content['body'];
  if (!Array.isArray(body) || body.length === 0) return [...faults, 'empty body'];
  for (const element of body) faults.push(...elementFaults(element));
  return faults;
}

export function tooLarge(message: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(message)) > BYTES;
}

function elementFaults(element: unknown): string[] {
  if (!isElement(element) || !ELEMENTS.includes(element.type)) return [`unknown element ${JSON.stringify(element)}`];
  const faults: string[] = [];
  const inside = element.type === 'ColumnSet' ? element['columns'] : element['items'];
  const children = Array.isArray(inside) ? inside : [];
  for (const child of children) faults.push(...elementFaults(child));
  if (element.type === 'ActionSet') faults.push(...actionFaults(element['actions']));
  if (element.type === 'TextBlock' && !element['text']) faults.push('TextBlock without text');
  if (element.type === 'RichTextBlock' && !nonEmpty(element['inlines'])) faults.push('RichTextBlock without inlines');
  if (element.type === 'FactSet' && !nonEmpty(element['facts'])) faults.push('FactSet without facts');
  if (element.type.startsWith('Chart.') && !element['fallback']) faults.push('chart without fallback');
  if (
    ['Container', 'Column'].includes(element.type) &&
    element['style'] &&
    !STYLES.some((style) => style === element['style'])
  ) {
    faults.push(`unknown style ${JSON.stringify(element['style'])}`);
  }
  if (element.type.startsWith('Input.') && !(element['id'] && element['label']))
    faults.push('input without id or label');
  if (element.type === 'Table') faults.push(...tableFaults(element));
  return faults;
}

function actionFaults(actions: unknown): string[] {
  if (!Array.isArray(actions) || actions.length === 0) return ['ActionSet without actions'];
  const faults = actions.length > 6 ? ['more than six actions in a set'] : [];
  for (const action of actions) {
    if (!isElement(action) || !ACTIONS.includes(action.type) || !action['title'])
      faults.push('action without type or title');
    else if (action.type === 'Action.Execute' && !action['verb']) faults.push('Action.Execute without verb');
    else if (action.type === 'Action.OpenUrl' && !/^https?:/.test(String(action['url'])))
      faults.push('not a web address');
  }
  return faults;
}

function tableFaults(table: FakeElement): string[] {
  const { columns, rows } = table;
  if (!Array.isArray(columns) || !Array.isArray(rows)) return ['table without columns or rows'];
  const even = rows.every(
    (row) => isElement(row) && Array.isArray(row['cells']) && row['cells'].length === columns.length,
  );
  return even ? [] : ['table rows differ from its columns'];
}

function nonEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

function isElement(value: unknown): value is FakeElement {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
