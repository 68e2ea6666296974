import { MOST_FILE_BYTES, type ReadFile } from './port.js';

const TIMEOUT_MS = 10_000;
/** What a platform answers for a file that was deleted, or a link that has run out. */
const GONE = [401, 403, 404, 410];

/** Fetches a file of at most MOST_FILE_BYTES, following no redirect; rejects where the platform fails in another way. */
export async function fetchFile(url: string, headers: Readonly<Record<string, string>> = {}): Promise<ReadFile> {
  const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (GONE.includes(response.status)) return { unread: 'gone' };
  if (!response.ok || !response.body) throw new Error(`a shared file could not be fetched: ${response.status}`);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body) {
    size += piece.byteLength;
    if (size > MOST_FILE_BYTES) return { unread: 'tooLarge' };
    pieces.push(piece);
  }
  return { bytes: Buffer.concat(pieces) };
}
