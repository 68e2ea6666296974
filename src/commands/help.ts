import { z } from 'zod';
import { helpCard, helpTopicCard } from '../cards/home/help-card.js';
import { refuse } from '../refusal.js';
import { personCommand } from './command.js';
import { homeFor } from './home.js';
import { commandNamed, nearestCommands } from './parse.js';

/** How commands are shown; Teams takes the slash too, after the mention. */
const PREFIX = '/workspace';

export const help = personCommand({
  args: z.strictObject({ topic: z.string().max(80).optional() }),
  read: (words) => ({ topic: words.rest() }),
  async run(context, { topic }) {
    const { commands } = context;
    if (topic === 'all') return { kind: 'private', card: helpCard(commands, PREFIX) };
    if (topic) {
      const command = commandNamed(topic, commands);
      if (!command) return refuse({ kind: 'unknownCommand', typed: topic, nearest: nearestCommands(topic, commands) });
      return { kind: 'private', card: helpTopicCard(command, PREFIX) };
    }
    return { kind: 'private', card: await homeFor(context) };
  },
});
