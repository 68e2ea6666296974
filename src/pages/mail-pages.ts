import express, { type Router } from 'express';
import type { KeptMail, MailFolder } from '../mail/mail-folder.js';
import { isAtHome } from './at-home.js';
import { html, type Html } from './html.js';
import { sendPage } from './page.js';

/**
 * GET /mails: what local mode would have mailed, so that an invitation's link can be followed. The links in them are
 * secrets: only a browser on this computer that asked for this computer sees them, not one that came by a tunnel.
 */
export function mailPages(folder: MailFolder): Router {
  const pages = express.Router();
  pages.get('/mails', async (request, response, next) => {
    if (!isAtHome(request)) return next();
    const mails = await folder.list();
    const body = html`<h1>Mails</h1>
<p class="soft">Nothing leaves this computer: without SMTP_URL, mails are kept here.</p>
${mails.length === 0 ? html`<p>None yet. Try <code>/workspace invite nina@acme.com</code>.</p>` : html`<ul class="list">${mails.map(mailItem)}</ul>`}`;
    return sendPage(response, { title: 'Mails', body });
  });
  return pages;
}

function mailItem(mail: KeptMail): Html {
  const at = mail.at.slice(0, 16).replace('T', ' ');
  return html`<li><p><strong>${mail.subject}</strong><br><span class="soft">To ${mail.to} · ${at} UTC</span></p><pre>${linked(mail.text)}</pre></li>`;
}

/** The text with its addresses as links. */
function linked(text: string): readonly Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((piece, index) => (index % 2 === 1 ? html`<a href="${piece}">${piece}</a>` : html`${piece}`));
}
