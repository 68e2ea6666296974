import { z } from 'zod';
import type { Call, FieldValues, Form } from '../../cards/card.js';
import { joinSeveral, splitSeveral } from '../../cards/several.js';
import { identityKey, parseIdentityKey } from '../../workspace/identity.js';
import { fieldValues } from './draw/draw-form.js';
import type { Roster } from './roster.js';

const call = z
  .object({
    command: z.string().min(1).max(100),
    args: z.record(z.string(), z.json()),
    workspace: z.string().max(100).optional(),
    key: z.string().max(200).optional(),
  })
  .transform(
    ({ workspace, key, ...rest }): Call => ({ ...rest, ...(workspace && { workspace }), ...(key && { key }) }),
  );

const fieldNames = z.array(z.string()).optional();

/** `people`: the fields that take a person; `several`: those that take more than one. */
const pressed = z.looseObject({ call, form: z.string().optional(), people: fieldNames, several: fieldNames });

/** The data that our own buttons and forms carry, as it comes back with a click. */
export type Pressed = z.infer<typeof pressed>;

/** What was pressed, or undefined where the data is none of ours. */
export function readPressed(data: unknown): Pressed | undefined {
  return pressed.safeParse(data).data;
}

const text = z.string().max(4_000);
const common = {
  name: text,
  label: text,
  hint: text.exactOptional(),
  optional: z.boolean().exactOptional(),
  error: text.exactOptional(),
  initial: text.exactOptional(),
};
const maxLength = z.number().exactOptional();

const field = z.discriminatedUnion('input', [
  z.object({ ...common, input: z.literal('line'), maxLength }),
  z.object({ ...common, input: z.literal('lines'), maxLength }),
  z.object({ ...common, input: z.literal('amount'), currency: text }),
  z.object({ ...common, input: z.enum(['person', 'people']) }),
  z.object({
    ...common,
    input: z.literal('choice'),
    options: z.array(z.object({ value: text, label: text })).max(200),
    searched: z.boolean().exactOptional(),
  }),
  z.object({
    ...common,
    input: z.literal('channel'),
    options: z.array(z.object({ value: text, label: text })).max(200),
  }),
]);

const opener = z.object({
  user: z.string(),
  form: z.object({ name: text, title: text, submit: text, call, intro: z.array(text), fields: z.array(field).max(30) }),
});

/** The form that a button opens as a dialog, and for whom; it travels in the button, as Teams keeps nothing for us. */
export function readOpener(data: unknown): { user: string; form: Form } | undefined {
  return opener.safeParse(data).data;
}

/**
 * The fields as typed. In those that ask for people, the directory's pick, an e-mail address or a name that only
 * one known person has becomes an identity key; anything else stays as it is, for the command to refuse.
 */
export async function readFields(data: Pressed, tenant: string, roster: Roster): Promise<FieldValues> {
  const values = fieldValues(data);
  for (const name of data.people ?? []) {
    const value = values[name]?.trim();
    if (value) values[name] = await personKey(value, tenant, roster);
  }
  for (const name of data.several ?? []) {
    const keys = splitSeveral(values[name] ?? '').map((one) => personKey(one, tenant, roster));
    values[name] = joinSeveral(await Promise.all(keys));
  }
  return values;
}

const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function personKey(text: string, tenant: string, roster: Roster): Promise<string> {
  if (parseIdentityKey(text)) return text;
  if (OBJECT_ID.test(text)) return identityKey({ platform: 'teams', tenant, user: text });
  const found = text.includes('@') ? await roster.findByEmail(tenant, text) : await roster.findByName(tenant, text);
  return found ? identityKey(found) : text;
}
