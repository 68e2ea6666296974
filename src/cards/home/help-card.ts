import type { Card, Inline } from '../card.js';
import { buttons, press, subtle, text } from '../parts.js';

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
      ...parted(topics).map((some) => text(...some.flatMap((topic, index) => lineOf(topic, prefix, index > 0)))),
      subtle(
        'Add in: and a name to mean another workspace of yours, like balance in:Support. Plain words work too: how much is left.',
      ),
      ...buttons(press('Home', 'help')),
    ],
  };
}

/** A text holds so many lines on every platform. */
const MOST_LINES = 12;

function parted(topics: readonly HelpTopic[]): HelpTopic[][] {
  const parts = Array.from({ length: Math.ceil(topics.length / MOST_LINES) }, (_, part) => part * MOST_LINES);
  return parts.map((start) => topics.slice(start, start + MOST_LINES));
}

function lineOf(topic: HelpTopic, prefix: string, under: boolean): Inline[] {
  return [under ? '\n' : '', { code: `${prefix} ${topic.usage}` }, `  ${topic.summary}`];
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
