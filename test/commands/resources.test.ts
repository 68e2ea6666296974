import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { Answer } from '../../src/chat/invocation.js';
import { setPrice } from '../../src/prices/set-price.js';
import { downloadFile } from '../../src/usage/download-files.js';
import { openDownload } from '../../src/usage/downloads.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { ADAM, MAX, MIA, OLIVIA } from '../support/acme.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

const office = useOffice();
const ANN = '+447400123456';
const BEN = '+447400123457';
const CSV = `phone,first_name,city\n${ANN},Ann,Leeds\n${BEN},Ben,\n`;

const all = (collection: string) => mongoose.connection.db!.collection(collection).find().sort({ _id: 1 }).toArray();

async function imported(name = 'Spring', csv = CSV): Promise<Answer> {
  return office().submit(MIA, await office().type(MIA, 'contacts import'), { name, csv });
}

/** A file sent to the bot, with words beside it. */
function send(who: typeof MIA, name: string, content: string | Uint8Array, words = ''): Promise<Answer> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  office().acme.chat.files.set(name, bytes);
  const file = { platform: 'slack', tenant: 'T02', id: name, name } as const;
  return office().invoke(who, { typed: words ? [words] : [], file });
}

async function actions(): Promise<string[]> {
  const lines = await auditTrail({
    account: office().acme.account.id,
    workspace: office().acme.marketing.id,
    limit: 20,
  });
  return lines.map(({ action }) => action).filter((action) => /^(contactList|template|price)\./.test(action));
}

describe('contacts by paste', () => {
  test('a form takes name and text; the list is opened, counted and in the audit trail', async () => {
    const form = await office().type(MIA, 'contacts import Spring');
    expect(form).toMatchObject({
      form: { fields: [{ name: 'name', initial: 'Spring' }, { name: 'csv' }, { name: 'country' }] },
    });
    const done = await office().submit(MIA, form, { name: 'Spring', csv: `${CSV}${ANN},Again,` });
    expect(said(done)).toBe(
      [
        'Spring is ready with 2 contacts.',
        'Line 4: the same number as line 2, left out.',
        '[Open the list] [Use in a campaign]',
        'Marketing · £0.00',
      ].join('\n'),
    );
    const open = await office().press(MIA, callOf(done, 'Open the list'));
    expect(said(open)).toBe(
      [
        'Spring',
        'Contacts: 2',
        'Columns: phone, first_name, city',
        'Changed: 16 Nov 2026, 09:00',
        'Imported by: Mia',
        'phone | first_name | city',
        `${ANN} | Ann | Leeds`,
        `${BEN} | Ben | `,
        '[Use in a campaign] [Add contacts] [CSV] [Take somebody out] [Rename] [Archive]',
        'Marketing · £0.00',
      ].join('\n'),
    );
    expect(await actions()).toEqual(['contactList.imported']);
  });

  test('a wrong row keeps all of it out, and is told beside the text that was typed', async () => {
    const csv = `phone,city\n${ANN},Leeds\n07400 123457,York`;
    const again = await imported('Spring', csv);
    expect(again).toMatchObject({
      kind: 'form',
      form: {
        fields: [
          { name: 'name', initial: 'Spring' },
          {
            name: 'csv',
            initial: csv,
            error:
              'Nothing was imported yet. Line 3: “07400 123457” has no country code, like +44. Please mend them, or fill in the country of the numbers.',
          },
          { name: 'country' },
        ],
      },
    });
    expect([await all('contacts'), await all('contact_lists')]).toEqual([[], []]);
    expect(firstLine(await office().submit(MIA, again, { name: 'Spring', csv, country: 'gb' }))).toBe(
      'Spring is ready with 2 contacts.',
    );
    expect((await all('contacts')).map(({ phone }) => phone)).toEqual([ANN, BEN]);
  });

  test.each([
    [
      { name: 'spring', csv: CSV },
      'name',
      'There is a contact list called “spring” already. Please choose another name.',
    ],
    [{ name: 'Other', csv: 'Ann' }, 'csv', 'No column holds the phone number. Nothing was imported.'],
    [
      { name: 'Other', csv: CSV, country: 'xx' },
      'country',
      "I can't take “xx”. Please give the two letters of a country, like GB.",
    ],
  ])('%j is refused beside its field', async (fields, name, words) => {
    await imported();
    const again = await office().submit(MIA, await office().type(MIA, 'contacts import'), fields);
    if (again.kind !== 'form') throw new Error(said(again));
    expect(again.form.fields.find((field) => field.name === name)?.error).toContain(words);
  });

  test('into a list that is there: what it has stays, new columns are added, another type is refused', async () => {
    await imported();
    const form = await office().press(ADAM, callOf(await office().type(ADAM, 'contacts spring'), 'Add contacts'));
    const added = await office().submit(ADAM, form, { csv: `phone,age:number\n${ANN},30\n+447400123458,40` });
    expect(said(added)).toContain('1 contact added to Spring, which has 3 now.');
    expect(said(added)).toContain('Line 2: the list has this number, left as it was.');
    expect((await all('contacts')).map(({ fields }) => fields)).toEqual([
      { first_name: 'Ann', city: 'Leeds' },
      { first_name: 'Ben' },
      { age: '40' },
    ]);
    const clash = await office().submit(ADAM, form, { csv: 'phone,age\n+447400123459,40' });
    expect(JSON.stringify(clash)).toContain('The list has that column as “age:number”.');
    expect(await actions()).toEqual(['contactList.extended', 'contactList.imported']);
  });

  test('the same form twice is one list; two at once into one list lose nobody', async () => {
    const form = await office().type(MIA, 'contacts import');
    const both = await Promise.all([1, 2].map(() => office().submit(MIA, form, { name: 'Spring', csv: CSV })));
    expect(both.map(firstLine).filter((line) => line === 'Spring is ready with 2 contacts.')).toHaveLength(1);
    expect(await all('contact_lists')).toHaveLength(1);
    const add = await office().press(MIA, callOf(await office().type(MIA, 'contacts Spring'), 'Add contacts'));
    const numbers = ['+447400123458', '+447400123459', '+447400123460'];
    await Promise.all(numbers.map((phone) => office().submit(MIA, add, { csv: `phone\n${phone}\n${numbers[0]}` })));
    const contacts = await all('contacts');
    expect(new Set(contacts.map(({ phone }) => phone))).toEqual(new Set([ANN, BEN, ...numbers]));
    expect(await all('contact_lists')).toMatchObject([{ contacts: 5, lastPosition: 5 }]);
  });
});

