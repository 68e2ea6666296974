import type { Identity } from '../../../workspace/identity.js';
import type { Client, MentionEntity } from './element.js';
import { escapeMarkdown, tame } from './escape.js';

/** Collects whom a card pings, as Teams wants them listed beside the text. */
export interface Mentions {
  /** What to write into the text; a person of another platform is only named. */
  add(person: Identity, name: string): string;
  entities(): readonly MentionEntity[];
}

export function createMentions(client: Client): Mentions {
  const byUser = new Map<string, MentionEntity>();
  return {
    add(person, name) {
      if (person.platform !== 'teams' || client === 'playground') return escapeMarkdown(name);
      const shown =
        tame(name)
          .replaceAll(/[<>&*_`~[\]\\]/g, '')
          .trim() || 'someone';
      const known = byUser.get(person.user);
      if (known) return known.text;
      const taken = new Set([...byUser.values()].map((entity) => entity.text));
      let text = `<at>${shown}</at>`;
      while (taken.has(text)) text = text.replace('</at>', '\u200b</at>');
      byUser.set(person.user, { type: 'mention', text, mentioned: { id: person.user, name: shown } });
      return text;
    },
    entities: () => [...byUser.values()],
  };
}
