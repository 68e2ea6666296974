import type { Part } from '../card.js';
import { type About, buttons, press, subtle } from '../parts.js';

/** A change of somebody's place that the reader may take back, by the command that made it. */
export interface UndoOffer {
  command: 'role' | 'licence' | 'suspend' | 'remove';
  id: string;
  until: string;
  zone: string;
}

/** The button that takes a change back, and until when it works. */
export function undoParts(about: About, undo: UndoOffer | undefined): Part[] {
  if (!undo) return [];
  return [
    ...buttons(press('Undo', undo.command, { undo: undo.id }, { workspace: about.id, key: `undo:${undo.id}` })),
    subtle('It can be undone until ', { time: undo.until, show: 'time', zone: undo.zone }, '.'),
  ];
}
