import { also, type AuditWords } from './audit-wording.js';

/** `the channel ops`, or `a private channel`, whose name is not told. */
const channel = (name: string): string => (name ? `the channel ${name}` : 'a private channel');
/** A chat channel. */
const chat = (name: string): string => (name ? `#${name.replace(/^#/, '')}` : 'a chat channel');

/** Titles of meetings and names of private channels are for those who are in them: they stand in no line. */
export const roomAuditWords: AuditWords<'channel' | 'meeting'> = {
  'channel.created': ({ said }) => `created ${channel(said('name'))}`,
  'channel.renamed': ({ said }) => also(`renamed ${channel(said('from'))}`, ' to ', said('name')),
  'channel.archived': ({ said }) => `archived ${channel(said('name'))}`,
  'channel.restored': ({ said }) => `brought ${channel(said('name'))} back`,
  'channel.memberAdded': ({ whom, said }) => `added ${whom} to ${channel(said('name'))}`,
  'channel.memberRemoved': ({ whom, said }) => `took ${whom} out of ${channel(said('name'))}`,
  'channel.joined': ({ said }) => `joined ${channel(said('name'))}`,
  'channel.left': ({ said }) => `left ${channel(said('name'))}`,
  'channel.managerSet': ({ whom, said }) =>
    said('manager') === 'false'
      ? `took the management of ${channel(said('name'))} from ${whom}`
      : `made ${whom} a manager of ${channel(said('name'))}`,
  'channel.handedOver': ({ whom, said }) => `handed ${channel(said('name'))} over to ${whom}`,
  'channel.bound': ({ said }) =>
    also(`bound ${chat(said('channelName'))}`, ' for ', said('purposes').replaceAll(' ', ' and ')),
  'channel.alertsSet': ({ said }) => `chose which alerts ${chat(said('channelName'))} gets`,
  'channel.unbound': ({ said }) => `unbound ${chat(said('channelName'))}`,
  'channel.followed': ({ said }) => `followed ${chat(said('from'))} to its new name ${chat(said('channelName'))}`,
  'channel.lost': ({ said }) => `could no longer reach ${chat(said('channelName'))}`,
  'channel.found': ({ said }) => `can reach ${chat(said('channelName'))} again`,
  'meeting.created': () => 'created a meeting',
  'meeting.recorded': () => 'got the record of a meeting',
  'meeting.changed': () => 'changed a meeting',
  'meeting.shared': ({ said }) =>
    said('channel') ? `shared a meeting with ${channel(said('channel'))}` : 'shared a meeting',
  'meeting.unshared': () => 'ended the sharing of a meeting',
  'meeting.granted': ({ whom }) => `let ${whom} read a meeting`,
  'meeting.withdrawn': ({ whom }) => `no longer lets ${whom} read a meeting`,
  'meeting.collaboratorAdded': ({ whom }) => `made ${whom} a collaborator of a meeting`,
  'meeting.collaboratorRemoved': ({ whom }) => `took ${whom} off the collaborators of a meeting`,
  'meeting.handedOver': ({ whom }) => `handed a meeting over to ${whom}`,
  'meeting.deleted': () => 'deleted a meeting',
  'meeting.expired': ({ said }) => `deleted ${said('count') || 'some'} meetings whose time was up`,
};
