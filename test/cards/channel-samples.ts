import { channelBoundElsewhereCard } from '../../src/cards/channels/choose-channel.js';
import { channelAddedCard } from '../../src/cards/channels/channel-added-card.js';
import { lostChannelCard } from '../../src/cards/channels/lost-channel-card.js';
import type { Card } from '../../src/cards/card.js';
import {
  channelBoundCard,
  channelUnboundCard,
  channelUnboundElsewhereCard,
  roomLeftCard,
} from '../../src/cards/channels/channel-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };

/** Where notices of a workspace come. */
export const CHANNEL_SAMPLES: readonly Card[] = [
  channelBoundCard({ about, purposes: ['alerts', 'approvals'], by: 'Olivia' }),
  channelBoundCard({ about, purposes: ['approvals'], by: 'Olivia' }),
  channelUnboundCard({ about, by: 'Olivia' }),
  channelUnboundElsewhereCard({ about, channelName: 'marketing' }),
  channelBoundElsewhereCard({ about, channelName: 'marketing', purposes: ['alerts', 'approvals'] }),
  channelAddedCard(),
  roomLeftCard({ about, room: 'Deal room' }),
  lostChannelCard({ about, channelName: 'marketing', gone: true, undelivered: 'Adam said yes.' }),
  lostChannelCard({ about, channelName: 'marketing', gone: false, undelivered: 'Adam said yes.' }),
];
