import { z } from 'zod';
import type { Chart } from '../cards/card.js';
import type { Encryption } from '../encryption.js';
import { writtenFor } from '../readers-money.js';

/** The longest address of an image that Slack takes. */
const MOST_CHARACTERS = 3_000;
const SEALED_FOR = { tenant: 'every', field: 'picture' };

/** Addresses of charts as pictures. Nothing is kept: an address is what it shows, sealed, so that only ours are drawn. */
export interface Pictures {
  /**
   * Where a client finds the charts as one PNG, with money written as in that locale; undefined where they are more than
   * an address holds.
   */
  addressOf(charts: readonly Chart[], locale?: string): string | undefined;
  /** What is drawn at an address; undefined where it is none of ours. */
  read(sealed: string): Chart[] | undefined;
}

const point = z.tuple([z.string(), z.number(), z.string()]);
const sealedCharts = z.array(
  z.tuple([z.enum(['columns', 'bars']), z.string(), z.array(point), z.tuple([z.number(), z.string()]).nullable()]),
);
type Sealed = z.infer<typeof sealedCharts>;

export function createPictures(encryption: Encryption, publicUrl: string): Pictures {
  return {
    addressOf(charts, locale) {
      const packed = writtenFor(charts.map(pack), locale);
      const sealed = encryption.encrypt(JSON.stringify(packed), SEALED_FOR);
      const address = `${publicUrl}/picture/${sealed}.png`;
      return address.length > MOST_CHARACTERS ? undefined : address;
    },
    read(sealed) {
      const text = unsealed(encryption, sealed);
      return text === undefined ? undefined : sealedCharts.parse(JSON.parse(text)).map(unpack);
    },
  };
}

/** Without what a picture does not show, as an address is short. */
function pack({ kind, title, points, usual }: Chart): Sealed[number] {
  const packed = points.map(({ label, value, shown }): z.infer<typeof point> => [label, value, shown]);
  return [kind, title, packed, usual ? [usual.value, usual.shown] : null];
}

function unpack([kind, title, points, usual]: Sealed[number]): Chart {
  return {
    ...{ kind, title, finding: '' },
    points: points.map(([label, value, shown]) => ({ label, value, shown })),
    ...(usual && { usual: { value: usual[0], shown: usual[1] } }),
  };
}

/** Anybody may ask for any address: one that does not open is nothing, and no fault. */
function unsealed(encryption: Encryption, sealed: string): string | undefined {
  try {
    return encryption.decrypt(sealed, SEALED_FOR);
  } catch {
    return undefined;
  }
}
