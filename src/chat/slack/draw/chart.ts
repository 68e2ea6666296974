import type { KnownBlock } from '@slack/types';
import type { Chart, Part } from '../../../cards/card.js';
import { sparkline } from '../../../cards/sparkline.js';
import { drawBars, fixedWidth } from './columns.js';
import { LIMITS } from './limits.js';
import { type Client, plain, safeUrl } from './text.js';

/** As one picture, whose alternative text says what it shows; in words where there is none. */
export function drawChart({ charts, picture }: Extract<Part, { part: 'chart' }>, client: Client): KnownBlock[] {
  const address = picture === undefined ? undefined : safeUrl(picture);
  if (address === undefined || address.length > LIMITS.url) return charts.flatMap((chart) => inWords(chart, client));
  const says = charts.map(({ finding }) => finding).join(' ');
  return [{ type: 'image', image_url: address, alt_text: plain(says, LIMITS.altText).text }];
}

function inWords({ kind, finding, points }: Chart, client: Client): KnownBlock[] {
  if (kind === 'bars') return drawBars({ part: 'bars', finding, bars: points }, client);
  const line = sparkline(points.map(({ value }) => value));
  return [{ type: 'section', text: plain(finding, LIMITS.sectionText) }, ...fixedWidth([line], client)];
}
