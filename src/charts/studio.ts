import type { Chart } from '../cards/card.js';
import { drawPicture } from './draw-picture.js';

/** Drawing takes a whole core for a moment: what people wait for elsewhere goes on beside it. */
const AT_ONCE = 2;
/** Some seconds' work: who would wait for longer asks again. */
const MOST_WAITING = 100;

/** Draws pictures, few at once. Undefined: too many wait already. */
export type Studio = (charts: readonly Chart[]) => Promise<Buffer | undefined>;

export function createStudio(draw: (charts: readonly Chart[]) => Promise<Buffer> = drawPicture): Studio {
  const waiting: (() => void)[] = [];
  let drawing = 0;

  async function turn(): Promise<void> {
    if (drawing < AT_ONCE) drawing++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** The place goes to whoever waits for it. */
  function done(): void {
    const next = waiting.shift();
    if (next) next();
    else drawing--;
  }

  return async (charts) => {
    if (waiting.length >= MOST_WAITING) return undefined;
    await turn();
    try {
      return await draw(charts);
    } finally {
      done();
    }
  };
}
