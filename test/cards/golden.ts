import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';

const FOLDER = join(import.meta.dirname, 'golden');
const WIDTH = 240;
const MOST_ITEMS = 20;
const MOST_CHARACTERS = 1_000;

/** The files that are there, as `slack/members`. */
export const goldenFile = (name: string): string => join(FOLDER, `${name}.golden.json`);

/**
 * Expects what was drawn to be what the file says. As with snapshots, a file that is not there is written, and
 * `npm test -- test/cards -u` writes them all anew: read what changed.
 */
export function expectGolden(name: string, drawn: unknown): void {
  const file = goldenFile(name);
  const laidOut = `${layOut(JSON.parse(JSON.stringify(drawn, abridge)))}\n`;
  if (writes(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, laidOut);
  }
  expect(laidOut).toBe(readFileSync(file, 'utf8'));
}

function writes(file: string): boolean {
  const { snapshotState } = expect.getState() as { snapshotState?: { _updateSnapshot: 'all' | 'new' | 'none' } };
  const update = snapshotState?._updateSnapshot;
  return update === 'all' || (update === 'new' && !existsSync(file));
}

/** The hundredth choice and the three thousandth character tell nobody anything. */
function abridge(_key: string, value: unknown): unknown {
  if (typeof value === 'string' && value.length > MOST_CHARACTERS) {
    return `${value.slice(0, 100)} and ${value.length - 100} characters more`;
  }
  if (!Array.isArray(value) || value.length <= MOST_ITEMS) return value;
  return [...value.slice(0, 2), `and ${value.length - 2} more`];
}

/** JSON with as much on a line as is easily read. */
function layOut(value: unknown, indent = ''): string {
  const onOneLine = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + onOneLine.length <= WIDTH) return onOneLine;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((one) => `${inner}${layOut(one, inner)}`)
    : Object.entries(value).map(([key, one]) => `${inner}${JSON.stringify(key)}: ${layOut(one, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}
