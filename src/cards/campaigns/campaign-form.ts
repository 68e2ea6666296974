import type { Form } from '../card.js';
import type { About } from '../parts.js';

/** What can be chosen from, newest first. */
export interface Choices {
  templates: readonly { id: string; name: string }[];
  lists: readonly { id: string; name: string; contacts: number }[];
}

/** Slack offers so many options; above that the name is typed. */
const MOST_OPTIONS = 100;

/** Asks for what a campaign is made of; of one that is there, with what it is made of now. */
export function campaignForm(to: {
  about: About;
  zone: string;
  choices: Choices;
  /** A campaign that is to be changed. */
  of?: { id: string; version: number };
  initial: { name?: string; template?: string; list?: string; sendAt?: string };
}): Form {
  const { about, choices, initial, of } = to;
  const args = of ? { what: 'change', campaign: of.id, version: of.version, sure: true } : { what: 'new' };
  return {
    name: of ? 'change-campaign' : 'new-campaign',
    title: of ? 'Change the campaign' : 'New campaign',
    submit: 'Save',
    intro: [`It stays a draft of ${about.name}: you see what it costs before it starts.`],
    call: { command: 'campaign', args, workspace: about.id },
    fields: [
      {
        name: 'name',
        label: 'Name',
        hint: 'What is spent on it carries this name.',
        input: 'line',
        maxLength: 60,
        ...(initial.name !== undefined && { initial: initial.name }),
      },
      choice(
        'template',
        'Template',
        choices.templates.map(({ id, name }) => ({ value: id, label: name })),
        initial.template,
      ),
      choice(
        'list',
        'Contact list',
        choices.lists.map(({ id, name, contacts }) => ({
          value: id,
          label: `${name} (${contacts.toLocaleString('en-GB')})`,
        })),
        initial.list,
      ),
      {
        name: 'sendAt',
        label: 'When to send',
        hint: `Like tomorrow 9:00 or 1 December 14:30, in the time of ${to.zone}. Empty: as soon as it is started.`,
        input: 'line',
        optional: true,
        maxLength: 60,
        ...(initial.sendAt !== undefined && { initial: initial.sendAt }),
      },
    ],
  };
}

function choice(
  name: string,
  label: string,
  options: readonly { value: string; label: string }[],
  initial: string | undefined,
): Form['fields'][number] {
  const [first] = options;
  const likely = initial ?? (options.length === 1 ? first?.value : undefined);
  const chosen = likely === undefined ? {} : { initial: likely };
  if (options.length <= MOST_OPTIONS) return { name, label, input: 'choice', options, ...chosen };
  const current = options.find(({ value }) => value === initial)?.label;
  return { name, label, hint: 'Its name.', input: 'line', maxLength: 60, ...(current && { initial: current }) };
}
