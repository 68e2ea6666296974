import { isThing, thingOf, word } from '../fakes/slack/json.js';
import type { Block, Json } from '../fakes/slack/world.js';

/** A message or modal as a person sees it in Slack. */
export interface Seen {
  /** Where it stands: the message's channel; of a modal nothing. */
  channel: string;
  ts: string;
  /** The one person who sees it; absent for what a channel sees. */
  to?: string;
  /** The heading and texts, a line each; buttons as `[Approve] [Deny]`. */
  lines: readonly string[];
  buttons: readonly SeenButton[];
  /** Names of the inputs. */
  inputs: readonly string[];
  /** Of a modal its blocks as they came. */
  form?: readonly Block[];
}

export interface SeenButton {
  label: string;
  actionId: string;
  value?: string;
  url?: string;
}

/** What blocks say, in reading order. */
export function linesOf(blocks: readonly Json[]): string[] {
  return blocks.flatMap((block) => {
    if (!isThing(block)) return [];
    if (block['type'] === 'actions') {
      return [
        buttonsOf([block])
          .map(({ label }) => `[${label}]`)
          .join(' '),
      ];
    }
    if (block['type'] === 'image') return [`(picture: ${word(block['alt_text'])})`];
    const beside = buttonsOf([block]).map(({ label }) => ` [${label}]`);
    return textsIn({ ...block, accessory: null }).map((text, index) => text + (index === 0 ? beside.join('') : ''));
  });
}

export function buttonsOf(value: Json): SeenButton[] {
  if (Array.isArray(value)) return value.flatMap(buttonsOf);
  if (!isThing(value)) return [];
  if (value['type'] !== 'button') return Object.values(value).flatMap(buttonsOf);
  return [
    {
      label: word(thingOf(value['text'])['text']),
      actionId: word(value['action_id']),
      ...(typeof value['value'] === 'string' && { value: value['value'] }),
      ...(typeof value['url'] === 'string' && { url: value['url'] }),
    },
  ];
}

export function inputsOf(blocks: readonly Json[]): string[] {
  return blocks.flatMap((block) => (isThing(block) && block['type'] === 'input' ? [word(block['block_id'])] : []));
}

function textsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isThing(value)) return [];
  if ((value['type'] === 'plain_text' || value['type'] === 'mrkdwn') && typeof value['text'] === 'string') {
    return [unescape(value['text'])];
  }
  return Object.values(value).flatMap(textsIn);
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
