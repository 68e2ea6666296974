import type { Purpose } from '../../workspace/entities.js';
import type { Button, Card, Choice, Form } from '../card.js';
import { type About, footOf, press, text } from '../parts.js';
import { gets } from './purpose-words.js';

/** Wherever a workspace's notices have no channel, or not the right one. */
export function chooseChannelButton(about: About, style?: 'primary'): Button {
  return press('Choose a channel', 'channel', { what: 'choose' }, { workspace: about.id, ...(style && { style }) });
}

/** Asks which chat channel is to get a workspace's notices. */
export function chooseChannelForm(to: { about: About; options: readonly Choice[] }): Form {
  const { about, options } = to;
  return {
    name: 'choose-channel',
    title: 'Choose a channel',
    submit: 'Choose',
    intro: [`It gets ${about.name}'s alerts and requests, and is told that it does. I have to be in it.`],
    call: { command: 'channel', args: { what: 'bind' }, workspace: about.id },
    fields: [{ name: 'channel', label: 'Channel', input: 'channel', options }],
  };
}

/** Private: to whoever bound a channel from elsewhere. */
export function channelBoundElsewhereCard(to: {
  about: About;
  channelName: string;
  purposes: readonly Purpose[];
}): Card {
  const { about, channelName, purposes } = to;
  return {
    name: 'channel-bound-elsewhere',
    parts: [text(`${about.name}'s ${gets({ purposes })} go to #${channelName} now, and I told the channel.`)],
    ...footOf(about),
  };
}
