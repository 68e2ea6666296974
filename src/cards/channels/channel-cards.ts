import { type AlertsFrom, PURPOSES, type Purpose } from '../../workspace/entities.js';
import type { Button, Card, Form, Part } from '../card.js';
import { choiceField } from '../choice-field.js';
import { roomChoice } from '../choices.js';
import { chooseChannelButton } from './choose-channel.js';
import { gets, PURPOSE_WORDS } from './purpose-words.js';
import { type About, buttons, count, footOf, press, subtle, text } from '../parts.js';

type Purposes = readonly Purpose[];

/** A chat channel that gets a workspace's notices, as people who choose see it. */
export interface BindingLine {
  /** The binding. */
  id: string;
  channelName: string;
  /** The platform's name. */
  where: string;
  purposes: Purposes;
  /** The least bad alert that it gets. Absent: it gets all. */
  alertsFrom?: AlertsFrom;
  /** The one of ours whose meetings it gets. */
  room?: string;
  /** The bot is not in it. */
  lost?: true;
}

const MOST_SHOWN = 15;

/** Posted openly where it now happens: who set it is always said. */
export function channelBoundCard(to: { about: About; purposes: Purposes; room?: string; by: string }): Card {
  return {
    name: 'channel-bound',
    parts: [text(`${to.about.name}'s ${gets(to)} come here. Set by ${to.by}.`)],
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

/** For the channels' card: where a workspace's notices go. */
export function bindingParts(about: About, bindings: readonly BindingLine[]): Part[] {
  if (bindings.length === 0) {
    return [
      text(`No channel gets ${about.name}'s notices yet, so they go privately to those who can act.`),
      subtle('Choose one, or type ', { code: '/workspace channel bind' }, ' in it.'),
      ...buttons(chooseChannelButton(about)),
    ];
  }
  const more = bindings.length - MOST_SHOWN;
  return [
    text({ strong: `Where ${about.name}'s notices go` }),
    {
      part: 'list',
      items: bindings.slice(0, MOST_SHOWN).map((binding) => ({
        title: [{ strong: `#${binding.channelName}` }, ` in ${binding.where}`],
        detail: [binding.lost ? 'I am not in it, so nothing arrives' : gets(binding)],
        buttons: [press('Change', 'channel', { what: 'settings', binding: binding.id }, { workspace: about.id })],
      })),
    },
    ...(more > 0 ? [subtle(`And ${count(more, 'other')}. Type channel settings there to change one.`)] : []),
  ];
}

/** Private: what one chat channel gets, to be changed. */
export function channelSettingsCard(to: { about: About; binding: BindingLine }): Card {
  const { about, binding } = to;
  const set = (label: string, args: Readonly<Record<string, string>>, style?: 'primary' | 'danger') =>
    press(label, 'channel', { binding: binding.id, ...args }, { workspace: about.id, ...(style && { style }) });
  return {
    name: 'channel-settings',
    heading: { text: `#${binding.channelName} in ${binding.where}` },
    parts: [
      text(`It gets ${about.name}'s ${gets(binding)}.`),
      ...(binding.lost
        ? [
            text('I am not in it, so nothing arrives. Add me there, then try again.'),
            ...buttons(set('Try again', { what: 'bind' }, 'primary')),
          ]
        : []),
      { part: 'list', items: PURPOSES.map((purpose) => purposeItem(binding, purpose, set)) },
      ...buttons(set('Meetings of one channel', { what: 'room' }), set('Unbind', { what: 'unbind' }, 'danger')),
    ],
    ...footOf(about),
  };
}

/** What it gets at last is not taken off but by unbinding it. */
function purposeItem(
  binding: BindingLine,
  purpose: Purpose,
  set: (label: string, args: Readonly<Record<string, string>>) => Button,
) {
  const title = [capital(gets({ ...binding, purposes: [purpose] }))];
  const others = binding.purposes.filter((one) => one !== purpose);
  if (!binding.purposes.includes(purpose)) {
    const all = [...binding.purposes, purpose].join(' ');
    return {
      title,
      detail: [ELSEWHERE[purpose]],
      buttons: [set(`Send ${PURPOSE_WORDS[purpose]}`, { what: 'gets', gets: all })],
    };
  }
  const stop =
    others.length > 0 ? [set(`Stop ${PURPOSE_WORDS[purpose]}`, { what: 'gets', gets: others.join(' ') })] : [];
  if (purpose !== 'alerts') return { title, detail: ['come here'], ...(stop.length > 0 && { buttons: stop }) };
  const { alertsFrom = 'low' } = binding;
  const levels = FROM.filter(({ from }) => from !== alertsFrom);
  const buttons = [...levels.map(({ from, button }) => set(button, { what: 'alertsFrom', from })), ...stop];
  return { title, detail: [FROM.find(({ from }) => from === alertsFrom)?.words ?? 'come here'], buttons };
}

/** Which alerts a channel may get. */
const FROM: readonly { from: AlertsFrom | 'low'; button: string; words: string }[] = [
  { from: 'low', button: 'All alerts', words: 'come here' },
  { from: 'critical', button: 'Only very low', words: 'come here only when it is very low or empty' },
  { from: 'empty', button: 'Only empty', words: 'come here only when it is empty' },
];

/** Where it goes while no channel has it. */
const ELSEWHERE: Readonly<Record<Purpose, string>> = {
  alerts: 'go to other channels, or to those who can act',
  approvals: 'go to other channels, or to those who can decide',
  payments: 'go where the alerts go, while no channel has them for itself',
  summaries: 'go where the alerts go, while no channel has them for itself',
  meetings: 'go where the alerts go, while no channel has them for itself',
};

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Asks which of a workspace's own channels a chat channel gets the meetings of. */
export function roomForm(to: {
  about: About;
  binding: BindingLine;
  rooms: readonly { id: string; name: string; kind: 'public' | 'private' }[];
}): Form {
  const { about, binding, rooms } = to;
  return {
    name: 'channel-room',
    title: 'Meetings of one channel',
    submit: 'Save',
    intro: [
      `Meetings that are shared to it are posted in #${binding.channelName}, whose people see that there is one.`,
    ],
    call: { command: 'channel', args: { what: 'bind', binding: binding.id }, workspace: about.id },
    fields: [choiceField({ name: 'room', label: 'Channel' }, rooms.map(roomChoice))],
  };
}

/** Under a notice that went to people because no channel is chosen. */
export function chooseChannelParts(about: About) {
  return buttons(chooseChannelButton(about));
}

/** Private: whoever left it by themselves. */
export function roomLeftCard({ about, room }: { about: About; room: string }): Card {
  return {
    name: 'channel-left',
    parts: [text(`You left ${room}.`), ...buttons(press('Channels', 'channel', {}, { workspace: about.id }))],
    ...footOf(about),
  };
}
