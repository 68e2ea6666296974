import type { Json } from './world.js';

export type Thing = { [key: string]: Json };

export function isThing(value: Json | undefined): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function thingOf(value: Json | undefined): Thing {
  return isThing(value) ? value : {};
}

/** A value as text: strings as they are, nothing as nothing. */
export function word(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
