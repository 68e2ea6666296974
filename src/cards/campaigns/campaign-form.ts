import type { Choice, Form } from '../card.js';
import { choiceField } from '../choice-field.js';
import { listChoice, templateChoice } from '../choices.js';
import type { About } from '../parts.js';

type Template = Parameters<typeof templateChoice>[0];
type List = Parameters<typeof listChoice>[0];

/** What can be chosen from, newest first. */
export interface Choices {
  templates: readonly Template[];
  lists: readonly List[];
}

/** Asks for what a campaign is made of; of one that is there, with what it is made of now. */
export function campaignForm(to: {
  about: About;
  zone: string;
  choices: Choices;
  /** A campaign that is to be changed. */
  of?: { id: string; version: number };
  initial: { name?: string; template?: Template; list?: List; sendAt?: string };
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
      choiceField(
        { name: 'template', label: 'Template' },
        choices.templates.map(templateChoice),
        likely(choices.templates, initial.template, templateChoice),
      ),
      choiceField(
        { name: 'list', label: 'Contact list' },
        choices.lists.map(listChoice),
        likely(choices.lists, initial.list, listChoice),
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

/** What is chosen; else the only one there is. */
function likely<T>(all: readonly T[], chosen: T | undefined, drawn: (one: T) => Choice): Choice | undefined {
  const one = chosen ?? (all.length === 1 ? all[0] : undefined);
  return one && drawn(one);
}
