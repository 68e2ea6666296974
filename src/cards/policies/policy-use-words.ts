import { count } from '../parts.js';
import type { PolicyWordsOf } from './policy-wording.js';

/** Channels, meetings and API keys. */
export const usePolicyWords: PolicyWordsOf<
  'whoMayCreateChannels' | 'meetingVisibility' | 'meetingSharing' | 'meetingRetentionDays' | 'keyMaxAgeDays'
> = {
  whoMayCreateChannels: {
    typed: ['channels', 'channel'],
    label: 'Who may create channels',
    input: {
      input: 'choice',
      options: [
        { value: 'members', label: 'Everybody', typed: ['everybody', 'everyone', 'all', 'member'] },
        { value: 'admins', label: 'Owners and admins', typed: ['admin', 'owners'] },
      ],
    },
    value: (who = 'admins') => (who === 'members' ? 'everybody' : 'owners and admins'),
    means: (who = 'admins') =>
      who === 'members'
        ? 'Everybody here creates channels, and manages their own.'
        : 'Owners and admins create channels. Members ask them.',
    hint: 'Everybody else asks them.',
  },
  meetingVisibility: {
    typed: ['visibility', 'visible'],
    label: 'New meetings can be read by',
    input: {
      input: 'choice',
      options: [
        { value: 'private', label: 'Host and collaborators', typed: ['host'] },
        { value: 'channel', label: 'Their channel too', typed: ['channels'] },
        { value: 'workspace', label: 'Everybody here', typed: ['everybody', 'everyone', 'all', 'public'] },
      ],
    },
    value: (visibility = 'private') =>
      ({ private: 'host and collaborators', channel: 'their channel too', workspace: 'everybody here' })[visibility],
    means: (visibility = 'private') =>
      ({
        private: 'A new meeting is for its host and collaborators, until the host shares it.',
        channel: 'A new meeting can be read by whoever can read the channel it belongs to.',
        workspace: 'A new meeting can be read by everybody in the workspace.',
      })[visibility],
    hint: 'Of meetings from now on. Those there are stay as they are.',
  },
  meetingSharing: {
    typed: ['sharing', 'share', 'shared'],
    label: 'Meetings may be shared with',
    input: {
      input: 'choice',
      options: [
        { value: 'private', label: 'People and private channels', typed: ['people'] },
        { value: 'workspace', label: 'Everybody here', typed: ['everybody', 'everyone', 'all', 'public'] },
      ],
    },
    value: (sharing = 'workspace') => (sharing === 'private' ? 'people and private channels' : 'everybody here'),
    means: (sharing = 'workspace') =>
      sharing === 'private'
        ? 'Hosts share meetings with people and private channels. What is shared further stays so until they end it.'
        : 'Hosts may share meetings with everybody in the workspace.',
    hint: 'How far a host may go.',
  },
  meetingRetentionDays: {
    typed: ['retention', 'keep', 'kept', 'delete'],
    label: 'Meetings are kept',
    input: { input: 'days' },
    value: (days) => (days === undefined ? 'until somebody deletes them' : `for ${count(days, 'day')}`),
    means: (days) =>
      days === undefined
        ? 'Meetings are kept until their host deletes them.'
        : `Meetings are deleted ${count(days, 'day')} after they took place, with their notes. That cannot be undone.`,
    hint: 'A number of days, like 90, or off.',
  },
  keyMaxAgeDays: {
    typed: ['keys', 'key'],
    label: 'Longest life of API keys',
    input: { input: 'days' },
    value: (days) => (days === undefined ? 'no end' : count(days, 'day')),
    means: (days) =>
      days === undefined
        ? 'API keys work until they are revoked, or until the end that they were given.'
        : `An API key stops working ${count(days, 'day')} after it was made or got a new secret. Admins are told a week before.`,
    hint: 'A number of days, like 90, or off.',
  },
};
