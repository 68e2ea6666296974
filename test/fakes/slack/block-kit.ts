import { isThing, type Thing, word } from './json.js';
import type { Block, Json } from './world.js';

const INPUTS = new Set([
  'plain_text_input',
  'users_select',
  'multi_users_select',
  'conversations_select',
  'static_select',
  'external_select',
]);

/** Slack's documented limits, applied as Slack applies them: the faults of these blocks, or none. */
export function faultsOf(blocks: readonly Block[], where: 'message' | 'view'): string[] {
  const faults: string[] = [];
  const most = where === 'message' ? 50 : 100;
  if (blocks.length > most) faults.push(`no more than ${most} items allowed`);
  const ids = blocks.flatMap((block) => (typeof block['block_id'] === 'string' ? [block['block_id']] : []));
  if (new Set(ids).size < ids.length) faults.push('block_id must be unique');
  for (const id of ids) if (id.length > 255) faults.push('block_id is too long');
  for (const [at, block] of blocks.entries()) {
    for (const fault of blockFaults(block, where)) faults.push(`/blocks/${at}: ${fault}`);
  }
  return faults;
}

/** Faults of a whole view besides its blocks. */
export function viewFaults(view: Thing): string[] {
  const faults = faultsOf(blocksOf(view['blocks']), 'view');
  if (view['type'] === 'home') return faults;
  if (view['type'] !== 'modal') return [...faults, 'unknown view type'];
  faults.push(...textFaults(view['title'], 24, 'plain_text', 'title'));
  for (const name of ['submit', 'close'])
    if (view[name] !== undefined) faults.push(...textFaults(view[name], 24, 'plain_text', name));
  if (word(view['private_metadata']).length > 3_000) faults.push('private_metadata is longer than 3000');
  if (word(view['callback_id']).length > 255) faults.push('callback_id is longer than 255');
  const inputs = blocksOf(view['blocks']).some((block) => block.type === 'input');
  if (inputs && view['submit'] === undefined) faults.push('submit is required with inputs');
  return faults;
}

export function blocksOf(value: Json | undefined): Block[] {
  return Array.isArray(value)
    ? value.filter((one): one is Block => isThing(one) && typeof one['type'] === 'string')
    : [];
}

function blockFaults(block: Block, where: 'message' | 'view'): string[] {
  switch (block.type) {
    case 'header':
      return textFaults(block['text'], 150, 'plain_text', 'text');
    case 'divider':
      return [];
    case 'section':
      return sectionFaults(block);
    case 'context':
      return listFaults(block['elements'], 1, 10, (element) => textFaults(element, 3_000, 'any', 'element'));
    case 'image':
      return imageFaults(block);
    case 'actions':
      return actionsFaults(block);
    case 'input':
      return where === 'view' ? inputFaults(block) : ['input is not for messages'];
    default:
      return [`unsupported type ${block.type}`];
  }
}

function sectionFaults(block: Block): string[] {
  const faults: string[] = [];
  if (block['text'] === undefined && block['fields'] === undefined) faults.push('text or fields are required');
  if (block['text'] !== undefined) faults.push(...textFaults(block['text'], 3_000, 'any', 'text'));
  if (block['fields'] !== undefined)
    faults.push(...listFaults(block['fields'], 1, 10, (field) => textFaults(field, 2_000, 'any', 'field')));
  if (block['accessory'] !== undefined) faults.push(...elementFaults(block['accessory']));
  return faults;
}

