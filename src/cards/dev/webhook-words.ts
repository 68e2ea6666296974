import type { Met, Unreached } from '../../webhooks/met.js';

const WHY: Readonly<Record<Unreached, string>> = {
  noSuchHost: 'its name leads nowhere',
  privateAddress: 'its name leads into a private network, where I send nothing',
  certificate: 'its certificate is not to be trusted',
  refused: 'it took no connection',
  broken: 'the connection broke',
  tooSlow: 'it took too long',
};

/** After the endpoint's name and a colon: `it answered 500`. */
export function metWords(met: Met): string {
  return 'status' in met ? `it answered ${met.status}` : WHY[met.why];
}

/** What to look at, by what was met. */
export function mendWords(met: Met): string {
  if ('why' in met) {
    return met.why === 'tooSlow'
      ? 'Answer first and work afterwards: I wait 10 seconds, and 5 in a test.'
      : 'Check that the address is right and that the server runs.';
  }
  if (met.status === 401 || met.status === 403) return 'Check that it knows the signing secret and lets us in.';
  if (met.status === 404 || met.status === 405) return 'Check the address: nothing takes events there.';
  if (met.status >= 300 && met.status < 400) return 'Redirects are not followed: give the address that it leads to.';
  return "Look into the server's log. Anything from 200 to 299 counts as arrived.";
}
