import { beforeEach, describe, expect, test } from '@jest/globals';
import { setPrice } from '../../src/prices/set-price.js';
import { downloadFile } from '../../src/usage/download-files.js';
import { openDownload } from '../../src/usage/downloads.js';
import { changeRole } from '../../src/workspace/memberships.js';
import { stock } from '../resources/stock.js';
import { ADAM, MIA, NOW, OLIVIA } from '../support/acme.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

const office = useOffice();
const wallet = () => office().acme.marketing.id;
/** So many days after 16 November. */
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000);
const TODAY = days(26);

beforeEach(async () => {
  office().at = TODAY;
  const { services } = office();
  const topUp = { key: 'topup:1', kind: 'topup', contra: 'provider', amountMinor: 10_000 } as const;
  await services.ledger.post({ wallet: wallet(), ...topUp, at: NOW });
});

interface Used {
  item?: string;
  quantity?: number;
  resource?: string;
  person?: string;
  hold?: string;
}

let used = 0;
function use(amountMinor: number, at: Date, labels: Used = {}) {
  used += 1;
  const posting = { wallet: wallet(), key: `u:${used}`, kind: 'usage', contra: 'revenue', at } as const;
  return office().services.ledger.post({ ...posting, amountMinor: 0 - amountMinor, ...labels });
}

/** November: sms 300. December: spring sms 400 by Mia on the 6th, spring mms 100 by Adam on the 8th, 50 without a name. */
async function someUse() {
  const { mia, adam } = office().acme;
  await use(300, days(4), { item: 'sms', quantity: 75, resource: 'spring' });
  await use(400, days(20), { item: 'sms', quantity: 100, resource: 'spring', person: mia.id });
  await use(100, days(22), { item: 'mms', quantity: 5, resource: 'spring', person: adam.id });
  await use(50, days(23), { item: 'print' });
}

describe('report', () => {
  test('of a month: by what it was spent on, as chart and table', async () => {
    await someUse();
    expect(said(await office().type(MIA, 'report'))).toBe(
      [
        'Marketing: December so far',
        '£5.50 spent on 105 items.',
        'Most went to spring: £5.00, 91 % of it.',
        'spring: £5.00',
        'not named: £0.50',
        'Spent on | Used | Spent',
        'spring | 105 | £5.00',
        'not named | 0 | £0.50',
        '[By item] [By day] [Last month] [30 days] [CSV] [Keep this report]',
        'Marketing · £91.50',
      ].join('\n'),
    );
  });

  test.each([
    ['report last month', 'Marketing: November', 'spring | 75 | £3.00'],
    ['report November', 'Marketing: November', 'spring | 75 | £3.00'],
    ['report 30d', 'Marketing: the last 30 days', 'spring | 180 | £8.00'],
    ['report item sms 30d', 'sms: the last 30 days', 'spring | 175 | £7.00'],
    ['report spring', 'spring: December so far', 'sms | 100 | £4.00\nmms | 5 | £1.00'],
    ['report spring by day', 'spring: December so far', '6 Dec | 100 | £4.00\n8 Dec | 5 | £1.00'],
    ['reports this month by item', 'Marketing: December so far', 'print | 0 | £0.50'],
    ['resources report spring last month', 'spring: November', 'sms | 75 | £3.00'],
    ['report 2025-01', 'Marketing: January 2025', 'Nothing was spent on Marketing in that time.'],
  ])('%s', async (typed, heading, line) => {
    await someUse();
    const answer = await office().type(ADAM, typed);
    expect(firstLine(answer)).toBe(heading);
    expect(said(answer)).toContain(line);
  });

  test('of a campaign goes from its start to its end, beside its estimate; its name may be a month’s', async () => {
    const { marketing, olivia } = office().acme;
    const { template, list } = await stock(marketing, olivia);
    office().at = days(18);
    const form = await office().type(MIA, 'campaign new March');
    const drafted = await office().submit(MIA, form, { name: 'March', template: template.id, list: list.id });
    await office().press(MIA, callOf(drafted, 'Start for £4.00'));
    const [hold] = (await office().services.ledger.history(marketing.id, { limit: 1, kind: 'hold' })).entries;
    await use(250, days(19), { item: 'sms', quantity: 62, resource: 'March', hold: hold!.hold!.id });
    office().at = days(20);
    const asked = await office().type(MIA, 'campaign end March');
    const ended = await office().press(MIA, callOf(asked, 'End March'));
    office().at = TODAY;
    const report = await office().press(MIA, callOf(ended, 'Report'));
    expect(firstLine(report)).toBe('March: 4 Dec 2026 to 6 Dec 2026');
    expect(said(report)).toContain('£2.50 spent on 62 items. The estimate was £4.00.');
    expect(firstLine(await office().type(MIA, 'report campaign March this month'))).toBe('March: December so far');
  });

  test('of people is for those who may see what each spends; members have their own', async () => {
    await someUse();
    const { adam, mia } = office().acme;
    const people = await office().type(ADAM, 'report by person');
    expect(said(people)).toContain('Mia | 100 | £4.00\nAdam | 5 | £1.00\nnobody in particular | 0 | £0.50');
    expect(firstLine(await office().type(MIA, 'report by person'))).toContain("You can't see people's spend");
    expect(firstLine(await office().press(MIA, { command: 'report', args: { person: adam.id } }))).toContain(
      "You can't see people's spend",
    );
    const own = await office().press(MIA, { command: 'report', args: { person: mia.id } });
    expect(said(own)).toContain('Mia: December so far\n£4.00 spent on 100 items.');
    expect(said(own)).not.toContain('By person');
  });

  test('names no campaign that is not there, and tells what comes near', async () => {
    expect(firstLine(await office().type(MIA, 'report Winter'))).toBe('There is no campaign called “Winter” here.');
  });

  test('of many shows the dearest and sums up the rest', async () => {
    for (let i = 1; i <= 20; i++) await use(i, days(24), { item: 'sms', quantity: 1, resource: `wave ${i}` });
    const answer = said(await office().type(ADAM, 'report'));
    expect(answer).toContain('wave 20 | 1 | £0.20');
    expect(answer).toContain('5 others | 5 | £0.15');
  });
});

