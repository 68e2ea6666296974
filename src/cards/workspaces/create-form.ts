import type { Form } from '../card.js';

/** `amount`: what whoever makes it wants to add at once, as they typed it. */
export function createWorkspaceForm({ amount }: { amount?: string | undefined }): Form {
  return {
    name: 'create-workspace',
    title: 'New workspace',
    submit: 'Create',
    call: { command: 'create', args: { ...(amount && { amount }) } },
    fields: [{ name: 'name', label: 'Name', hint: 'Like Marketing.', input: 'line', maxLength: 60 }],
  };
}
