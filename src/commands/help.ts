import { z } from 'zod';
import { helpCard, helpTopicCard } from '../cards/help-card.js';
import { homeCard } from '../cards/home-card.js';
import { meetingsHostedBy } from '../meetings/meetings.js';
import { refuse } from '../refusal.js';
import { countRequestsBy } from '../workspace/requests.js';
import { type Context, personCommand } from './command.js';
import { myInvitations, mySeats, withDaysLeft } from './my-seats.js';
import { commandNamed, nearestCommands } from './parse.js';
import { decidable } from './pick-request.js';

/** How commands are shown; Teams takes the slash too, after the mention. */
const PREFIX = '/workspace';

export const help = personCommand({
  args: z.strictObject({ topic: z.string().max(80).optional() }),
  read: (words) => ({ topic: words.rest() }),
  async run(context, { topic }) {
    const { account, actor, commands } = context;
    if (topic === 'all') return { kind: 'private', card: helpCard(commands, PREFIX) };
    if (topic) {
      const command = commandNamed(topic, commands);
      if (!command) return refuse({ kind: 'unknownCommand', typed: topic, nearest: nearestCommands(topic, commands) });
      return { kind: 'private', card: helpTopicCard(command, PREFIX) };
    }
    const waiting = await decidable(context);
    const seats = await mySeats(context);
    const active = seats.filter((seat) => seat.active);
    const others = seats.filter((seat) => !seat.active);
    const card = homeCard({
      name: actor.name,
      seats: [...(await withDaysLeft(context, active)), ...others],
      invitations: await myInvitations(context),
      requestsForMe: waiting.length,
      myRequests: await countRequestsBy(account.id, actor.id, 'pending'),
      ...(seats.length === 0 && { meetings: await meetingsOf(context) }),
      mayCreate: account.owner === actor.id,
    });
    return { kind: 'private', card };
  },
});

/** How many meetings somebody without a workspace still has. */
async function meetingsOf({ account, actor }: Context): Promise<number> {
  const page = { without: [], offset: 0, limit: 1 };
  return (await meetingsHostedBy({ account: account.id, person: actor.id, ...page })).total;
}
