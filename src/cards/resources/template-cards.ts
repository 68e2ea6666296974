import type { Card, Form } from '../card.js';
import { choiceField } from '../choice-field.js';
import { listChoice } from '../choices.js';
import { type About, buttons, footOf, listOf, press, quoted, subtle, text } from '../parts.js';

export interface TemplateLine {
  id: string;
  name: string;
  item: string;
  text: string;
  variables: readonly string[];
  changedAt: string;
  archived: boolean;
  version: number;
}

const BEGINNING = 80;

/** Private: a page of a workspace's templates, newest first. */
export function templatesCard(to: {
  about: About;
  zone: string;
  templates: readonly TemplateLine[];
  search?: string;
  archived: boolean;
  /** The cursor of the next page. */
  before?: string;
  said?: string;
}): Card {
  const { about, archived, search, templates } = to;
  const at = { workspace: about.id };
  const filter = { ...(search && { search }), ...(archived && { archived }) };
  const what = archived ? 'archived templates' : 'templates';
  return {
    name: 'templates',
    heading: { text: search ? `${about.name}: ${what} with ${quoted(search)}` : `${about.name}'s ${what}` },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      ...(templates.length > 0
        ? [{ part: 'list' as const, items: templates.map((template) => templateItem(template, about, to.zone)) }]
        : [text(emptyWords(search, archived))]),
      ...buttons(
        press('New template', 'template', { what: 'new' }, { ...at, style: 'primary' }),
        to.before === undefined ? undefined : press('More', 'template', { ...filter, before: to.before }, at),
        archived || search
          ? press('All templates', 'template', {}, at)
          : press('Archived', 'template', { archived: true }, at),
      ),
    ],
    ...footOf(about),
  };
}

function emptyWords(search: string | undefined, archived: boolean): string {
  if (search) return 'No template has that in its name.';
  if (archived) return 'Nothing is archived.';
  return 'None yet. A template is the text of a campaign, with variables like {{first_name}} for what differs.';
}

function templateItem(template: TemplateLine, about: About, zone: string) {
  const { id, item, name } = template;
  const words = template.text.replace(/\s+/g, ' ');
  const beginning = words.length > BEGINNING ? `${words.slice(0, BEGINNING - 1)}…` : words;
  return {
    title: [{ strong: name }],
    detail: [`${beginning} · ${item} · changed `, { time: template.changedAt, show: 'date' as const, zone }],
    buttons: [press('Open', 'template', { what: 'open', template: id }, { workspace: about.id })],
  };
}

/** Private: a template as it is written. */
export function templateCard(to: {
  about: About;
  zone: string;
  template: TemplateLine;
  /** Of one message, now: `£0.04`; none where the item is not on the price list. */
  price?: string;
  said?: string;
}): Card {
  const { about, price, template } = to;
  const { archived, id, item, variables } = template;
  const at = { workspace: about.id };
  return {
    name: 'template',
    heading: { text: archived ? `${template.name} (archived)` : template.name },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      text(template.text),
      {
        part: 'facts',
        facts: [
          { label: 'Charged as', value: [price ? `${item}, ${price} each` : item] },
          { label: 'Variables', value: [variables.length > 0 ? variables.join(', ') : 'none'] },
          { label: 'Changed', value: [{ time: template.changedAt, show: 'dateTime', zone: to.zone }] },
        ],
      },
      ...(price === undefined ? [subtle(`${item} has no price yet: a campaign needs one before it starts.`)] : []),
      ...buttons(
        ...(archived
          ? [press('Restore', 'template', { what: 'restore', template: id }, at)]
          : [
              press('Use in a campaign', 'campaign', { what: 'new', template: id }, { ...at, style: 'primary' }),
              press('Preview', 'template', { what: 'preview', template: id }, at),
              press('Change', 'template', { what: 'change', template: id }, at),
              press('Archive', 'template', { what: 'archive', template: id }, { ...at, style: 'danger' }),
            ]),
      ),
    ],
    ...footOf(about),
  };
}

/** A new template, or one that is there as it was when the form was opened. */
export function templateForm(to: {
  about: About;
  /** What can be charged. */
  items: readonly { item: string; price: string }[];
  name?: string;
  template?: TemplateLine;
}): Form {
  const { about, items, template } = to;
  const name = template?.name ?? to.name;
  const item = template?.item ?? items[0]?.item;
  const known = items.map((one) => ({ value: one.item, label: `${one.item}, ${one.price} each` }));
  const options =
    template && !items.some((one) => one.item === template.item)
      ? [...known, { value: template.item, label: template.item }]
      : known;
  return {
    name: template ? 'change-template' : 'new-template',
    title: template ? 'Change the template' : 'New template',
    submit: 'Save',
    call: {
      command: 'template',
      args: template ? { what: 'change', template: template.id, version: template.version } : { what: 'new' },
      workspace: about.id,
    },
    fields: [
      { name: 'name', label: 'Name', input: 'line', maxLength: 60, ...(name && { initial: name }) },
      options.length > 0
        ? { name: 'item', label: 'Charged as', input: 'choice', options, ...(item && { initial: item }) }
        : {
            name: 'item',
            label: 'Charged as',
            hint: 'What one message is on the price list, like sms.',
            input: 'line',
          },
      {
        name: 'text',
        label: 'Text',
        hint: 'Variables are columns of the contact list: Hello {{first_name}}!',
        input: 'lines',
        maxLength: 1_600,
        ...(template && { initial: template.text }),
      },
    ],
  };
}

export function previewForm(to: {
  about: About;
  template: { id: string; name: string };
  lists: readonly { id: string; name: string; contacts: number }[];
  contact?: string;
}): Form {
  return {
    name: 'preview-template',
    title: 'Preview',
    submit: 'Show',
    intro: [`${to.template.name}, as one of your contacts would get it.`],
    call: { command: 'template', args: { what: 'preview', template: to.template.id }, workspace: to.about.id },
    fields: [
      choiceField({ name: 'list', label: 'Contact list' }, to.lists.map(listChoice), to.lists.map(listChoice)[0]),
      {
        name: 'contact',
        label: 'Number',
        hint: 'Of somebody in it; left empty it is the first.',
        input: 'line',
        optional: true,
        ...(to.contact && { initial: to.contact }),
      },
    ],
  };
}

/** Private: what a contact would get. */
export function templatePreviewCard(to: {
  about: About;
  template: { id: string; name: string };
  text: string;
  /** Whom it is filled in for; none where there is nobody yet. */
  contact?: { phone: string; list: string };
  /** Variables without a value there. */
  missing: readonly string[];
}): Card {
  const { about, contact, missing, template } = to;
  const at = { workspace: about.id };
  return {
    name: 'template-preview',
    heading: { text: contact ? `${template.name} for ${contact.phone}` : template.name },
    parts: [
      text(to.text),
      ...(contact
        ? missing.length > 0
          ? [subtle(`This contact of ${contact.list} has no ${listOf(missing, 'or')}, so that stays as it is written.`)]
          : [subtle(`From ${contact.list}.`)]
        : [subtle('There is nobody yet to show it for: import a contact list first.')]),
      ...buttons(
        contact
          ? press('Somebody else', 'template', { what: 'preview', template: template.id, other: true }, at)
          : press('Import contacts', 'contacts', { what: 'import' }, at),
        press('Back to the template', 'template', { what: 'open', template: template.id }, at),
      ),
    ],
    ...footOf(about),
  };
}
