import { quoted } from '../parts.js';
import type { Of, Words } from './refusal-words.js';

/** What an address for webhooks must be. */
export function webhookWords({ typed, why }: Of<'webhookAddress'>): Words {
  switch (why) {
    case 'malformed':
      return {
        said: [`I can't read ${quoted(typed)} as an address.`],
        next: ['It goes like this: ', { code: 'https://hooks.example.com/workspaces' }],
      };
    case 'notHttps':
      return { said: ['Events go out encrypted only.'], next: ['Please give an address that begins with https://.'] };
    case 'credentials':
      return {
        said: ['An address may hold no name and password.'],
        next: ['Leave them out: every event is signed, which tells your server that it comes from here.'],
      };
    case 'private':
      return {
        said: [`${quoted(typed)} leads into a private network, where I send nothing.`],
        next: ['Please give an address that the internet reaches.'],
      };
  }
}
