import type { Card } from './card.js';
import { buttons, press, subtle, text } from './parts.js';

/** The part of a command that help shows. */
export interface HelpTopic {
  name: string;
  aliases: readonly string[];
  usage: string;
  summary: string;
}

/** Private: every command on a line. */
export function helpCard(topics: readonly HelpTopic[], prefix: string): Card {
  return {
    name: 'help',
    heading: { text: 'What you can type' },
    parts: [
      {
        part: 'table',
        columns: [{ heading: 'Type' }, { heading: 'What it does' }],
        rows: topics.map((topic) => [`${prefix} ${topic.usage}`, topic.summary]),
      },
      subtle(
        'Add in: and a name to mean another workspace of yours, like balance in:Support. Plain words work too: how much is left.',
      ),
      ...buttons(press('Home', 'help')),
    ],
  };
}

/** Private: one command. */
export function helpTopicCard(topic: HelpTopic, prefix: string): Card {
  return {
    name: 'help-topic',
    heading: { text: topic.name },
    parts: [
      text(topic.summary),
      text({ code: `${prefix} ${topic.usage}` }),
      ...(topic.aliases.length > 0 ? [subtle(`Also: ${topic.aliases.join(', ')}`)] : []),
      ...buttons(
        press(topic.name, topic.name, {}, { style: 'primary' }),
        press('All commands', 'help', { topic: 'all' }),
      ),
    ],
  };
}
