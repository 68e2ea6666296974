import type { Form } from '../card.js';
import { formToFind, searchLine } from '../form-to-find.js';

/** `uses`: what keys are usually for, the first that which most are made for. */
export function createKeyForm(to: {
  about: { id: string; name: string };
  uses: readonly { value: string; label: string }[];
}): Form {
  const { about, uses } = to;
  return {
    name: 'create-key',
    title: 'New API key',
    submit: 'Create',
    intro: [`It works in ${about.name} alone.`],
    call: { command: 'dev', args: { what: 'create' }, workspace: about.id },
    fields: [
      { name: 'name', label: 'Name', hint: 'What uses it, like Engine.', input: 'line', maxLength: 60 },
      {
        name: 'access',
        label: 'What it may do',
        input: 'choice',
        ...(uses[0] && { initial: uses[0].value }),
        options: uses,
      },
      {
        name: 'days',
        label: 'How long it works',
        input: 'choice',
        initial: '0',
        options: [
          { value: '0', label: 'Until it is revoked' },
          { value: '30', label: '30 days' },
          { value: '90', label: '90 days' },
          { value: '365', label: 'A year' },
        ],
      },
    ],
  };
}

export function findKeyForm({ id }: { id: string }): Form {
  return formToFind({
    name: 'find-key',
    title: 'Find a key',
    list: { command: 'dev', args: { what: 'list' }, workspace: id },
    field: searchLine('Part of its name'),
  });
}
