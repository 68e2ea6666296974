import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { Call, Field, FieldValues, Form, Json } from '../../src/cards/card.js';
import { COMMANDS } from '../../src/commands/registry.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { FORM_SAMPLES } from '../cards/form-samples.js';
import { SAMPLES } from '../cards/samples.js';
import { type OtherCompany, SECRET, setUpOtherCompany } from '../support/other-company.js';
import { OLIVIA } from '../support/acme.js';
import { everythingStored } from '../support/stored.js';
import { said, useOffice } from './harness.js';

/**
 * Every button of every card and every form, sent by Olivia with another company's ids in it, as an altered request would: nothing of
 * that company is told, and nothing of it changes.
 */

let zeta: OtherCompany | undefined;
const office = useOffice(async (acme) => {
  zeta = await setUpOtherCompany(createLedger(mongoose.connection.db!), 'pepper');
  return acme;
});
const other = () => zeta!;

let before: string;
beforeEach(async () => {
  before = await everythingOfZeta();
});

/** All that the database holds of the other company, as text. */
function everythingOfZeta(): Promise<string> {
  const { account, workspace } = other();
  return everythingStored({ $or: [{ account: account.id }, { _id: account.id }, { w: workspace.id }] });
}

/** The calls of all cards, each once. */
function callsOf(value: unknown, found = new Map<string, Call>()): Map<string, Call> {
  if (Array.isArray(value)) for (const one of value) callsOf(one, found);
  else if (typeof value === 'object' && value !== null) {
    if ('command' in value && 'args' in value) {
      const { command, args } = value as Call;
      found.set(JSON.stringify([command, Object.keys(args).toSorted()]), { command, args });
    }
    for (const one of Object.values(value)) callsOf(one, found);
  }
  return found;
}

const calls = [...callsOf(SAMPLES).values()];
const isId = (value: Json): value is string => typeof value === 'string' && /^[a-z]{1,3}_/.test(value);

/** The call with each id replaced by the other company's of that kind, and where it has none, by each of its ids in turn. */
function altered({ command, args }: Call, ids: OtherCompany['ids']): Call[] {
  const all = Object.values(ids);
  return Object.entries(args).flatMap(([name, value]) => {
    if (!isId(value)) return [];
    const same = ids[value.split('_')[0]!];
    return (same ? [same] : all).map((id) => ({ command, args: { ...args, [name]: id } }));
  });
}

/** Answers are told to Olivia, notices to her colleagues. */
async function expectNothingOfZeta(told: readonly string[]): Promise<void> {
  expect(told.filter((words) => words.includes(SECRET))).toEqual([]);
  expect(await everythingOfZeta()).toBe(before);
  const { account } = office().acme;
  const sent = await mongoose.connection.db!.collection('outbox').find({ account: account.id }).toArray();
  expect(JSON.stringify(sent)).not.toContain(SECRET);
}

const names = [...new Set(calls.map(({ command }) => command))];
const byCommand = names.map((name) => [name, calls.filter(({ command }) => command === name)] as const);

const isChosen = ({ input }: Field) => ['choice', 'person', 'people', 'channel'].includes(input);
const choosing = FORM_SAMPLES.filter(({ fields }) => fields.some(isChosen));
const formsByCommand = [...new Set(choosing.map(({ call }) => call.command))].map(
  (name) => [name, choosing.filter(({ call }) => call.command === name)] as const,
);

/** The form as it came, but for each of the ids in each field where something is chosen. */
function filledIn({ fields }: Form, ids: readonly string[]): FieldValues[] {
  const asItCame = Object.fromEntries(fields.map(({ name, initial = '' }) => [name, initial]));
  return fields.filter(isChosen).flatMap(({ name }) => ids.map((id) => ({ ...asItCame, [name]: id })));
}

describe("another company's ids", () => {
  test('are tried in the buttons of most commands', () => {
    expect(before.split(SECRET).length).toBeGreaterThan(10);
    expect(names.length).toBeGreaterThan(30);
    expect(calls.flatMap((call) => altered(call, other().ids)).length).toBeGreaterThan(100);
  });

  test.each(byCommand)('in the buttons of %s tell nothing and change nothing', async (_command, pressed) => {
    const { marketing } = office().acme;
    const told: string[] = [];
    for (const call of pressed.flatMap((one) => altered(one, other().ids))) {
      told.push(said(await office().press(OLIVIA, { ...call, workspace: marketing.id })));
    }
    await expectNothingOfZeta(told);
  });

  test.each(formsByCommand)(
    'in the fields of the forms of %s tell nothing and change nothing',
    async (_command, forms) => {
      const { marketing } = office().acme;
      const told: string[] = [];
      for (const form of forms) {
        const submitted = { ...form.call, workspace: marketing.id };
        for (const fields of filledIn(form, Object.values(other().ids))) {
          told.push(said(await office().invoke(OLIVIA, { submitted, fields })));
        }
      }
      await expectNothingOfZeta(told);
    },
  );

  test.each(byCommand)('as the workspace of %s do as little', async (_command, pressed) => {
    const told: string[] = [];
    for (const call of pressed) {
      told.push(said(await office().press(OLIVIA, { ...call, workspace: other().workspace.id })));
    }
    await expectNothingOfZeta(told);
  });

  test.each(COMMANDS.map(({ name }) => name))('typed after %s find nothing', async (name) => {
    const told: string[] = [];
    for (const id of Object.values(other().ids)) told.push(said(await office().type(OLIVIA, `${name} ${id}`)));
    told.push(said(await office().type(OLIVIA, `${name} in:"${other().workspace.name}"`)));
    await expectNothingOfZeta(told.map((words) => words.replaceAll(other().workspace.name, '')));
  });
});
