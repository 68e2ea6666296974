import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Response, type Router } from 'express';
import type { Log } from '../log.js';
import { type DownloadFile, downloadFile } from '../usage/download-files.js';
import { downloadWaits, openDownload } from '../usage/downloads.js';
import { html } from './html.js';
import { messagePage, type Page, sendPage } from './page.js';

/**
 * GET /download/:token asks for a click and says nothing of the file; POST sends it, after another look at the rights
 * of whose link it is. So a link preview, or a mail scanner, fetches a page without a name in it.
 */
export function downloadPages(deps: { ledger: Parameters<typeof downloadFile>[0]; log: Pick<Log, 'error'> }): Router {
  const pages = express.Router();
  pages.get('/download/:token', async (request, response) => {
    const { token } = request.params;
    sendPage(response, (await downloadWaits(token, new Date())) ? askPage(token) : gonePage());
  });
  pages.post('/download/:token', async (request, response) => {
    const at = new Date();
    const download = await openDownload(request.params.token, at);
    const file = download && (await downloadFile(deps.ledger, download, at));
    if (!file) return sendPage(response, gonePage());
    return sendFile(response, file, deps.log);
  });
  return pages;
}

/** What breaks on the way cuts the file off, so that nobody takes a part of it for the whole. */
async function sendFile(
  response: Response,
  { name, type, body }: DownloadFile,
  log: Pick<Log, 'error'>,
): Promise<void> {
  response.attachment(name).set({
    'Content-Type': type,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'",
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex, nofollow',
  });
  try {
    await pipeline(Readable.from(body), response);
  } catch (error) {
    const left = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!left) log.error({ err: error, file: name }, 'a download broke off');
  }
}

function askPage(token: string): Page {
  const body = html`<h1>Your file is ready</h1>
<p>The link is yours alone and works for 15 minutes.</p>
<form method="post" action="/download/${token}"><button class="full">Download</button></form>`;
  return { title: 'Your file is ready', body };
}

function gonePage(): Page {
  return messagePage({
    status: 410,
    sign: 'warning',
    title: 'This link is used up',
    says: [
      html`A download link works for 15 minutes, and only for the person who asked for it. Ask for a new one in the chat, such as with <code>/workspace receipts</code> or <code>/workspace history</code>.`,
    ],
  });
}
