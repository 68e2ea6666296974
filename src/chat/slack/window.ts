import type { RequestHandler } from 'express';

const WINDOW_SECONDS = 5 * 60;

/** Refuses a request signed for the future, which Bolt would take; what is too old, and what is forged, Bolt refuses. */
export const refuseFuture: RequestHandler = (request, response, next) => {
  const signedAt = Number(request.header('x-slack-request-timestamp'));
  if (Math.floor(Date.now() / 1_000) + WINDOW_SECONDS < signedAt) {
    response.status(401).end();
    return;
  }
  next();
};
