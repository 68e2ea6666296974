import express, { type Router } from 'express';
import type { OneTimeSecrets } from '../usage/secrets.js';
import { html } from './html.js';
import { messagePage, type Page, sendPage } from './page.js';

/** GET /secret/:id asks for a click, POST reveals: a link preview fetches the page and spends nothing. */
export function secretPages(secrets: Pick<OneTimeSecrets, 'secretWaits' | 'revealSecret'>): Router {
  const pages = express.Router();
  pages.get('/secret/:id', async (request, response) => {
    const { id } = request.params;
    sendPage(response, (await secrets.secretWaits(id, new Date())) ? askPage(id) : gonePage());
  });
  pages.post('/secret/:id', async (request, response) => {
    const secret = await secrets.revealSecret(request.params.id, new Date());
    sendPage(response, secret === undefined ? gonePage() : secretPage(secret));
  });
  return pages;
}

function askPage(id: string): Page {
  const body = html`<h1>A secret for you</h1>
<p>It is shown once. Have a safe place for it ready, such as your password manager, before you press the button.</p>
<form method="post" action="/secret/${id}"><button class="full">Show it once</button></form>`;
  return { title: 'A secret for you', body };
}

function secretPage(secret: string): Page {
  const body = html`<h1>Copy it now</h1>
<code class="typed">${secret}</code>
<p class="soft">When you leave this page it is gone for good: we keep no copy that could be read. Lost it? <code>/workspace dev</code> gives you a new one.</p>`;
  return { title: 'Copy it now', body };
}

function gonePage(): Page {
  return messagePage({
    status: 410,
    sign: 'warning',
    title: 'Nothing to show here any more',
    says: [
      html`It was shown already, or its time was up. If it was not you who saw it, <code>/workspace dev</code> takes it out of use and gives you a new one.`,
    ],
  });
}
