import type { Met } from '../../webhooks/met.js';
import type { Card } from '../card.js';
import { type About, buttons, footOf, press, subtle, text } from '../parts.js';
import { metWords } from './webhook-words.js';

/** To the channel: an endpoint was turned off by itself. It names the host alone, as an address may hold a secret. */
export function webhookOffCard(to: { about: About; host: string; why: 'failing' | 'gone'; met: Met }): Card {
  const { about, host, why, met } = to;
  const cause =
    why === 'gone' ? 'it asked for no more events' : `nothing arrived there for three days (${metWords(met)})`;
  const button = (label: string, act: string) =>
    press(label, 'dev', { what: 'webhook', act }, { workspace: about.id, ...(act === 'test' && { style: 'primary' }) });
  return {
    name: 'webhook-off',
    heading: { text: `${about.name}'s webhook is off: ${cause}.`, mood: 'warning' },
    parts: [
      text(`Events for ${host} wait, for 30 days. Mend it there, test it, and turn it on: then they go.`),
      ...buttons(button('Send a test', 'test'), button('Turn on', 'on'), button('Deliveries', 'log')),
      subtle('Owners and admins do this.'),
    ],
    ...footOf(about),
  };
}
