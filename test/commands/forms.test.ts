import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { Field, Form } from '../../src/cards/card.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { identityKey } from '../../src/workspace/identity.js';
import { FORM_SAMPLES } from '../cards/form-samples.js';
import { MIA, NOW, OLIVIA, slackUser } from '../support/acme.js';
import { stock } from '../resources/stock.js';
import { callOf, firstLine, said, toldTo, useOffice } from './harness.js';

/** With what the samples' choices stand for: an item that has a price, and an entry. */
const office = useOffice(async (acme) => {
  await stock(acme.marketing, acme.olivia);
  const topUp = { key: 'topup:1', kind: 'topup', amountMinor: 500, contra: 'provider', at: NOW } as const;
  await createLedger(mongoose.connection.db!).post({ wallet: acme.marketing.id, ...topUp });
  return acme;
});

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
  'history-entry entry': '2',
};

function valueOf(form: Form, field: Field): string {
  const known = TYPED[`${form.name} ${field.name}`];
  if (known) return known;
  switch (field.input) {
    case 'line':
    case 'lines':
      return field.initial ?? TYPED[field.name] ?? 'Sales';
    case 'amount':
      return '50';
    case 'channel':
      return 'C0SALES';
    case 'person':
    case 'people':
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
    const gold = { command: 'licence', args: { person: identityKey(MIA), licence: 'gold' }, workspace };
    expect(firstLine(await office().press(OLIVIA, gold))).toBe(
      "I can't take “gold”. Please give a licence: standard or pro.",
    );
  });
});