describe('its CSV', () => {
  const file = async (url: string) => {
    const download = await openDownload(url.split('/').at(-1)!, TODAY);
    const made = download && (await downloadFile(office().services.ledger, download, TODAY));
    if (!made) return undefined;
    const pieces: string[] = [];
    for await (const piece of made.body) pieces.push(String(piece));
    return pieces.join('');
  };
  const linkOf = async (who: typeof MIA, typed: string) => {
    const report = await office().type(who, typed);
    const card = await office().press(who, callOf(report, 'CSV'));
    const link = /https:\/\/bot\.test\/download\/\S+/.exec(JSON.stringify(card))![0];
    return link.replace(/".*/, '');
  };

  test('has all lines, and harmless cells', async () => {
    await someUse();
    await use(7, days(25), { item: 'sms', quantity: 1, resource: '=1+1' });
    expect(await file(await linkOf(MIA, 'report'))).toBe(
      "\ufeffresource,quantity,spent,spent_minor,currency\r\nspring,105,5.00,500,GBP\r\n,0,0.50,50,GBP\r\n'=1+1,1,0.07,7,GBP\r\n",
    );
  });

  test('of people is not given to whoever is a member by then', async () => {
    await someUse();
    const { account, adam, marketing, olivia } = office().acme;
    const link = await linkOf(ADAM, 'report by person');
    expect(await file(link)).toContain('Mia,100,4.00,400,GBP');
    const demoted = { account: account.id, workspace: marketing.id, person: adam.id, role: 'member' } as const;
    await changeRole({ ...demoted, by: olivia.id, at: NOW });
    expect(await file(link)).toBeUndefined();
  });
});

describe('a kept report', () => {
  test('is made anew when it is opened, listed, archived and taken back', async () => {
    await someUse();
    expect(said(await office().type(MIA, 'report saved'))).toContain('None is kept yet.');
    const form = await office().press(
      MIA,
      callOf(await office().type(MIA, 'report spring by day'), 'Keep this report'),
    );
    const kept = await office().submit(MIA, form, { name: 'Spring diary' });
    expect(firstLine(kept)).toBe('Spring diary: December so far');
    await use(25, TODAY, { item: 'sms', quantity: 6, resource: 'spring' });
    const list = await office().type(ADAM, 'report saved');
    expect(said(list)).toContain('- Spring diary · kept by Mia on 12 Dec 2026 [Open]');
    const opened = await office().press(ADAM, callOf(list, 'Open'));
    expect(said(opened)).toContain('12 Dec | 6 | £0.25');
    expect(firstLine(await office().type(MIA, 'report Spring diary last month'))).toBe('Spring diary: November');

    const again = await office().press(MIA, callOf(await office().type(MIA, 'report'), 'Keep this report'));
    expect(await office().submit(MIA, again, { name: 'SPRING DIARY' })).toMatchObject({ kind: 'form' });
    await office().press(ADAM, callOf(opened, 'Archive'));
    expect(said(await office().type(MIA, 'report saved'))).toContain('None is kept yet.');
    const archived = await office().press(MIA, callOf(await office().type(MIA, 'report saved'), 'Archived'));
    expect(firstLine(await office().press(MIA, callOf(archived, 'Take back')))).toBe('Spring diary: December so far');
  });

  test('about somebody’s spend opens for nobody who may not see that', async () => {
    await someUse();
    const form = await office().press(ADAM, callOf(await office().type(ADAM, 'report by person'), 'Keep this report'));
    await office().submit(ADAM, form, { name: 'Who spends' });
    const list = await office().type(MIA, 'report saved');
    expect(firstLine(await office().press(MIA, callOf(list, 'Open')))).toContain("You can't see people's spend");
    expect(firstLine(await office().type(OLIVIA, 'report Who spends'))).toBe('Who spends: December so far');
  });
});

test('a price list’s items are known by name', async () => {
  const { account, olivia } = office().acme;
  await setPrice({ account: account.id, item: 'SMS', priceMicro: 1, validFrom: new Date(0), by: olivia.id, at: NOW });
  expect(firstLine(await office().type(ADAM, 'report sms'))).toBe('SMS: December so far');
});
