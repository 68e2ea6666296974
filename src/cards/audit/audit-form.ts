import { type AuditFilter, TOPIC_WORDS } from './audit-card.js';
import type { Form } from '../card.js';
import type { About } from '../parts.js';

const TIMES = { '1': 'The last day', '7': 'The last 7 days', '30': 'The last 30 days', '365': 'The last year' };

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

/** Asks what of the audit trail is wanted. */
export function auditForm({ about, filter }: { about: About; filter: AuditFilter }): Form {
  const { person, topic, days } = filter;
  return {
    name: 'audit',
    title: 'Narrow down',
    submit: 'Show',
    intro: [`What happened in ${about.name}. What is left empty narrows nothing.`],
    call: { command: 'audit', args: {}, workspace: about.id },
    fields: [
      {
        name: 'person',
        label: 'By or about',
        input: 'person',
        optional: true,
        ...(person !== undefined && { initial: person }),
      },
      {
        name: 'topic',
        label: 'About what',
        input: 'choice',
        optional: true,
        options: options(TOPIC_WORDS),
        ...(topic && { initial: topic }),
      },
      {
        name: 'days',
        label: 'When',
        input: 'choice',
        optional: true,
        options: options(TIMES),
        ...(days !== undefined && String(days) in TIMES && { initial: String(days) }),
      },
    ],
  };
}
