import type { RequestHandler } from 'express';
import { html } from './html.js';
import { messagePage, sendPage } from './page.js';

/** The last route: a browser that asks for an address we do not have gets a page; everybody else what the server says. */
export const notFoundPage: RequestHandler = (request, response, next) => {
  if (request.method !== 'GET' || request.accepts('json', 'html') !== 'html') {
    next();
    return;
  }
  sendPage(
    response,
    messagePage({
      status: 404,
      sign: 'warning',
      title: 'There is nothing here',
      says: [
        html`The address may be cut off or out of date. In the chat, <code>/workspace</code> shows where everything is.`,
      ],
    }),
  );
};
