import express, { type Router } from 'express';
import type { Pictures } from '../charts/pictures.js';
import { createStudio, type Studio } from '../charts/studio.js';

const A_YEAR_SECONDS = 31_536_000;
const RETRY_AFTER_SECONDS = 10;

/**
 * GET /picture/:sealed.png: charts as a chat client shows them. It knows nobody and reads nothing: whoever has the
 * address has been shown what it holds. It never changes, and pages of others, such as a chat client's, may show it.
 */
export function picturePages(pictures: Pick<Pictures, 'read'>, studio: Studio = createStudio()): Router {
  const pages = express.Router();
  pages.get('/picture/:sealed.png', async (request, response) => {
    const charts = pictures.read(request.params.sealed);
    if (!charts) return void response.status(404).type('text').send('There is no picture at this address.\n');
    const png = await studio(charts);
    if (!png) return void response.status(503).set('Retry-After', String(RETRY_AFTER_SECONDS)).end();
    response
      .set({
        'Cache-Control': `public, max-age=${A_YEAR_SECONDS}, immutable`,
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'X-Robots-Tag': 'noindex, nofollow, noimageindex',
      })
      .type('png')
      .send(png);
  });
  return pages;
}
