import type { Card } from '../../src/cards/card.js';
import { channelSettingsCard } from '../../src/cards/channels/channel-cards.js';
import { channelGoneCard, channelRemovedCard } from '../../src/cards/channels/lost-channel-card.js';
import { meetingAccessCard, meetingOpenedCard } from '../../src/cards/meetings/meeting-access-cards.js';
import {
  meetingCard,
  meetingDeleteCard,
  meetingDeletedCard,
  meetingsCard,
  myMeetingsCard,
} from '../../src/cards/meetings/meeting-cards.js';
import {
  meetingEndedCard,
  meetingGrantedCard,
  meetingRecordedCard,
  meetingSharedCard,
  meetingSharedPrivatelyCard,
} from '../../src/cards/meetings/meeting-notice-cards.js';
import { addedToRoomCard, channelsCard, roomCard, roomPeopleCard } from '../../src/cards/channels/room-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';
const sales = { id: 'ch_1', name: 'Sales', kind: 'public', reads: true, archived: false } as const;
const deals = { id: 'ch_2', name: 'Deal room', kind: 'private', reads: false, archived: false } as const;
const binding = {
  id: 'b_1',
  channelName: 'marketing',
  where: 'Slack',
  purposes: ['alerts', 'approvals'],
} as const;
const page = { total: 2, offset: 0, pageSize: 10, archived: false };

const news = { about, meeting: 'mt_1', title: 'Pricing talk', startsAt: '2026-11-16T14:00:00.000Z', zone };
const meeting = {
  id: 'mt_1',
  title: 'Pricing talk',
  startsAt: '2026-11-16T14:00:00.000Z',
  endsAt: '2026-11-16T14:45:00.000Z',
  zone,
  host: 'Mia',
  collaborators: ['Adam'],
  readBy: ['Sales'],
  highlights: ['Prices go up by 5 %', 'From March on'],
  notes: 'Olivia tells the partners.',
  link: 'https://recorder.example/m/42',
};
const line = { id: 'mt_1', title: 'Pricing talk', startsAt: '2026-11-16T14:00:00.000Z', zone, by: 'Mia' };

/** One of every card about channels of our own and about meetings. */
export const ROOM_SAMPLES: readonly Card[] = [
  channelsCard({ about, bindings: [], rooms: [], ...page, total: 0 }),
  channelsCard({
    about,
    bindings: [
      binding,
      {
        ...binding,
        id: 'b_2',
        channelName: 'sales',
        where: 'Teams',
        purposes: ['meetings'],
        room: 'Sales',
        lost: true,
      },
    ],
    rooms: [sales, deals],
    ...page,
  }),
  channelSettingsCard({ about, binding }),
  channelSettingsCard({ about, binding: { ...binding, lost: true } }),
  channelGoneCard({ about, channelName: 'marketing' }),
  channelRemovedCard({ about, channelName: 'marketing', platform: 'slack', binding: 'b_1' }),
  roomCard({
    about,
    room: sales,
    people: 12,
    managers: ['Mia', 'Olivia'],
    goesTo: ['#sales in Slack'],
    meetings: 3,
    rights: { inside: false, manages: true },
  }),
  roomPeopleCard({
    about,
    room: deals,
    people: [
      { person: 'p_1', name: 'Mia', manager: true, me: false },
      { person: 'p_2', name: 'Max', manager: false, me: false },
    ],
    total: 14,
    offset: 10,
    pageSize: 10,
    manages: true,
  }),
  addedToRoomCard({ about, room: 'ch_2', name: 'Deal room', by: 'Mia' }),
  meetingCard({ about, meeting, rights: { host: true, writes: true } }),
  meetingCard({ meeting: { ...meeting, readBy: [], collaborators: [] }, rights: { host: true, writes: false } }),
  meetingsCard({ about, meetings: [{ ...line, workspace: 'ws_1' }], total: 12, offset: 0, pageSize: 10 }),
  meetingsCard({ about, meetings: [], total: 0, offset: 0, pageSize: 10 }),
  myMeetingsCard({ meetings: [{ ...line, by: 'a workspace you have left' }], total: 1, offset: 0, pageSize: 10 }),
  meetingDeleteCard({ about, meeting: 'mt_1', title: 'Pricing talk' }),
  meetingAccessCard({
    about,
    meeting: { id: 'mt_1', title: 'Pricing talk' },
    readers: [
      { name: 'Sales', how: 'channel', id: 'ch_1' },
      { name: 'Adam', how: 'collaborator', id: 'p_1' },
      { name: 'Max', how: 'reader', id: 'p_2' },
    ],
    total: 3,
    offset: 0,
    pageSize: 10,
  }),
  meetingSharedCard({ ...news, by: 'Mia', room: 'Sales' }),
  meetingSharedPrivatelyCard({ about, meeting: 'mt_1', by: 'Mia' }),
  meetingEndedCard({ about, deleted: true }),
  meetingEndedCard({ about, deleted: false }),
  meetingGrantedCard({ ...news, by: 'Mia', writes: false }),
  meetingRecordedCard({ ...news, readBy: 'You alone can read it, and those you share it with.' }),
  meetingOpenedCard({ about, meeting: 'mt_1', title: 'Pricing talk' }),
  meetingDeletedCard({ about, title: 'Pricing talk' }),
];
