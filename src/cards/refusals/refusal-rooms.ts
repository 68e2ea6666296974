import { listOf, press, quoted } from '../parts.js';
import type { Of, Words } from './refusal-words.js';

type Rooms = Of<
  | 'unknownChannel'
  | 'channelNameTaken'
  | 'channelArchived'
  | 'privateChannel'
  | 'selfIntoPrivate'
  | 'notInChannel'
  | 'unknownMeeting'
  | 'meetingChanged'
>;

/** A workspace's own channels and its meetings. What somebody may not see is not there, for all they are told. */
export function roomWords(reason: Rooms): Words {
  switch (reason.kind) {
    case 'unknownChannel':
      return {
        said: [reason.typed ? `I find no channel called ${quoted(reason.typed)}.` : 'I do not find that channel.'],
        ...(reason.nearest.length > 0 && { next: [`Did you mean ${listOf(reason.nearest, 'or')}?`] }),
        buttons: [press('All channels', 'channel')],
      };
    case 'channelNameTaken':
      return { said: [`The name ${reason.name} is taken.`], next: ['Please take another one.'] };
    case 'channelArchived':
      return {
        said: [`${reason.name} is archived, so nothing new goes there.`],
        next: ['Whoever manages it can bring it back.'],
        buttons: [press('Bring it back', 'channel', { what: 'restore', room: reason.channel })],
      };
    case 'privateChannel':
      return {
        said: ['That channel is private.'],
        next: [
          reason.managers.length > 0
            ? `${listOf(reason.managers, 'or')} can add you.`
            : 'An owner or admin can name somebody to manage it.',
        ],
        buttons: [press('All channels', 'channel')],
      };
    case 'selfIntoPrivate':
      return {
        said: [`Nobody adds themselves to a private channel, so I can't put you in ${reason.name}.`],
        next: ['Somebody who manages it can.'],
      };
    case 'notInChannel':
      return {
        said: [`${reason.name} is not in ${reason.channelName}.`],
        next: ['Please add them first.'],
      };
    case 'unknownMeeting':
      return {
        said: [
          reason.typed
            ? `I find no meeting called ${quoted(reason.typed)} that you can read.`
            : 'That meeting is not there any more.',
        ],
        buttons: [press('Meetings', 'meeting')],
      };
    case 'meetingChanged':
      return {
        said: ['Somebody changed this meeting while you were writing, so nothing was saved.'],
        next: ['Please copy what you wrote, and open it again.'],
        buttons: [
          press(
            'Open it',
            'meeting',
            { what: 'open', meeting: reason.meeting },
            { workspace: reason.workspace, style: 'primary' },
          ),
        ],
      };
  }
}
