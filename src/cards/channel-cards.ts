import type { Card } from './card.js';
import { type About, buttons, footOf, press, subtle, text } from './parts.js';

type Purposes = readonly ('alerts' | 'approvals')[];

/** Posted openly where it now happens: who set it is always said. */
export function channelBoundCard(to: { about: About; purposes: Purposes; by: string }): Card {
  return {
    name: 'channel-bound',
    parts: [text(`${to.about.name}'s ${comesHere(to.purposes)} here. Set by ${to.by}.`)],
    ...footOf(to.about),
  };
}

/** Posted openly where it no longer happens. */
export function channelUnboundCard(to: { about: About; by: string }): Card {
  return {
    name: 'channel-unbound',
    parts: [text(`${to.about.name}'s notices no longer come here. Set by ${to.by}.`)],
    ...footOf(to.about),
  };
}

/** Private: to whoever unbound a channel from elsewhere. */
export function channelUnboundElsewhereCard(to: { about: About; channelName: string }): Card {
  return {
    name: 'channel-unbound-elsewhere',
    parts: [text(`${to.about.name}'s notices no longer go to #${to.channelName}, and I told the channel.`)],
    ...footOf(to.about),
  };
}

/** Private: where a workspace's notices go. */
export function channelsCard(to: {
  about: About;
  bindings: readonly { channelName: string; where: string; purposes: Purposes }[];
}): Card {
  return {
    name: 'channels',
    parts:
      to.bindings.length === 0
        ? [
            text(`No channel gets ${to.about.name}'s notices yet, so they go privately to those who can act.`),
            subtle('Type ', { code: '/workspace channel bind' }, ' in the channel that should have them.'),
          ]
        : to.bindings.map((binding) =>
            text({ strong: `#${binding.channelName}` }, ` in ${binding.where}: ${binding.purposes.join(' and ')}`),
          ),
    ...footOf(to.about),
  };
}

/** Under a notice that went to people because no channel is chosen. */
export function chooseChannelParts(about: About) {
  return buttons(press('Choose a channel', 'channel', {}, { workspace: about.id }));
}

function comesHere(purposes: Purposes): string {
  if (purposes.length === 2) return 'alerts and requests come';
  return purposes[0] === 'alerts' ? 'alerts come' : 'requests come';
}
