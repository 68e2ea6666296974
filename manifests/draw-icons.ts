import { mkdirSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

/** Draws the icons of the Teams app: a speech bubble of four tiles, one of them lit. Run once, the PNGs are kept. */

type Colour = readonly [red: number, green: number, blue: number, alpha: number];
type Picture = (x: number, y: number) => Colour;

const NAVY: Colour = [31, 58, 95, 255];
const WHITE: Colour = [255, 255, 255, 255];
const AMBER: Colour = [244, 178, 62, 255];
const CLEAR: Colour = [255, 255, 255, 0];
const SAMPLES = 8;

/** How far a point is from a rounded rectangle: below zero inside. */
function roundedBox(
  x: number,
  y: number,
  box: { left: number; top: number; right: number; bottom: number; radius: number },
): number {
  const dx = Math.abs(x - (box.left + box.right) / 2) - (box.right - box.left) / 2 + box.radius;
  const dy = Math.abs(y - (box.top + box.bottom) / 2) - (box.bottom - box.top) / 2 + box.radius;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - box.radius;
}

/** The bubble on a canvas of 192, with its tail at the lower left. */
function inBubble(x: number, y: number, shrunk = 0): boolean {
  const box = { left: 40, top: 36, right: 152, bottom: 136, radius: 22 };
  const inTail = x >= 60 + shrunk && y >= 100 && y <= 162 - 2.6 * shrunk && x - 60 <= (162 - y) * 0.75 - shrunk * 0.4;
  return roundedBox(x, y, box) <= -shrunk || inTail;
}

/** Which of the four tiles a point is in: 0 to 3, or undefined. */
function tileAt(x: number, y: number, tile: { size: number; gap: number; radius: number }): number | undefined {
  for (let index = 0; index < 4; index++) {
    const left = 96 - tile.size - tile.gap / 2 + (index % 2) * (tile.size + tile.gap);
    const top = 86 - tile.size - tile.gap / 2 + Math.floor(index / 2) * (tile.size + tile.gap);
    const box = { left, top, right: left + tile.size, bottom: top + tile.size, radius: tile.radius };
    if (roundedBox(x, y, box) <= 0) return index;
  }
  return undefined;
}

const colourIcon: Picture = (x, y) => {
  const tile = tileAt(x, y, { size: 28, gap: 12, radius: 7 });
  if (tile !== undefined) return tile === 1 ? AMBER : NAVY;
  return inBubble(x, y) ? WHITE : NAVY;
};

/** White on nothing, as Teams wants it; drawn on 192 and scaled to fill its 32. */
const outlineIcon: Picture = (x, y) => {
  const [u, v] = [96 + (x - 96) * 0.72, 98 + (y - 96) * 0.72];
  if (tileAt(u, v, { size: 22, gap: 14, radius: 5 }) !== undefined) return WHITE;
  return inBubble(u, v) && !inBubble(u, v, 9) ? WHITE : CLEAR;
};

function png(size: number, picture: Picture): Buffer {
  const rows: Buffer[] = [];
  for (let y = 0; y < size; y++) {
    const row = [0];
    for (let x = 0; x < size; x++) row.push(...pixel(x, y, size, picture));
    rows.push(Buffer.from(row));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const body = deflateSync(Buffer.concat(rows), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))]);
}

/** The average over a grid of points within the pixel, weighted by how much they cover. */
function pixel(x: number, y: number, size: number, picture: Picture): number[] {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const u = ((x + ((i % SAMPLES) + 0.5) / SAMPLES) * 192) / size;
    const v = ((y + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) * 192) / size;
    const [red, green, blue, alpha] = picture(u, v);
    for (const [channel, value] of [red * alpha, green * alpha, blue * alpha, alpha].entries()) sum[channel]! += value;
  }
  const alpha = sum[3]!;
  const colour = alpha === 0 ? [255, 255, 255] : sum.slice(0, 3).map((value) => Math.round(value / alpha));
  return [...colour, Math.round(alpha / (SAMPLES * SAMPLES))];
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

const folder = new URL('./teams/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('color.png', folder), png(192, colourIcon));
writeFileSync(new URL('outline.png', folder), png(32, outlineIcon));
