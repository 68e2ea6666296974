import type { Card } from '../card.js';

/** Posted where the bot was just added: what it is for here, and the first thing to type. */
export function channelAddedCard(): Card {
  return {
    name: 'channel-added',
    parts: [
      { part: 'text', text: ["Hello! I can bring a workspace's alerts, requests and summaries here."] },
      {
        part: 'text',
        text: ['An owner or admin types ', { code: '@Workspace channel bind' }, ' to choose this channel.'],
        subtle: true,
      },
    ],
  };
}
