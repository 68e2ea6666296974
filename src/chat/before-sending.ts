const CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a request that failed with this code surely never left: no connection was made, so it may be sent again. */
export function failedBeforeSending(code: string | undefined): boolean {
  return code !== undefined && CODES.has(code);
}
