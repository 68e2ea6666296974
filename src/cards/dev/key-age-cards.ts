import type { Card } from '../card.js';
import { type About, buttons, footOf, press, text } from '../parts.js';
import { timeWords } from '../plain-text.js';

interface OldKey {
  about: About;
  key: { id: string; name: string; rotations: number };
  /** The workspace's policy. */
  maxAgeDays: number;
}

/** To the workspace, a week before a key's secret is as old as the policy lets it be. */
export function keyAgeingCard({
  about,
  key,
  maxAgeDays,
  endsAt,
  zone,
}: OldKey & { endsAt: string; zone: string }): Card {
  const { id, name, rotations } = key;
  const renew = press(
    'New secret',
    'dev',
    { what: 'rotate', key: id, rotations },
    { workspace: about.id, style: 'primary' },
  );
  return {
    name: 'key-ageing',
    heading: { text: `The API key ${name} stops on ${timeWords(endsAt, 'date', zone)}`, mood: 'warning' },
    parts: [
      text(`In ${about.name} a key works for ${maxAgeDays} days. With a new secret it works as long again.`),
      ...buttons(renew, press('All keys', 'dev', { what: 'list' }, { workspace: about.id })),
    ],
    ...footOf(about),
  };
}

/** To the workspace, when a key was ended because of its age. */
export function keyOutlivedCard({ about, key, maxAgeDays }: OldKey): Card {
  const create = press('Create a key', 'dev', { what: 'create' }, { workspace: about.id, style: 'primary' });
  return {
    name: 'key-outlived',
    heading: { text: `The API key ${key.name} has stopped`, mood: 'bad' },
    parts: [
      text(`Its secret was older than the ${maxAgeDays} days of ${about.name}'s policy. What used it is refused now.`),
      ...buttons(create, press('All keys', 'dev', { what: 'list' }, { workspace: about.id })),
    ],
    ...footOf(about),
  };
}
