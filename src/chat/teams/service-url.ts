import type { TeamsSettings } from './settings.js';
import { readUrl } from '../../read-url.js';

/** Where Microsoft's connectors for Teams live: the public cloud, and the government ones. */
const TEAMS_HOSTS = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
];

/** Where Teams keeps the files of personal chats: the sender's OneDrive. */
const FILE_HOST = /^[a-z0-9-]+\.sharepoint\.com$/;

const LOOPBACK_HOSTS = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * Whether we may talk to this address. An activity names the address that answers go to, with our token:
 * so it is checked when the activity comes in, and again with every request that goes out.
 */
export function mayCall(address: string, settings: TeamsSettings): boolean {
  const url = readUrl(address);
  if (!url) return false;
  if (url.username !== '' || url.password !== '') return false;
  if (settings.kind === 'playground') return url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname);
  if (settings.cloud) return settings.cloud.serviceUrls.some((allowed) => new URL(allowed).origin === url.origin);
  return url.protocol === 'https:' && url.port === '' && TEAMS_HOSTS.includes(url.hostname);
}

/** Whether we fetch a shared file from this address: the activity that names it is signed, and it still is only Microsoft's. */
export function mayFetchFile(address: string, settings: TeamsSettings): boolean {
  if (settings.kind === 'playground' || settings.cloud) return mayCall(address, settings);
  const url = readUrl(address);
  if (!url) return false;
  const { protocol, hostname, port, username, password } = url;
  return protocol === 'https:' && port === '' && FILE_HOST.test(hostname) && username === '' && password === '';
}
