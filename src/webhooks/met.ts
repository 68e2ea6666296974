/**
 * Why there was no answer. privateAddress: the host is not on the public internet. certificate: its TLS certificate is
 * not to be trusted. tooSlow: it took longer than it may.
 */
export const UNREACHED = ['noSuchHost', 'privateAddress', 'certificate', 'refused', 'broken', 'tooSlow'] as const;

export type Unreached = (typeof UNREACHED)[number];

/** What a try met: an HTTP status, or why there was none. */
export type Met = { status: number } | { why: Unreached };

/** 2xx, and nothing else: redirects are not followed. */
export function arrived(met: Met): boolean {
  return 'status' in met && met.status >= 200 && met.status < 300;
}

/** The receiver asks for no more. */
export function isGone(met: Met): boolean {
  return 'status' in met && met.status === 410;
}
