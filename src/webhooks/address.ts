import { BlockList, isIP } from 'node:net';
import { readUrl } from '../read-url.js';

/** What is wrong with an address that somebody typed. */
export type AddressFault = 'malformed' | 'notHttps' | 'credentials' | 'private';

const LONGEST = 1_000;
const A_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
/** Names that lead nowhere but into a private network. */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)\.?$/i;

/** IANA's special-purpose blocks: none of them is a receiver on the internet. */
const NOT_PUBLIC = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv6');
}
/** What is outside of it is loopback, link-local, mapped, translated, multicast or not given out. */
const GLOBAL_UNICAST = new BlockList();
GLOBAL_UNICAST.addSubnet('2000::', 3, 'ipv6');

/** Whether a numeric address is one of the public internet. */
export function isPublic(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !NOT_PUBLIC.check(address, 'ipv4');
  return version === 6 && GLOBAL_UNICAST.check(address, 'ipv6') && !NOT_PUBLIC.check(address, 'ipv6');
}

/** A host as a URL has it, without the brackets of IPv6. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/**
 * The address as it is kept, or what is wrong with it. What can be told without asking anybody is told here; where the
 * name leads is looked at again before each send.
 */
export function readAddress(typed: string, { allowPrivate }: { allowPrivate: boolean }): URL | AddressFault {
  const whole = A_SCHEME.test(typed) ? typed : `https://${typed}`;
  const url = readUrl(whole);
  if (whole.length > LONGEST || /\s/.test(whole) || !url) return 'malformed';
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) return 'notHttps';
  if (url.username || url.password) return 'credentials';
  url.hash = '';
  return allowPrivate || leadsOutside(bareHost(url)) ? url : 'private';
}

function leadsOutside(host: string): boolean {
  if (isIP(host)) return isPublic(host);
  return host.includes('.') && !PRIVATE_NAME.test(host);
}
