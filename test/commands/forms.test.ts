import { describe, expect, test } from '@jest/globals';
import type { Field, Form } from '../../src/cards/card.js';
import { identityKey } from '../../src/workspace/identity.js';
import { FORM_SAMPLES } from '../cards/form-samples.js';
import { MIA, OLIVIA, slackUser } from '../support/acme.js';
import { callOf, firstLine, said, toldTo, useOffice } from './harness.js';

const office = useOffice();

/** What somebody types, where any word will not do. */
const TYPED: Readonly<Record<string, string>> = {
  when: 'tomorrow 9:00',
  until: 'tomorrow 10:00',
  sendAt: 'tomorrow 9:00',
  length: '30',
  day: '1',
  days: '7',
  from: 'tomorrow',
  csv: 'Phone\n+441632960001',
  address: 'https://hooks.acme.com/workspaces',
  link: 'https://talks.acme.com/1',
  'disable-workspace name': 'Marketing',
};

function valueOf(form: Form, field: Field): string {
  switch (field.input) {
    case 'line':
    case 'lines':
      return TYPED[`${form.name} ${field.name}`] ?? field.initial ?? TYPED[field.name] ?? 'Sales';
    case 'amount':
      return '50';
    case 'channel':
      return 'C0SALES';
    case 'person':
      return identityKey(MIA);
    case 'choice':
      return field.options[0]?.value ?? '';
  }
}

const filled = (form: Form) => Object.fromEntries(form.fields.map((field) => [field.name, valueOf(form, field)]));
const named = FORM_SAMPLES.map((form, index) => [`${index} ${form.name}`, form] as const);

describe('a form', () => {
  test.each(named)('%s sends what its command takes', async (_name, form) => {
    const call = { ...form.call, workspace: office().acme.marketing.id };
    const answer = await office().invoke(OLIVIA, { submitted: call, fields: filled(form) });
    expect(JSON.stringify(answer)).not.toMatch(/I can't take|Please give/);
  });

  test('adds a colleague to a channel, who is told', async () => {
    const room = await office().type(OLIVIA, 'channel create private Deal room');
    const form = await office().press(
      OLIVIA,
      callOf(await office().press(OLIVIA, callOf(room, 'People')), 'Add somebody'),
    );
    expect(said(form)).toBe('form: add-to-channel');
    const added = await office().submit(OLIVIA, form, { person: identityKey(MIA) });
    expect(said(added)).toContain('Mia is in Deal room now.');
    expect((await toldTo({ person: office().acme.mia.id })).join('\n')).toContain('Deal room');
    expect(said(await office().type(MIA, 'channel Deal room'))).toContain('Deal room');
  });

  test('that is sent with something else says so in our words, and shows no key of anybody', async () => {
    const { id: workspace } = office().acme.marketing;
    const people = identityKey(slackUser('U0SOMEBODY'));
    const altered = { command: 'channel', args: { what: 'add', room: 'Sales', people }, workspace };
    expect(firstLine(await office().press(OLIVIA, altered))).toBe('Please give something else.');
    const longer = { command: 'alerts', args: { at: '9'.repeat(50) }, workspace };
    expect(firstLine(await office().press(OLIVIA, longer))).toMatch(/Please give a percentage or an amount\.$/);
  });
});
