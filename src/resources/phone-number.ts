import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A number as it is dialled from anywhere: `+447911123456`; or why it is none. */
export type ReadPhone = { phone: string } | { why: 'notAPhone' | 'needsCountry' };

/** Reads a number as people write it; one without `+` needs the two letters of its country. */
export function readPhone(typed: string, country?: string): ReadPhone {
  const region = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(typed, { ...(region && { defaultCountry: region }), extract: false });
  if (parsed?.isValid() && !parsed.ext) return { phone: parsed.number };
  const national = /^[\d\s().\-/]{5,}$/.test(typed);
  return { why: national && !region ? 'needsCountry' : 'notAPhone' };
}

/** The two letters of a country whose numbers can be read, in upper case; undefined for anything else. */
export function readCountry(typed: string): string | undefined {
  const letters = typed.trim().toUpperCase();
  return isSupportedCountry(letters) ? letters : undefined;
}
