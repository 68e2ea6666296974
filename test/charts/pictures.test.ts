import { describe, expect, test } from '@jest/globals';
import type { Chart } from '../../src/cards/card.js';
import { BACKGROUNDS, COLOURS } from '../../src/charts/colours.js';
import { drawPicture } from '../../src/charts/draw-picture.js';
import { createPictures } from '../../src/charts/pictures.js';
import { createStudio } from '../../src/charts/studio.js';
import { createEncryption } from '../../src/encryption.js';
import { picturePages } from '../../src/pages/picture-pages.js';
import { useProduct } from '../payments/harness.js';

const keyOf = (byte: number) => createEncryption([{ id: `k${byte}`, key: Buffer.alloc(32, byte) }]);
const pictures = createPictures(keyOf(1), 'https://bot.test');
const product = useProduct((app) => app.use(picturePages(pictures)));

const points = (count: number, label = '') =>
  Array.from({ length: count }, (_, day) => ({ label: `${label}${day + 1}`, value: day * 120, shown: `£${day}.20` }));
const MONTH: Chart = {
  kind: 'columns',
  title: 'Spent in November',
  finding: 'Most on the 31st.',
  points: points(31),
  usual: { value: 700, shown: '£7.00 on a usual day' },
};
const ITEMS: Chart = {
  kind: 'bars',
  title: 'What it went to',
  finding: 'All to 催促 SMS.',
  points: points(5, '催促 '),
};

/** Width and height, as a PNG's first chunk has them. */
function sizeOf(png: Buffer): { width: number; height: number } {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

const pathOf = (address = '') => address.replace('https://bot.test', '');

describe('a picture', () => {
  test('has its charts under each other, at two pixels to a point', async () => {
    const alone = sizeOf(await drawPicture([MONTH]));
    const both = sizeOf(await drawPicture([MONTH, ITEMS]));
    expect(both.width).toBe(1_120);
    expect(both.height).toBeGreaterThan(alone.height + 5 * 60);
  });

  test.each([
    ['a single day', [{ ...MONTH, points: points(1) }]],
    ['days on which nothing was spent', [{ ...MONTH, points: points(30).map((one) => ({ ...one, value: 0 })) }]],
    ['names that the typeface lacks', [ITEMS]],
  ])('is drawn of %s', async (_of, charts) => {
    expect(sizeOf(await drawPicture(charts)).height).toBeGreaterThan(100);
  });

  test.each(Object.entries(COLOURS))('stands out from light and dark with its colour for %s', (use, colour) => {
    for (const background of Object.values(BACKGROUNDS)) {
      expect(contrast(colour, background)).toBeGreaterThan(use === 'words' ? 4 : 3);
    }
  });
});

describe('the address of a picture', () => {
  test('is the picture: nothing is stored, and whoever draws it needs no database', async () => {
    const address = pictures.addressOf([MONTH, ITEMS])!;
    expect(address.length).toBeLessThan(3_000);
    expect(address).not.toContain('November');
    const response = await fetch(product() + pathOf(address));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(sizeOf(Buffer.from(await response.arrayBuffer())).width).toBe(1_120);
  });

  test('opens nothing where somebody else made it or changed it', async () => {
    const path = pathOf(pictures.addressOf([MONTH]));
    const foreign = pathOf(createPictures(keyOf(2), 'https://bot.test').addressOf([MONTH]));
    const changed = path.replace(/.(?=.{20}\.png$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    const otherUse = `/picture/${keyOf(1).encrypt('[]', { tenant: 'slack:T02', field: 'token' })}.png`;
    for (const one of [foreign, changed, otherUse, '/picture/nonsense.png', '/picture/%E0%A4%A.png']) {
      expect((await fetch(product() + one)).status).toBeGreaterThanOrEqual(400);
      expect((await fetch(product() + one)).status).toBeLessThan(500);
    }
  });

  test('is none where the charts are more than it holds', () => {
    expect(pictures.addressOf([{ ...ITEMS, points: points(40, 'a name that goes on and on and on and on ') }])).toBe(
      undefined,
    );
  });
});

test('few are drawn at once, in turn; who comes when too many wait is asked to come again', async () => {
  let most = 0;
  let drawing = 0;
  const open: (() => void)[] = [];
  const studio = createStudio(async () => {
    most = Math.max(most, ++drawing);
    await new Promise<void>((resolve) => open.push(resolve));
    drawing--;
    return Buffer.of();
  });
  const asked = Array.from({ length: 102 }, () => studio([MONTH]));
  expect(await studio([MONTH])).toBe(undefined);
  for (let drawn = 0; drawn < 102; drawn++) {
    while (open.length === 0) await Promise.resolve();
    open.shift()!();
  }
  expect(await Promise.all(asked)).toHaveLength(102);
  expect(most).toBe(2);
});

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** As WCAG 2 has it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
