import type {
  Checkboxes,
  ConversationsSelect,
  ExternalSelect,
  InputBlock,
  KnownBlock,
  ModalView,
  MultiUsersSelect,
  PlainTextInput,
  PlainTextOption,
  StaticSelect,
  UsersSelect,
} from '@slack/types';
import type { Choice, Field, Form } from '../../../cards/card.js';
import { splitSeveral } from '../../../cards/several.js';
import { plainAmount } from '../../../money.js';
import { writtenFor } from '../../../readers-money.js';
import { parseIdentityKey } from '../../../workspace/identity.js';
import { DeliveryFailure } from '../../port.js';
import { LIMITS } from './limits.js';
import { type Client, drawText, plain } from './text.js';

/** The one element of each field's block; the block's id is the field's name. */
export const VALUE = 'value';

/** Shown in an empty amount, as that currency is written: 100.00 pounds, 10000 yen. */
const EXAMPLE_MINOR = 10_000;

/** A person whom a picker can offer where the client has none of its own. */
export interface Pickable {
  /** The identity key, which the form sends. */
  key: string;
  name: string;
}

/** A form as a modal. `metadata` comes back with the submission; `people` stand in for Slack's own picker. */
export function drawForm(form: Form, metadata: string, client: Client, people: readonly Pickable[] = []): ModalView {
  const { intro: said, title, submit, fields } = writtenFor(form);
  if (metadata.length > LIMITS.viewMetadata) {
    const detail = `the call of form ${form.name} does not fit in a modal`;
    throw new DeliveryFailure({ kind: 'rejected', why: 'tooLarge' }, { detail });
  }
  const intro: KnownBlock[] = said ? [{ type: 'section', text: drawText(said, LIMITS.sectionText, client) }] : [];
  return {
    type: 'modal',
    callback_id: 'form',
    title: plain(title, LIMITS.viewTitle),
    submit: plain(submit, LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    private_metadata: metadata,
    blocks: [...intro, ...fields.flatMap((field) => drawField(field, client, people))].slice(0, LIMITS.viewBlocks),
  };
}

/** What the person sees while a submitted form is still at work. */
export function drawWorking(metadata: string): ModalView {
  return {
    type: 'modal',
    title: plain('Workspaces', LIMITS.viewTitle),
    close: plain('Close', LIMITS.viewTitle),
    private_metadata: metadata,
    blocks: [{ type: 'section', text: plain('Working on it. The answer comes here.', LIMITS.sectionText) }],
  };
}

/** The messages beside the fields, by the block they stand at. */
export function fieldErrors(form: Form): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const field of form.fields) if (field.error) errors[field.name] = field.error;
  return errors;
}

function drawField(field: Field, client: Client, people: readonly Pickable[]): KnownBlock[] {
  const element = drawInput(field, client, people);
  if (!element)
    return [{ type: 'section', text: plain(`${field.label}: there is nothing to choose.`, LIMITS.sectionText) }];
  const input: InputBlock = {
    type: 'input',
    block_id: field.name,
    label: plain(field.label, LIMITS.inputLabel),
    optional: field.optional ?? false,
    element,
    ...(field.hint ? { hint: plain(field.hint, LIMITS.inputHint) } : {}),
  };
  const error: KnownBlock[] = field.error
    ? [{ type: 'context', elements: [plain(`⚠️ ${field.error}`, LIMITS.contextText)] }]
    : [];
  return [input, ...error];
}

type InputElement =
  | PlainTextInput
  | UsersSelect
  | MultiUsersSelect
  | ConversationsSelect
  | StaticSelect
  | ExternalSelect
  | Checkboxes;

function drawInput(field: Field, client: Client, people: readonly Pickable[]): InputElement | undefined {
  switch (field.input) {
    case 'line':
      return textInput(field.initial, field.maxLength, false);
    case 'lines':
      return textInput(field.initial, field.maxLength, true);
    case 'amount':
      return {
        ...textInput(field.initial, 40, false),
        placeholder: plain(`${plainAmount(EXAMPLE_MINOR, field.currency)} (${field.currency})`, LIMITS.placeholder),
      };
    case 'channel':
      return client === 'local-slack' ? undefined : channelPicker(field.initial);
    case 'person':
      return personPicker(field.initial, people);
    case 'people':
      return peoplePicker(field.initial, people);
    case 'choice':
      return field.searched ? searchingPicker(field, client) : picker(field.options, field.initial);
  }
}

function textInput(initial: string | undefined, maxLength: number | undefined, multiline: boolean): PlainTextInput {
  const max = Math.min(maxLength ?? LIMITS.inputText, LIMITS.inputText);
  return {
    type: 'plain_text_input',
    action_id: VALUE,
    multiline,
    max_length: max,
    ...(initial ? { initial_value: initial.slice(0, max) } : {}),
  };
}

/** Slack's own, of the channels that the person sees; local-slack has none, where bind is typed in the channel. */
function channelPicker(initial: string | undefined): ConversationsSelect {
  return {
    type: 'conversations_select',
    action_id: VALUE,
    filter: { include: ['public', 'private'], exclude_bot_users: true },
    ...(initial ? { initial_conversation: initial } : {}),
  };
}

function personPicker(
  initial: string | undefined,
  people: readonly Pickable[],
): UsersSelect | StaticSelect | undefined {
  if (people.length > 0) {
    return picker(
      people.map((person) => ({ value: person.key, label: person.name })),
      initial,
    );
  }
  const user = initial ? parseIdentityKey(initial)?.user : undefined;
  return { type: 'users_select', action_id: VALUE, ...(user ? { initial_user: user } : {}) };
}

function peoplePicker(initial = '', people: readonly Pickable[]): MultiUsersSelect | Checkboxes {
  if (people.length > 0) {
    const options = people.map(({ key, name }) => drawChoice({ value: key, label: name }));
    return { type: 'checkboxes', action_id: VALUE, options };
  }
  const users = splitSeveral(initial).flatMap((key) => parseIdentityKey(key)?.user ?? []);
  return { type: 'multi_users_select', action_id: VALUE, ...(users.length > 0 ? { initial_users: users } : {}) };
}

/** Slack asks for what is in it each time it is opened or typed into; local-slack cannot, and has the name typed. */
function searchingPicker(
  { options, initial }: Extract<Field, { input: 'choice' }>,
  client: Client,
): ExternalSelect | PlainTextInput {
  const placeholder = plain('Type part of the name', LIMITS.placeholder);
  if (client === 'local-slack') return { ...textInput(undefined, undefined, false), placeholder };
  const chosen = options.find(({ value }) => value === initial);
  return {
    type: 'external_select',
    action_id: VALUE,
    min_query_length: 0,
    placeholder,
    ...(chosen ? { initial_option: drawChoice(chosen) } : {}),
  };
}

function picker(options: readonly Choice[], initial?: string): StaticSelect | undefined {
  if (options.length === 0) return undefined;
  const drawn = options.slice(0, LIMITS.options).map(drawChoice);
  const chosen = drawn.find((option) => option.value === initial);
  return { type: 'static_select', action_id: VALUE, options: drawn, ...(chosen ? { initial_option: chosen } : {}) };
}

export function drawChoice({ value, label }: Choice): PlainTextOption & { value: string } {
  if (value.length > LIMITS.optionValue) {
    throw new DeliveryFailure({ kind: 'rejected', why: 'tooLarge' }, { detail: `choice "${label}"` });
  }
  return { text: plain(label, LIMITS.optionText), value };
}
