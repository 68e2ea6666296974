import type { Bucket, Sums } from './derived.js';
import type { Contra, EntryKind, Minor } from './entry.js';
import type { Line } from './line.js';

const HOUR_MS = 3_600_000;

export const startOf = (unit: 'day' | 'hour', at: Date): Date => {
  const ms = unit === 'day' ? 24 * HOUR_MS : HOUR_MS;
  return new Date(Math.floor(at.getTime() / ms) * ms);
};

/** A label as a field name: without dots and dollars, which mean something there. */
export const encodeLabel = (label: string): string => encodeURIComponent(label).replaceAll('.', '%2E');
export const decodeLabel = (field: string): string => decodeURIComponent(field);

export function noSums(): Sums {
  return { inMinor: 0, outMinor: 0, byKind: {}, byResource: {}, byPerson: {}, byItem: {} };
}

/** What is alike in the lines that one amount sums up. */
export interface Alike {
  kind: EntryKind;
  contra: Contra;
  resource?: string;
  person?: string;
  item?: string;
}

/** Adds an amount (signed, as entries are) to sums. */
export function addTo(sums: Sums, of: Alike, amountMinor: Minor): void {
  if (amountMinor > 0) sums.inMinor += amountMinor;
  else sums.outMinor -= amountMinor;
  if (of.contra !== 'none') add(sums.byKind, of.kind, amountMinor);
  if (of.contra !== 'revenue') return;
  add(sums.byResource, of.resource, -amountMinor);
  add(sums.byPerson, of.person, -amountMinor);
  add(sums.byItem, of.item, -amountMinor);
}

function add(to: Record<string, Minor>, label: string | undefined, amountMinor: Minor): void {
  if (label === undefined) return;
  const field = encodeLabel(label);
  to[field] = (to[field] ?? 0) + amountMinor;
}

export function addSums(to: Sums, from: Sums): void {
  to.inMinor += from.inMinor;
  to.outMinor += from.outMinor;
  for (const map of ['byKind', 'byResource', 'byPerson', 'byItem'] as const) {
    for (const [field, amountMinor] of Object.entries(from[map] ?? {})) {
      to[map][field] = (to[map][field] ?? 0) + amountMinor;
    }
  }
}

export type Part = Omit<Bucket, '_id' | 'w'>;

/** Lines of one wallet, in order, as what they add to its days and hours. */
export function partsOf(lines: readonly Line[]): Part[] {
  const parts = new Map<string, Part>();
  for (const line of lines) {
    for (const u of ['day', 'hour'] as const) {
      const t = startOf(u, line.at);
      const key = `${u} ${t.getTime()}`;
      const part = parts.get(key) ?? { u, t, firstAt: line.at, lastAt: line.at, lastS: line.s, ...noSums() };
      parts.set(key, part);
      part.lastAt = line.at;
      part.lastS = line.s;
      addTo(part, line, line.amountMinor);
    }
  }
  return [...parts.values()];
}
