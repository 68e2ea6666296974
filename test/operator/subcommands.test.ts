import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { SUBCOMMANDS } from '../../src/operator/subcommands.js';
import { UsageFault } from '../../src/operator/usage-fault.js';
import { enqueue } from '../../src/notices/outbox/outbox.js';
import { OutboxModel } from '../../src/notices/outbox/outbox-model.js';
import { Refusal } from '../../src/refusal.js';
import { accountOfTenant } from '../../src/workspace/accounts.js';
import { useDatabase } from '../support/database.js';

useDatabase();

const AT = new Date('2026-11-01T10:00:00Z');

function operator(line: string) {
  const [name, ...args] = line.split(' ');
  return SUBCOMMANDS.find((subcommand) => subcommand.name === name)!.read(args);
}

const run = (line: string) => operator(line)(AT);

test('enabling a company twice makes one account, and tells its owner once', async () => {
  const first = await run('enable slack:T1 --name Acme --owner U1');
  const again = await run('enable slack:T1 --name Other --owner U9');
  expect(first.lines[0]).toMatch(/^Acme \(acc_\w+\) is enabled now for slack:T1\.$/);
  expect(again.lines[0]).toMatch(/^Acme \(acc_\w+\) was enabled already/);
  const account = await accountOfTenant('slack:T1');
  expect(account).toMatchObject({
    name: 'Acme',
    currency: 'GBP',
    plan: 'teams',
    timeZone: 'Europe/London',
    strictSingle: false,
  });
  const told = await OutboxModel.find({ account: account!.id }).lean();
  expect(told).toHaveLength(1);
  expect(told[0]!.card.name).toBe('account-ready');
});

test('a company may have its people in one workspace at a time, and write numbers as at home', async () => {
  await run('enable slack:T9 --name Delta --owner U1 --strict-single --locale de-DE');
  expect(await accountOfTenant('slack:T9')).toMatchObject({ strictSingle: true, locale: 'de-DE' });
});

test('a second platform joins an account by its id, and the accounts are listed with both', async () => {
  await run('enable slack:T2 --name Beta --owner U1 --currency eur --plan enterprise --time-zone Europe/Berlin');
  const { id } = (await accountOfTenant('slack:T2'))!;
  await run(`enable teams:11aa --name Beta --owner x --account ${id}`);
  const { lines } = await run('accounts');
  expect(lines).toContain(`${id}  Beta  enabled  enterprise  slack:T2  teams:11aa`);
});

test('disabling is undone by enabling again', async () => {
  await run('enable slack:T3 --name Gamma --owner U1');
  await run('disable slack:T3');
  expect(await accountOfTenant('slack:T3')).toMatchObject({ status: 'disabled' });
  await run('enable slack:T3 --name Gamma --owner U1');
  expect(await accountOfTenant('slack:T3')).toMatchObject({ status: 'enabled' });
});

test('disabling a tenant that was never enabled is refused', async () => {
  await expect(run('disable slack:NONE')).rejects.toThrow(Refusal);
});

test('nothing held back is said in words, and an unknown id did not work', async () => {
  expect(await run('dead list')).toEqual({ done: true, lines: ['No notice was given up.'] });
  expect(await run('dead retry n1')).toEqual({ done: false, lines: ['n1 is no dead notice.'] });
  expect(await run('unknown resolve n1 arrived')).toMatchObject({ done: false });
});

test('what was given up is sent again all at once, of one account or of all', async () => {
  const to = { email: 'nina@acme.com' };
  const card = { name: 'test', parts: [] };
  await enqueue([1, 2, 3].map((n) => ({ id: `dead ${n}`, account: n < 3 ? 'acc_1' : 'acc_2', to, card })));
  await OutboxModel.updateMany(
    { account: mongoose.trusted({ $in: ['acc_1', 'acc_2'] }) },
    { $set: { state: 'dead', endedAt: new Date() } },
  );
  expect(await run('dead retry all acc_1')).toEqual({ done: true, lines: ['2 sent again.'] });
  expect((await run('dead list')).lines[0]).toMatch(/^dead 3 {2}acc_2 {2}to email:nina@acme.com/);
  expect(await run('dead retry all')).toEqual({ done: true, lines: ['1 sent again.'] });
  expect(await run('dead retry all')).toMatchObject({ done: false });
});

test.each([
  'enable',
  'enable T1 --name Acme --owner U1',
  'enable slack:T1 --owner U1',
  'enable slack:T1 --name Acme',
  'enable slack:T1 slack:T2 --name Acme --owner U1',
  'enable slack:T1 --name Acme --owner U1 --currency POUNDS',
  'enable slack:T1 --name Acme --owner U1 --plan golden',
  'enable slack:T1 --name Acme --owner U1 --time-zone Mars/Base',
  'enable slack:T1 --name Acme --owner U1 --locale home',
  'enable slack:T1 --name Acme --owner U1 --colour red',
  'disable',
  'accounts all',
  'dead',
  'dead retry',
  'unknown resolve n1',
  'unknown resolve n1 maybe',
  'handover',
  'handover Marketing',
  'handover Marketing --to U1',
  'handover list --to slack:T1:U1',
  'owner acc_1',
])('%p is refused before anything is opened', (line) => {
  expect(() => operator(line)).toThrow(UsageFault);
});
