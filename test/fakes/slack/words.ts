import { isThing, word } from './json.js';
import type { Json, Shown } from './world.js';

export interface FakeButton {
  label: string;
  action_id: string;
  value?: string;
  url?: string;
}

/** Everything that a person can read of it, one line per text, in order. */
export function words(shown: Pick<Shown, 'blocks' | 'text'>): string {
  return shown.blocks.length > 0 ? shown.blocks.flatMap(texts).join('\n') : shown.text;
}

export function buttons(shown: Pick<Shown, 'blocks'>): FakeButton[] {
  return shown.blocks.flatMap(buttonsIn);
}

function texts(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (!isThing(value)) return [];
  if ((value['type'] === 'plain_text' || value['type'] === 'mrkdwn') && typeof value['text'] === 'string')
    return [value['text']];
  return Object.values(value).flatMap(texts);
}

function buttonsIn(value: Json): FakeButton[] {
  if (Array.isArray(value)) return value.flatMap(buttonsIn);
  if (!isThing(value)) return [];
  if (value['type'] !== 'button') return Object.values(value).flatMap(buttonsIn);
  const label = isThing(value['text']) ? word(value['text']['text']) : '';
  return [
    {
      label,
      action_id: word(value['action_id']),
      ...(typeof value['value'] === 'string' ? { value: value['value'] } : {}),
      ...(typeof value['url'] === 'string' ? { url: value['url'] } : {}),
    },
  ];
}
