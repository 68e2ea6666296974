import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { Html, html } from './html.js';
import { STYLE } from './style.js';

export interface Page {
  status?: number;
  title: string;
  body: Html;
  /** Room for two columns. */
  wide?: boolean;
  /** Loads again after so many seconds: for a state that is about to change. */
  refreshSeconds?: number;
}

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Sends a page that runs no script, loads nothing, is never framed, cached or indexed, and tells no other site its address. */
export function sendPage(response: Response, page: Page): void {
  response
    .status(page.status ?? 200)
    .set({
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex, nofollow',
      ...(page.refreshSeconds ? { Refresh: String(page.refreshSeconds) } : {}),
    })
    .type('html')
    .send(layout(page).markup);
}

const MARK = html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="2" y="2" width="9" height="9" rx="2.5" fill="currentColor"/><rect x="13" y="2" width="9" height="9" rx="4.5" fill="currentColor" opacity=".55"/><rect x="2" y="13" width="9" height="9" rx="4.5" fill="currentColor" opacity=".55"/><rect x="13" y="13" width="9" height="9" rx="2.5" fill="currentColor" opacity=".8"/></svg>`;

function layout({ title, body, wide }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${Html.own(STYLE)}</style>
</head>
<body>
<div class="brand">${MARK} Workspaces</div>
<main class="${wide ? 'wide' : ''}">
${body}
</main>
</body>
</html>
`;
}

export type Sign = 'good' | 'info' | 'warning' | 'bad';
const SIGNS: Readonly<Record<Sign, string>> = { good: '✓', info: '…', warning: '!', bad: '×' };

/** A page that says one thing: what happened, what it means, what to do next. */
export function messagePage(of: {
  status?: number;
  sign: Sign;
  title: string;
  says: readonly Html[];
  refreshSeconds?: number;
}): Page {
  const { sign, title, says, ...rest } = of;
  const body = html`<div class="sign ${sign}" aria-hidden="true">${SIGNS[sign]}</div><h1>${title}</h1>${says.map((line) => html`<p>${line}</p>`)}`;
  return { ...rest, title, body };
}
