/** What usage is counted as, and a price is set for: `sms`. */
export const ITEM = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
