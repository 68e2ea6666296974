import { describe, expect, test } from '@jest/globals';
import { type Reason, Refusal } from '../../src/refusal.js';
import { checkContacts } from '../../src/resources/check-contacts.js';
import { decodeText } from '../../src/resources/decode-text.js';
import { fillTemplate, templateText } from '../../src/resources/template-text.js';

const ANN = '+447400123456';
const BEN = '+447400123457';

async function reasonOf(work: () => unknown): Promise<Reason> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('what is read', () => {
  test.each([
    ['commas', `phone,First name,city\n${ANN},Ann,Leeds`],
    ['a mark and Windows line ends', `\ufeffphone,First name,city\r\n${ANN},Ann,Leeds\r\n`],
    ['semicolons', `phone;First name;city\n${ANN};Ann;Leeds`],
    ['tabs, as a spreadsheet copies', `phone\tFirst name\tcity\n${ANN}\tAnn\tLeeds`],
    ['quotes and empty lines', `"phone","First name",city\n\n"${ANN}","Ann","Leeds"\n\n`],
    ['a guard against formulas', `phone,first_name,city\n'${ANN},Ann,Leeds`],
    ['another name for the number', `first-name,Mobile,city\nAnn,${ANN},Leeds`],
    ['a type for the number', `First name,whatsapp:phone,city\nAnn,${ANN},Leeds`],
    ['numbers as people write them', 'phone,first_name,city\n+44 (0)7400 123456,Ann,Leeds'],
  ])('%s', async (_name, csv) => {
    const checked = await checkContacts(csv);
    expect(checked.bad).toEqual([]);
    expect(checked.contacts).toMatchObject([{ phone: ANN, fields: { first_name: 'Ann', city: 'Leeds' } }]);
    expect(checked.columns).toEqual([
      { name: 'first_name', type: 'text' },
      { name: 'city', type: 'text' },
    ]);
  });

  test('quoted cells hold separators, quotes and lines; later lines keep their numbers', async () => {
    const { contacts } = await checkContacts(`phone,note\n${ANN},"a, ""b""\nc"\n${BEN},d`);
    expect(contacts.map(({ line, fields }) => [line, fields['note']])).toEqual([
      [2, 'a, "b"\nc'],
      [4, 'd'],
    ]);
  });

  test('numbers without a country code are of the country that is named, others stay what they are', async () => {
    const { contacts } = await checkContacts('phone\n07400 123456\n+33612345678', 'GB');
    expect(contacts.map(({ phone }) => phone)).toEqual([ANN, '+33612345678']);
  });

  test.each([
    ['UTF-8', Buffer.from('phone,city\n,Köln')],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('phone,city\n,Köln', 'utf16le')])],
    ['western Windows', Buffer.from('phone,city\n,Köln', 'latin1')],
  ])('a file in %s', (_name, bytes) => {
    expect(decodeText(bytes)).toContain('Köln');
  });

  test('a workbook is no text', () => {
    expect(decodeText(Buffer.from('PK\u0003\u0004\u0000\u0000'))).toBeUndefined();
  });
});

test('rows that are wrong are told by line and reason; of one number the first row counts', async () => {
  const csv = [
    'phone,visits:number,joined:date,mail:email',
    `${ANN},3,2026-12-24,ann@acme.com`,
    ',1,,',
    '12345,1,,',
    '07400 123458,1,,',
    `${BEN},many,,`,
    `${BEN},1,24/12/2026,`,
    `${BEN},1,2026-02-30,`,
    `${BEN},1,,ann`,
    `${BEN},1,,,more`,
    `${BEN},${'1'.repeat(501)},,`,
    '+44 7400 123456,9,,',
  ].join('\n');
  const { contacts, duplicates, bad } = await checkContacts(csv);
  expect(contacts).toEqual([
    { line: 2, phone: ANN, fields: { visits: '3', joined: '2026-12-24', mail: 'ann@acme.com' } },
  ]);
  expect(duplicates).toEqual([{ line: 12, first: 2 }]);
  expect(bad.map(({ line, why, column }) => [line, why, column])).toEqual([
    [3, 'noPhone', undefined],
    [4, 'needsCountry', undefined],
    [5, 'needsCountry', undefined],
    [6, 'notANumber', 'visits'],
    [7, 'notADate', 'joined'],
    [8, 'notADate', 'joined'],
    [9, 'notAnEmail', 'mail'],
    [10, 'tooManyCells', undefined],
    [11, 'tooLong', 'visits'],
  ]);
  expect((await checkContacts('phone\n0000000000', 'GB')).bad).toMatchObject([{ why: 'notAPhone' }]);
});

test.each([
  ['', 'empty'],
  ['phone\n', 'noRows'],
  ['name,city\nAnn,Leeds', 'noPhoneColumn'],
  [`phone,mobile\n${ANN},${BEN}`, 'severalPhoneColumns'],
  [`phone,1st\n${ANN},x`, 'badColumn'],
  [`phone,city:colour\n${ANN},x`, 'badColumn'],
  [`phone,city,City\n${ANN},x,y`, 'columnTwice'],
  [`phone,"city\n${ANN},x`, 'openQuote'],
  [`phone\n${'1\n'.repeat(20_001)}`, 'tooManyRows'],
  [`phone,${[...'abcdefghijklmnopqrstuvwxyz'].map((c) => `${c},${c}${c}`).join(',')}\n${ANN}`, 'tooManyColumns'],
])('%j cannot be read: %s', async (csv, why) => {
  expect(await reasonOf(() => checkContacts(csv))).toMatchObject({ kind: 'badCsv', why });
});

describe('a template', () => {
  test('knows its variables by the names of columns, and fills them in', () => {
    const { text, variables } = templateText(' Hello {{First name}}, {{ city }} and {{first_name}}! ');
    expect(variables).toEqual(['first_name', 'city']);
    expect(fillTemplate(text, { first_name: 'Ann', constructor: 'x' })).toEqual({
      text: 'Hello Ann, {{ city }} and Ann!',
      missing: ['city'],
    });
    expect(fillTemplate('{{toString}}', {})).toEqual({ text: '{{toString}}', missing: ['tostring'] });
  });

  test.each(['Hello {{}}', 'Hello {{1st}}', 'Hello {{name', 'Hello name}}', '   ', 'x'.repeat(1_601)])(
    '%j is refused',
    async (text) => {
      expect(await reasonOf(() => templateText(text))).toMatchObject({ kind: 'badArgument', argument: 'text' });
    },
  );
});
