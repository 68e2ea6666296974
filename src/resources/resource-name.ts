import { refuse } from '../refusal.js';
import { fold } from '../workspace/fold.js';

const LONGEST = 60;

/** A resource's name as it is kept, and as it is compared. @throws Refusal badArgument */
export function resourceName(typed: string): { name: string; foldedName: string } {
  const name = typed
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  const foldedName = fold(name);
  if (foldedName === '' || [...name].length > LONGEST) {
    refuse({ kind: 'badArgument', argument: 'name', typed, expected: `a name of 1 to ${LONGEST} characters` });
  }
  return { name, foldedName };
}
