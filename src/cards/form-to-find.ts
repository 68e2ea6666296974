import type { Call, Field, Form } from './card.js';

/** Asks what to look for in a long list: `list` is the call that shows it, and `field` what it takes besides. */
export function formToFind(to: { name: string; title: string; list: Call; field: Field }): Form {
  return { name: to.name, title: to.title, submit: 'Find', call: to.list, fields: [to.field] };
}

/** Part of what is looked for. */
export function searchLine(label: string, hint?: string): Field {
  return { name: 'search', label, input: 'line', maxLength: 80, ...(hint && { hint }) };
}