function imageFaults(block: Block): string[] {
  const faults: string[] = [];
  const [address, says] = [word(block['image_url']), word(block['alt_text'])];
  if (!/^https?:\/\//.test(address) || address.length > 3_000) faults.push('image_url is invalid');
  if (says.length < 1 || says.length > 2_000) faults.push('alt_text is not 1 to 2000 long');
  return faults;
}

function externalFaults(select: Thing): string[] {
  const options = select['options'] === undefined ? [] : ['external_select takes no options'];
  const { initial_option: initial } = select;
  return initial === undefined ? options : [...options, ...optionFaults(initial)];
}

function actionsFaults(block: Block): string[] {
  const elements = Array.isArray(block['elements']) ? block['elements'] : [];
  const ids = elements.filter(isThing).map((element) => element['action_id']);
  const unique = new Set(ids).size === ids.length ? [] : ['action_id must be unique'];
  return [...unique, ...listFaults(block['elements'], 1, 25, elementFaults)];
}

function inputFaults(block: Block): string[] {
  const faults = textFaults(block['label'], 2_000, 'plain_text', 'label');
  if (block['hint'] !== undefined) faults.push(...textFaults(block['hint'], 2_000, 'plain_text', 'hint'));
  const element = block['element'];
  if (!isThing(element) || !INPUTS.has(word(element['type']))) return [...faults, 'unsupported input'];
  return [...faults, ...elementFaults(element)];
}

function elementFaults(element: Json): string[] {
  if (!isThing(element)) return ['no element'];
  if (word(element['action_id']).length > 255) return ['action_id is longer than 255'];
  switch (word(element['type'])) {
    case 'button':
      return buttonFaults(element);
    case 'static_select':
      return selectFaults(element);
    case 'external_select':
      return externalFaults(element);
    case 'users_select':
    case 'multi_users_select':
    case 'conversations_select':
      return element['options'] === undefined ? [] : [`${word(element['type'])} takes no options`];
    case 'plain_text_input':
      return Number(element['max_length'] ?? 3_000) > 3_000 ? ['max_length is above 3000'] : [];
    default:
      return [`unsupported element ${word(element['type'])}`];
  }
}

function buttonFaults(button: Thing): string[] {
  const faults = textFaults(button['text'], 75, 'plain_text', 'button text');
  if (button['value'] !== undefined && word(button['value']).length > 2_000)
    faults.push('button value is longer than 2000');
  if (button['url'] !== undefined && !/^https?:\/\/.{1,2990}$/.test(word(button['url'])))
    faults.push('button url is invalid');
  if (button['style'] !== undefined && !['primary', 'danger'].includes(word(button['style'])))
    faults.push('unknown button style');
  return faults;
}

/** One option of a picker. */
export function optionFaults(option: Json | undefined): string[] {
  if (!isThing(option)) return ['no option'];
  const value = word(option['value']);
  const wrong = value.length < 1 || value.length > 150 ? ['option value is not 1 to 150 long'] : [];
  return [...wrong, ...textFaults(option['text'], 75, 'plain_text', 'option')];
}

function selectFaults(select: Thing): string[] {
  const faults = listFaults(select['options'], 1, 100, optionFaults);
  const options = Array.isArray(select['options']) ? select['options'] : [];
  const initial = select['initial_option'];
  const offered = initial === undefined || options.some((option) => JSON.stringify(option) === JSON.stringify(initial));
  return offered ? faults : [...faults, 'initial_option is none of the options'];
}

function textFaults(text: Json | undefined, max: number, type: 'plain_text' | 'any', what: string): string[] {
  if (!isThing(text)) return [`${what} is missing`];
  const faults: string[] = [];
  const words = text['text'];
  if (text['type'] !== 'plain_text' && (type === 'plain_text' || text['type'] !== 'mrkdwn'))
    faults.push(`${what} is of the wrong type`);
  if (typeof words !== 'string' || words.length < 1) faults.push(`${what} is empty`);
  else if (words.length > max) faults.push(`${what} is longer than ${max}`);
  if (text['type'] === 'mrkdwn' && text['emoji'] !== undefined) faults.push(`${what}: emoji is for plain_text`);
  return faults;
}

function listFaults(list: Json | undefined, least: number, most: number, each: (item: Json) => string[]): string[] {
  if (!Array.isArray(list)) return ['a list is missing'];
  const faults = list.length < least || list.length > most ? [`${least} to ${most} items allowed`] : [];
  return [...faults, ...list.flatMap(each)];
}
