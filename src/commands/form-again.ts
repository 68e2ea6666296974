import type { Form } from '../cards/card.js';
import { plainText } from '../cards/plain-text.js';
import { refusalCard } from '../cards/refusal-card.js';
import type { Reason } from '../refusal.js';
import { bind } from './bound-call.js';
import type { Context } from './command.js';

/**
 * The form that was sent, with what was typed and what was refused of it beside its field; undefined where the
 * refusal stands at no field of it.
 */
export async function formAgain(
  context: Context,
  asked: Parameters<typeof bind>[1],
  reason: Reason,
): Promise<Form | undefined> {
  const { ask } = context.invocation;
  if (!('submitted' in ask)) return undefined;
  const filled = fieldsOf(reason).filter((field) => ask.fields[field]?.trim());
  const refused = filled.find((field) => 'typed' in reason && ask.fields[field]?.trim() === reason.typed) ?? filled[0];
  if (refused === undefined) return undefined;
  const form = await (await bind(context, { ...asked, args: ask.submitted.args })).form();
  if (!form?.fields.some(({ name }) => name === refused)) return undefined;
  const fields = form.fields.map((field) => {
    const initial = ask.fields[field.name] ?? field.initial;
    const typed = initial === undefined ? field : { ...field, initial };
    return field.name === refused ? { ...typed, error: wordsOf(reason) } : typed;
  });
  return { ...form, fields };
}

/** Where the refused thing may have been typed, the likeliest first; reasons that stand at no field are left out. */
const FIELDS: Readonly<Partial<Record<Reason['kind'], readonly string[]>>> = {
  badAmount: ['amount', 'value', 'below', 'add', 'max'],
  workspaceNameTaken: ['name'],
  unknownPerson: ['addresses', 'person'],
  alreadyMember: ['addresses', 'person'],
  alreadyInvited: ['addresses', 'person'],
  cannotJoin: ['addresses', 'person'],
};

function fieldsOf(reason: Reason): readonly string[] {
  return reason.kind === 'badArgument' ? [reason.argument] : (FIELDS[reason.kind] ?? []);
}

function wordsOf(reason: Reason): string {
  return plainText({ ...refusalCard(reason), parts: refusalCard(reason).parts.slice(0, 1) });
}
