/** What a test or a hook may take that names no limit of its own. */
export const LIMIT_MS = process.env['JEST_SUITE'] === 'browser' ? 180_000 : 20_000;

/** Rejects where the work takes longer; the work itself cannot be stopped. */
export function limited(work, ms = LIMIT_MS) {
  return async (...args) => {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`This took longer than ${ms} ms.`)), ms);
    });
    try {
      return await Promise.race([work(...args), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