describe('contacts by a file', () => {
  const mixed = `phone,city\n${ANN},Leeds\n${ANN},York\n07400 123457,York\n`;

  test('sent without a word: it is shown first, and goes in at the press of a button', async () => {
    const preview = await send(MIA, 'Spring sale.csv', CSV);
    expect(said(preview)).toBe(
      [
        'Spring sale.csv',
        '2 contacts with phone, first_name, city. It becomes the list Spring sale.',
        '[Import 2 contacts] [Change]',
        'Nothing is imported yet. The file is kept for an hour.',
        'Marketing · £0.00',
      ].join('\n'),
    );
    expect(await all('contacts')).toEqual([]);
    const press = callOf(preview, 'Import 2 contacts');
    expect(firstLine(await office().press(MIA, press))).toBe('Spring sale is ready with 2 contacts.');
    expect(firstLine(await office().press(MIA, press))).toBe('Spring sale is ready with 2 contacts.');
    expect([await all('contact_lists'), await all('contact_imports')]).toMatchObject([[{ contacts: 2 }], []]);
  });

  test('with wrong rows: told by line; the country mends them, or the good ones go in alone', async () => {
    const preview = await send(MIA, 'spring.csv', mixed, 'contacts import Autumn');
    expect(said(preview)).toContain('1 contact with phone, city. It becomes the list Autumn.');
    expect(said(preview)).toContain(
      '1 line cannot be imported:\nLine 4: “07400 123457” has no country code, like +44.',
    );
    expect(said(preview)).toContain('Line 3: the same number as line 2, left out.');
    const form = await office().press(MIA, callOf(preview, 'Set the country'));
    const better = await office().submit(MIA, form, { name: 'Autumn', country: 'GB' });
    expect(said(better)).toContain('2 contacts with phone, city. It becomes the list Autumn.');
    await office().press(MIA, callOf(preview, 'Import the 1 good one'));
    expect((await all('contacts')).map(({ phone }) => phone)).toEqual([ANN]);
    expect(firstLine(await office().press(MIA, callOf(better, 'Import 2 contacts')))).toBe(
      'That file was imported already, or was sent more than an hour ago. Please send it again if it is still to be imported.',
    );
  });

  test('into a list that is there, chosen in the form', async () => {
    await imported();
    const preview = await send(MIA, 'more.csv', 'phone\n+447400123458');
    const form = await office().press(MIA, callOf(preview, 'Change'));
    if (form.kind !== 'form') throw new Error(said(form));
    const choice = form.form.fields.find(({ name }) => name === 'list');
    const list = choice?.input === 'choice' ? choice.options[0]!.value : '';
    const chosen = await office().submit(MIA, form, { name: 'more', list });
    expect(said(chosen)).toContain('1 contact with phone. It goes to Spring.');
    expect(firstLine(await office().press(MIA, callOf(chosen, 'Import 1 contact')))).toBe(
      '1 contact added to Spring, which has 3 now.',
    );
  });

  test('is for whoever sent it, for an hour, and never from the arguments of a button', async () => {
    const preview = await send(MIA, 'spring.csv', CSV);
    const press = callOf(preview, 'Import 2 contacts');
    expect(firstLine(await office().press(ADAM, press))).toMatch(/^That file was imported already/);
    const forged = {
      ...press,
      args: { what: 'import', file: { platform: 'slack', tenant: 'T9', id: 'F1', name: 'x' } },
    };
    expect(firstLine(await office().press(MIA, forged))).toBe('Please give something else.');
    office().at = new Date(office().at.getTime() + 3_600_000);
    expect(firstLine(await office().press(MIA, press))).toMatch(/^That file was imported already/);
    expect(await all('contact_lists')).toEqual([]);
  });

  test.each([
    [
      'spring.xlsx',
      'PK\u0003\u0004\u0000',
      'spring.xlsx is no CSV file. Please save it as CSV (UTF-8) and send it again.',
    ],
    ['spring.csv', 'Ann', 'No column holds the phone number. Nothing was imported.'],
  ])('%s with %j is refused', async (name, content, words) => {
    expect(firstLine(await send(MIA, name, content))).toContain(words);
  });

  test('one that the platform does not give out any more is told', async () => {
    const file = { platform: 'slack', tenant: 'T02', id: 'gone', name: 'old.csv' } as const;
    expect(firstLine(await office().invoke(MIA, { typed: [], file }))).toMatch(/^I can't open old.csv any more\./);
  });
});

describe('contact lists', () => {
  test('are searched by name, and paged newest first', async () => {
    for (let index = 1; index <= 9; index++) {
      office().at = new Date(office().at.getTime() + 1_000);
      await imported(`List ${index}`, `phone\n${ANN}`);
    }
    const first = await office().type(MIA, 'contacts');
    expect(said(first).match(/^- List \d/gm)).toEqual([9, 8, 7, 6, 5, 4, 3, 2].map((index) => `- List ${index}`));
    expect(said(await office().press(MIA, callOf(first, 'More'))).match(/^- List \d/gm)).toEqual(['- List 1']);
    expect(said(await office().type(MIA, 'contacts find 3')).match(/^- List \d/gm)).toEqual(['- List 3']);
    expect(firstLine(await office().type(MIA, 'contacts lis'))).toBe('Marketing: contact lists with “lis”');
    expect(firstLine(await office().type(MIA, 'contacts Lust 3'))).toBe(
      'There is no contact list called “Lust 3” here. Did you mean List 3, List 9 or List 8?',
    );
    expect(said(await office().type(OLIVIA, 'contacts in:Support'))).toContain('None yet. Paste some contacts');
  });

  test('are renamed, archived with a question, restored; the name is free meanwhile', async () => {
    await imported();
    expect(said(await office().type(MIA, 'contacts rename Spring to Summer'))).toContain('Spring is Summer now.');
    const asked = await office().type(MIA, 'contacts archive summer');
    expect(firstLine(asked)).toBe('Archive Summer? No new campaign can take it until it is restored.');
    expect(said(await office().press(MIA, callOf(asked, 'Archive')))).toContain('Summer is archived.');
    expect(said(await office().type(MIA, 'contacts'))).toContain('None yet.');
    await imported('Summer');
    const archived = await office().type(MIA, 'contacts archived');
    const old = await office().press(MIA, callOf(archived, 'Open'));
    expect(firstLine(await office().press(MIA, callOf(old, 'Restore')))).toBe(
      'There is a contact list called “Summer” already. Please choose another name.',
    );
    await office().type(MIA, 'contacts rename Summer to Autumn');
    expect(said(await office().press(MIA, callOf(old, 'Restore')))).toContain('Summer is back.');
    expect(await actions()).toEqual([
      ...['contactList.restored', 'contactList.renamed', 'contactList.imported'],
      ...['contactList.archived', 'contactList.renamed', 'contactList.imported'],
    ]);
  });

  test('lose somebody who is taken out, and take them back by the next import', async () => {
    await imported();
    const form = await office().press(MIA, callOf(await office().type(MIA, 'contacts Spring'), 'Take somebody out'));
    const unknown = await office().submit(MIA, form, { phone: '+447400999999' });
    expect(JSON.stringify(unknown)).toContain('Please give a number of Spring');
    expect(said(await office().submit(MIA, form, { phone: '+44 7400 123456' }))).toContain(`${ANN} is taken out.`);
    expect(await all('contact_lists')).toMatchObject([{ contacts: 1 }]);
    const add = await office().press(MIA, callOf(await office().type(MIA, 'contacts Spring'), 'Add contacts'));
    await office().submit(MIA, add, { csv: `phone\n${ANN}` });
    expect((await all('contacts')).map(({ phone, position }) => [phone, position])).toEqual([
      [BEN, 2],
      [ANN, 3],
    ]);
  });

  test('are exported as a file that can be imported again', async () => {
    await imported('Spring', `phone,first_name,joined:date\n${ANN},"=1+1, Ann",2026-12-24`);
    const link = said(await office().type(MIA, 'contacts csv Spring'));
    expect(link).toContain('The contacts of Spring are ready as CSV');
    const [, token = ''] = /download\/([\w-]+)/.exec(JSON.stringify(await office().type(MIA, 'contacts csv Spring')))!;
    const download = await openDownload(token, office().at);
    const file = await downloadFile(office().services.ledger, download!, office().at);
    let csv = '';
    for await (const piece of file!.body) csv += String(piece);
    expect(csv).toBe(`\ufeffphone,first_name,joined:date\r\n'${ANN},"'=1+1, Ann",2026-12-24\r\n`);
    await imported('Copy', csv);
    const [first, second] = await all('contacts');
    expect(second!['fields']).toEqual(first!['fields']);
    expect((await actions())[1]).toBe('contactList.exported');
  });

  test("another workspace's list is not there, by id neither", async () => {
    await imported();
    const [{ _id }] = (await all('contact_lists')) as unknown as [{ _id: string }];
    const { support } = office().acme;
    for (const what of ['open', 'rename', 'remove', 'archive', 'restore', 'csv', 'import']) {
      const args = { what, list: _id, name: 'Mine', phone: ANN, csv: CSV, sure: true };
      const answer = await office().press(MAX, { command: 'contacts', args, workspace: support.id });
      expect(firstLine(answer)).toBe('There is no contact list like that any more here.');
    }
    expect(await all('contact_lists')).toMatchObject([{ name: 'Spring', version: 1 }]);
  });
});

describe('templates', () => {
  const price = (item = 'sms') => {
    const { account, olivia } = office().acme;
    return setPrice({
      account: account.id,
      item,
      priceMicro: 4_000_000,
      validFrom: office().at,
      by: olivia.id,
      at: office().at,
    });
  };

  test('are written in a form with what can be charged, opened, previewed for a contact', async () => {
    await price();
    await imported();
    const form = await office().type(MIA, 'new template Welcome');
    expect(form).toMatchObject({
      form: {
        fields: [
          { name: 'name', initial: 'Welcome' },
          { name: 'item', options: [{ label: 'sms, £0.04 each' }] },
          { name: 'text' },
        ],
      },
    });
    const made = await office().submit(MIA, form, {
      name: 'Welcome',
      item: 'sms',
      text: 'Hello {{first_name}}!\nSee you in {{city}}.',
    });
    expect(said(made)).toBe(
      [
        'Welcome',
        'Welcome is saved.',
        'Hello {{first_name}}!\nSee you in {{city}}.',
        'Charged as: sms, £0.04 each',
        'Variables: first_name, city',
        'Changed: 16 Nov 2026, 09:00',
        '[Use in a campaign] [Preview] [Change] [Archive]',
        'Marketing · £0.00',
      ].join('\n'),
    );
    expect(said(await office().press(MIA, callOf(made, 'Preview')))).toBe(
      [
        `Welcome for ${ANN}`,
        'Hello Ann!\nSee you in Leeds.',
        'From Spring.',
        '[Somebody else] [Back to the template]',
        'Marketing · £0.00',
      ].join('\n'),
    );
    const other = await office().type(MIA, `template preview Welcome with ${BEN}`);
    expect(said(other)).toContain(
      'Hello Ben!\nSee you in {{city}}.\nThis contact of Spring has no city, so that stays as it is written.',
    );
    await imported('Autumn');
    expect(await office().press(MIA, callOf(made, 'Preview'))).toMatchObject({
      form: { fields: [{ name: 'list' }, { name: 'contact' }] },
    });
  });

  test('without a price or a contact there is still something to do', async () => {
    const form = await office().type(MIA, 'template new');
    const made = await office().submit(MIA, form, { name: 'Welcome', item: 'sms', text: 'Hello {{name}}' });
    expect(said(made)).toContain('sms has no price yet: a campaign needs one before it starts.');
    expect(said(await office().press(MIA, callOf(made, 'Preview')))).toContain(
      'There is nobody yet to show it for: import a contact list first.\n[Import contacts]',
    );
  });

  test('what is typed wrong is said beside its field; a change that somebody else made meanwhile is shown', async () => {
    const form = await office().type(MIA, 'template new');
    const fields = { name: 'Welcome', item: 'sms', text: 'Hello {{name' };
    expect(await office().submit(MIA, form, fields)).toMatchObject({
      form: {
        fields: [{}, {}, { name: 'text', initial: 'Hello {{name', error: expect.stringContaining('{{first_name}}') }],
      },
    });
    const made = await office().submit(MIA, form, { ...fields, text: 'Hello' });
    const mias = await office().press(MIA, callOf(made, 'Change'));
    const adams = await office().press(ADAM, callOf(made, 'Change'));
    expect(said(await office().submit(ADAM, adams, { ...fields, text: 'Hi' }))).toContain('Welcome is saved.');
    expect(said(await office().submit(MIA, mias, { ...fields, text: 'Hey' }))).toContain(
      'Somebody changed it while you were writing. This is how it is now; press Change to go on from there.\nHi',
    );
    const again = await office().type(MIA, 'template change Welcome');
    expect(said(await office().submit(MIA, again, { ...fields, name: 'Hello', text: 'Hey' }))).toContain(
      'Hello is saved.',
    );
    expect(await actions()).toEqual(['template.changed', 'template.changed', 'template.created']);
  });

  test('are listed, searched, archived, restored', async () => {
    for (const name of ['Welcome', 'Goodbye']) {
      await office().submit(MIA, await office().type(MIA, 'template new'), { name, item: 'sms', text: `${name} all` });
    }
    expect(said(await office().type(MIA, 'templates'))).toContain(
      '- Goodbye · Goodbye all · sms · changed 16 Nov 2026 [Open]',
    );
    expect(said(await office().type(MIA, 'templates find wel'))).not.toContain('Goodbye');
    const asked = await office().type(MIA, 'template archive Welcome');
    await office().press(MIA, callOf(asked, 'Archive'));
    expect(said(await office().type(MIA, 'template Welcome'))).toContain('Welcome (archived)');
    expect(said(await office().type(MIA, 'template restore Welcome'))).toContain('Welcome is back.');
    expect(firstLine(await office().type(MIA, 'template Welcom'))).toBe('Marketing: templates with “Welcom”');
    expect(firstLine(await office().type(MIA, 'template Wellcome'))).toContain('Did you mean Welcome?');
  });
});

describe('resources', () => {
  test('an overview of every kind with the way to each; a search over all of them', async () => {
    expect(said(await office().type(MIA, 'resources'))).toContain('A campaign sends a template to a contact list.');
    await imported('Spring list');
    await office().submit(MIA, await office().type(MIA, 'template new'), {
      name: 'Spring hello',
      item: 'sms',
      text: 'Hi',
    });
    const overview = await office().type(MIA, 'resources list');
    expect(said(overview)).toContain('- Contact lists · 1 [Open] [Import]\n- Templates · 1 [Open] [New]');
    const found = await office().type(MIA, 'resources spring');
    expect(said(found)).toContain(
      '- Spring list · Contact list · 2 contacts [Open]\n- Spring hello · Template · sms [Open]',
    );
    expect(firstLine(await office().press(MIA, callOf(found, 'Open')))).toBe('Spring list');
  });

  test.each([
    ['resources contact lists', "Marketing's contact lists"],
    ['contact lists', "Marketing's contact lists"],
    ['resources templates', "Marketing's templates"],
    ['resources prices', "Marketing's prices"],
    ['resources import', 'form: import-contacts'],
    ['import contacts', 'form: import-contacts'],
    ['make a template Hello', 'form: new-template'],
  ])('%s', async (typed, line) => {
    expect(firstLine(await office().type(MIA, typed))).toBe(line);
  });

  test('are closed to the suspended, and to people of other workspaces', async () => {
    await imported();
    const { account, mia, marketing } = office().acme;
    await mongoose.connection
      .db!.collection('memberships')
      .updateOne({ account: account.id, person: mia.id }, { $set: { suspended: true } });
    const call = { command: 'contacts', args: {}, workspace: marketing.id };
    expect(firstLine(await office().press(MIA, call))).toMatch(/suspended/);
    expect(firstLine(await office().press(MAX, call))).toBe(
      'This card belongs to a workspace that you are not in. Ask a colleague there to invite you.',
    );
  });
});
