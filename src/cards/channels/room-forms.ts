import type { Form } from '../card.js';
import { formToFind, searchLine } from '../form-to-find.js';
import type { About } from '../parts.js';

/** What is asked for a new channel, and for who is to manage it. */
export function createRoomForm(to: { about: About; name?: string; kind?: string }): Form {
  return {
    name: 'create-channel',
    title: 'New channel',
    submit: 'Create',
    intro: [`It is ${to.about.name}'s own: its people find the meetings there that are shared with it.`],
    call: { command: 'channel', args: { what: 'create' }, workspace: to.about.id },
    fields: [
      { name: 'name', label: 'Name', input: 'line', maxLength: 60, ...(to.name && { initial: to.name }) },
      {
        name: 'kind',
        label: 'Who reads it',
        input: 'choice',
        options: [
          { value: 'public', label: `Everybody in ${to.about.name}` },
          { value: 'private', label: 'Only those who are added' },
        ],
        initial: to.kind ?? 'public',
      },
    ],
  };
}

export function renameRoomForm(to: { about: About; room: string; name: string }): Form {
  return {
    name: 'rename-channel',
    title: 'Rename a channel',
    submit: 'Rename',
    call: { command: 'channel', args: { what: 'rename', room: to.room }, workspace: to.about.id },
    fields: [{ name: 'name', label: 'New name', input: 'line', maxLength: 60, initial: to.name }],
  };
}

/** Asks who is to be in a channel. */
export function addToRoomForm(to: { about: About; room: string; name: string }): Form {
  return {
    name: 'add-to-channel',
    title: 'Add somebody',
    submit: 'Add',
    intro: [`They find the meetings of ${to.name}.`],
    call: { command: 'channel', args: { what: 'add', room: to.room }, workspace: to.about.id },
    fields: [{ name: 'person', label: 'Who', input: 'person' }],
  };
}

/** Asks what to look for among many. */
export function findRoomForm(about: About): Form {
  return formToFind({
    name: 'find-channel',
    title: 'Find a channel',
    list: { command: 'channel', args: { what: 'list' }, workspace: about.id },
    field: searchLine('Part of its name'),
  });
}
