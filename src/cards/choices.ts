import type { Choice } from './card.js';

export function templateChoice({ id, name }: { id: string; name: string }): Choice {
  return { value: id, label: name };
}

/** `Newsletter (1,204)` */
export function listChoice({ id, name, contacts }: { id: string; name: string; contacts: number }): Choice {
  return { value: id, label: `${name} (${contacts.toLocaleString('en-GB')})` };
}

/** `Sales (private)` */
export function roomChoice({ id, name, kind }: { id: string; name: string; kind: 'public' | 'private' }): Choice {
  return { value: id, label: `${name} (${kind})` };
}
