import type { Call, Choice, Field, Form } from '../../../cards/card.js';
import { joinSeveral, splitSeveral } from '../../../cards/several.js';
import { plainAmount } from '../../../money.js';
import { writtenFor } from '../../../readers-money.js';
import { parseIdentityKey } from '../../../workspace/identity.js';
import { datasetOf } from '../dataset.js';
import { asAdaptiveCard } from './draw-card.js';
import type { AdaptiveCard, Client, Element } from './element.js';
import { escapeMarkdown, tame } from './escape.js';
import { drawText } from './inline.js';
import { createMentions } from './mentions.js';

/** `dialog` submits as a task module does; `inline` stands in a message. */
type FormLook = 'inline' | 'dialog';

const FIELD_PREFIX = 'field:';
/** Shown in an empty amount, as that currency is written: 100.00 pounds, 10000 yen. */
const EXAMPLE_MINOR = 10_000;

/** The form as a card with inputs; errors stand under their fields, what was typed stays. */
export function drawForm(said: Form, look: FormLook, client: Client): AdaptiveCard {
  const form = writtenFor(said);
  const mentions = createMentions(client);
  const title: Element = {
    type: 'TextBlock',
    text: escapeMarkdown(form.title),
    style: 'heading',
    size: 'Medium',
    weight: 'Bolder',
    wrap: true,
  };
  const body = [
    ...(look === 'inline' ? [title] : []),
    ...(form.intro ? drawText(form.intro, mentions) : []),
    ...form.fields.flatMap((field) => drawField(field, form.call, client)),
    { type: 'ActionSet', actions: [submitAction(form, look)] },
  ];
  return asAdaptiveCard(body, tame(form.title), mentions, client);
}

/** What was typed into a form's inputs, by field name. Numbers come as text from Teams, and stay text. */
export function fieldValues(data: Readonly<Record<string, unknown>>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(data)) {
    if (name.startsWith(FIELD_PREFIX) && typeof value === 'string') values[name.slice(FIELD_PREFIX.length)] = value;
  }
  return values;
}

function submitAction(form: Form, look: FormLook): Element {
  const named = (input: Field['input']) => form.fields.filter((field) => field.input === input).map(({ name }) => name);
  const [people, several] = [named('person'), named('people')];
  const data = {
    call: form.call,
    form: form.name,
    ...(people.length > 0 ? { people } : {}),
    ...(several.length > 0 ? { several } : {}),
  };
  return look === 'dialog'
    ? { type: 'Action.Submit', title: form.submit, style: 'positive', data }
    : { type: 'Action.Execute', title: form.submit, style: 'positive', verb: form.call.command, data };
}

function drawField(field: Field, call: Call, client: Client): Element[] {
  const input: Element = {
    ...inputOf(field, call, client),
    id: `${FIELD_PREFIX}${field.name}`,
    label: field.label,
    ...(field.optional ? {} : { isRequired: true, errorMessage: `${field.label}: please fill this in.` }),
  };
  const hint = field.hint ? note(field.hint, { isSubtle: true }) : undefined;
  const error = field.error ? note(field.error, { color: 'Attention' }) : undefined;
  return [input, hint, error].filter((element) => element !== undefined);
}

function note(text: string, look: Record<string, unknown>): Element {
  return { type: 'TextBlock', text: escapeMarkdown(text), wrap: true, size: 'Small', spacing: 'None', ...look };
}

function inputOf(field: Field, call: Call, client: Client): Element {
  const initial = field.initial ? { value: field.initial } : {};
  switch (field.input) {
    case 'line':
      return { type: 'Input.Text', ...initial, ...maxLength(field) };
    case 'lines':
      return { type: 'Input.Text', isMultiline: true, ...initial, ...maxLength(field) };
    case 'amount':
      return {
        type: 'Input.Text',
        placeholder: `${plainAmount(EXAMPLE_MINOR, field.currency)} ${field.currency}`,
        maxLength: 40,
        ...initial,
      };
    case 'choice':
      if (field.searched) return searchingPicker(field, call, client);
      return { ...choiceSet(field.options), ...initial };
    case 'channel':
      return { ...choiceSet(field.options), ...initial };
    case 'person':
      return client === 'teams'
        ? peoplePicker(field.initial)
        : { type: 'Input.Text', placeholder: 'Name or e-mail', ...initial };
    case 'people':
      return client === 'teams'
        ? { ...peoplePicker(field.initial), isMultiSelect: true }
        : { type: 'Input.Text', placeholder: 'Names or e-mails, with commas between', ...initial };
  }
}

function choiceSet(options: readonly Choice[]): Element {
  return {
    type: 'Input.ChoiceSet',
    style: options.length > 4 ? 'compact' : 'expanded',
    choices: options.map(({ value, label }) => ({ title: tame(label), value })),
  };
}

/** Teams asks for more as somebody types; the Playground cannot, and has the name typed. */
function searchingPicker(
  { name, options, initial }: Extract<Field, { input: 'choice' }>,
  { command, workspace }: Call,
  client: Client,
): Element {
  const placeholder = 'Type part of the name';
  if (client === 'playground') return { type: 'Input.Text', placeholder };
  return {
    type: 'Input.ChoiceSet',
    style: 'filtered',
    placeholder,
    choices: options.map(({ value, label }) => ({ title: tame(label), value })),
    'choices.data': {
      type: 'Data.Query',
      dataset: datasetOf({ command, field: name, ...(workspace && { workspace }) }),
    },
    ...(initial ? { value: initial } : {}),
  };
}

/** Teams' own search over the directory; its value is the Entra object id, or several with commas between. */
function peoplePicker(initial = ''): Element {
  const chosen = joinSeveral(splitSeveral(initial).flatMap((key) => parseIdentityKey(key)?.user ?? []));
  return {
    type: 'Input.ChoiceSet',
    choices: [],
    'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
    ...(chosen ? { value: chosen } : {}),
  };
}

function maxLength(field: { maxLength?: number }): { maxLength?: number } {
  return field.maxLength === undefined ? {} : { maxLength: field.maxLength };
}
