import type { Request } from 'express';

const HOME_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const HOME_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether a browser on this computer asks for this computer, and did not come by a tunnel or from another site's page. */
export function isAtHome(request: Request): boolean {
  const from = request.get('sec-fetch-site');
  return (
    HOME_ADDRESSES.has(request.socket.remoteAddress ?? '') &&
    HOME_NAMES.has(request.hostname) &&
    (request.method === 'GET' || from === undefined || from === 'same-origin' || from === 'none')
  );
}
