import type { Button, Card } from '../card.js';
import { type About, buttons, footOf, press, quoted, subtle, text } from '../parts.js';

/** What there is of each kind. */
export interface ResourceCounts {
  campaigns: number;
  lists: number;
  templates: number;
  /** Those that are kept under a name. */
  reports: number;
}

/** A resource in a list of several kinds. */
export interface ResourceLine {
  kind: 'contacts' | 'template' | 'campaign';
  id: string;
  name: string;
  /** `Contact list · 1,204 contacts` */
  detail: string;
}

/** Private: what a workspace writes with, and the way to each kind. */
export function resourcesCard(to: { about: About; counts: ResourceCounts; items: number }): Card {
  const { about, counts } = to;
  const { campaigns, lists, reports, templates } = counts;
  const at = { workspace: about.id };
  const row = (title: string, of: number, command: string, fresh?: Button) => ({
    title: [{ strong: title }],
    detail: [of > 0 ? of.toLocaleString('en-GB') : 'none yet'],
    buttons: [press('Open', command, {}, at), ...(fresh ? [fresh] : [])],
  });
  return {
    name: 'resources',
    heading: { text: `${about.name}'s resources` },
    parts: [
      ...(campaigns + lists + templates === 0
        ? [text('A campaign sends a template to a contact list. Begin with the people and the words.')]
        : []),
      {
        part: 'list',
        items: [
          row('Campaigns', campaigns, 'campaign', press('New', 'campaign', { what: 'new' }, at)),
          row('Contact lists', lists, 'contacts', press('Import', 'contacts', { what: 'import' }, at)),
          row('Templates', templates, 'template', press('New', 'template', { what: 'new' }, at)),
          row('Prices', to.items, 'prices'),
          {
            title: [{ strong: 'Reports' }],
            detail: [reports > 0 ? `${reports.toLocaleString('en-GB')} kept` : 'what was spent, and on what'],
            buttons: [press('Open', 'report', {}, at)],
          },
        ],
      },
    ],
    ...footOf(about),
  };
}

/** Private: the resources of every kind with these words in their names. */
export function resourcesFoundCard(to: {
  about: About;
  search: string;
  found: readonly ResourceLine[];
  more: boolean;
}): Card {
  const { about, found } = to;
  return {
    name: 'resources-found',
    heading: { text: `${about.name}: resources with ${quoted(to.search)}` },
    parts: [
      ...(found.length > 0
        ? [{ part: 'list' as const, items: found.map((line) => foundItem(line, about)) }]
        : [text('Nothing has that in its name. Archived ones are listed with their kind.')]),
      ...(to.more ? [subtle('There are more: please type more of the name.')] : []),
      ...buttons(press('All resources', 'resources', {}, { workspace: about.id })),
    ],
    ...footOf(about),
  };
}

function foundItem({ kind, id, name, detail }: ResourceLine, about: About) {
  const which = kind === 'contacts' ? { list: id } : { [kind]: id };
  const open = press('Open', kind, { what: 'open', ...which }, { workspace: about.id });
  return { title: [{ strong: name }], detail: [detail], buttons: [open] };
}
