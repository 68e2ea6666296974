import type { AuditTopic } from '../../workspace/audit-actions.js';
import type { Card, Inline, Json } from '../card.js';
import { type About, buttons, footOf, press, subtle, text } from '../parts.js';

/** What the trail tells about one thing that happened. */
export interface AuditItem {
  /** A whole sentence without its stop: `Adam invited Nina as admin`. */
  what: string;
  at: string;
  /** `#marketing in Slack`. */
  where?: string;
  /** `asked for by Mia, approved by Adam`. */
  request?: string;
}

/** As the buttons of the card carry it. */
export interface AuditFilter {
  person?: string;
  topic?: AuditTopic;
  days?: number;
}

export const TOPIC_WORDS: Readonly<Record<AuditTopic, string>> = {
  people: 'People',
  requests: 'Requests',
  rules: 'Rules',
  money: 'Money',
  rooms: 'Channels and meetings',
  keys: 'Keys and webhooks',
  resources: 'Resources',
};

/** Private: a page of what happened in a workspace, newest first; without one, of what the reader did anywhere. */
export function auditCard(to: {
  about?: About;
  zone: string;
  items: readonly AuditItem[];
  filter: AuditFilter;
  /** In words, where there is one: `Only: people, the last 7 days.` */
  filterWords?: string;
  /** What of it the reader sees, where not all. */
  only?: 'own' | 'notBilling';
  /** The cursor of this page; none of the newest. */
  before?: number;
  older?: number;
}): Card {
  const { about, before } = to;
  const page = (label: string, args: Readonly<Record<string, Json>>) =>
    press(label, 'audit', { ...to.filter, ...args }, { workspace: about?.id });
  return {
    name: 'audit',
    heading: { text: headingOf(to) },
    parts: [
      ...(to.filterWords ? [subtle(to.filterWords)] : []),
      ...(to.items.length > 0
        ? [{ part: 'list' as const, items: to.items.map((item) => itemOf(item, to.zone)) }]
        : [text(to.filterWords ? 'Nothing of that kind.' : EMPTY)]),
      ...buttons(
        before === undefined ? undefined : page('Newest', {}),
        to.older === undefined ? undefined : page('Older', { before: to.older }),
        about && page('Narrow down', { narrow: true }),
        about && to.items.length > 0 ? page('CSV', { csv: true }) : undefined,
      ),
      ...(to.only === 'own' ? [subtle(`What you did, and what was done to you.${about ? OTHERS_SEE : ''}`)] : []),
      ...(to.only === 'notBilling' ? [subtle('All but billing, which owners see.')] : []),
    ],
    ...(about && footOf(about)),
  };
}

const OTHERS_SEE = ' Owners and admins see all.';

function headingOf({ about, only }: Pick<Parameters<typeof auditCard>[0], 'about' | 'only'>): string {
  if (!about) return 'What you did';
  return only === 'own' ? `What you did in ${about.name}` : `What happened in ${about.name}`;
}

const EMPTY = 'Nothing yet. Who did what to whom shows here: invitations, roles, requests, policies, keys.';

function itemOf({ what, at, where, request }: AuditItem, zone: string) {
  const told: Inline[] = [{ time: at, show: 'dateTime', zone }];
  if (where) told.push(` · ${where}`);
  if (request) told.push(` · ${request}`);
  return { title: [what], detail: told };
}
