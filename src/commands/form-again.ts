import type { FieldValues, Form } from '../cards/card.js';
import { wordsOfCard } from '../cards/plain-text.js';
import { refusalCard } from '../cards/refusals/refusal-card.js';
import { isSetApart } from '../money.js';
import type { Reason } from '../refusal.js';
import { bind } from './bound-call.js';
import type { Args, Context } from './command.js';

/**
 * The form with what was typed and what was refused of it beside its field: the one that was sent, or the command's own
 * where an amount was typed that can be read in two ways. Undefined where the refusal stands at no field of it.
 */
export async function formAgain(
  context: Context,
  asked: Parameters<typeof bind>[1],
  reason: Reason,
): Promise<Form | undefined> {
  const { ask } = context.invocation;
  const values = 'submitted' in ask ? ask.fields : 'typed' in ask ? ambiguous(asked.args, reason) : {};
  const filled = fieldsOf(reason).filter((field) => values[field]?.trim());
  const refused = filled.find((field) => 'typed' in reason && values[field]?.trim() === reason.typed) ?? filled[0];
  if (refused === undefined) return undefined;
  const args = 'submitted' in ask ? without(ask.submitted.args, 'sure') : without(asked.args, refused);
  const form = await (await bind(context, { ...asked, args })).form();
  if (!form?.fields.some(({ name }) => name === refused)) return undefined;
  const fields = form.fields.map((field) => {
    const initial = values[field.name] ?? field.initial;
    const typed = initial === undefined ? field : { ...field, initial };
    return field.name === refused ? { ...typed, error: wordsOf(reason) } : typed;
  });
  return { ...form, fields };
}

/** The amount that was refused, where it can be read in two ways: it is asked for again, never guessed. */
function ambiguous(args: Args, reason: Reason): FieldValues {
  if (reason.kind !== 'badAmount' || !['notANumber', 'tooPrecise'].includes(reason.why)) return {};
  if (!isSetApart(reason.typed)) return {};
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value === reason.typed)) as FieldValues;
}

function without(args: Args, name: string): Args {
  return Object.fromEntries(Object.entries(args).filter(([each]) => each !== name));
}

/** Where the refused thing may have been typed, the likeliest first; reasons that stand at no field are left out. */
const FIELDS: Readonly<Partial<Record<Reason['kind'], readonly string[]>>> = {
  insufficient: ['amount'],
  cannotTransfer: ['to'],
  unknownWorkspace: ['to'],
  ambiguousWorkspace: ['to'],
  badAmount: ['amount', 'value', 'below', 'add', 'max', 'price'],
  workspaceNameTaken: ['name'],
  channelNameTaken: ['name'],
  selfIntoPrivate: ['person'],
  webhookAddress: ['address'],
  unknownPerson: ['colleagues', 'addresses', 'handTo', 'person'],
  ambiguousPerson: ['colleagues', 'addresses', 'handTo', 'person'],
  alreadyMember: ['colleagues', 'addresses', 'person'],
  alreadyInvited: ['colleagues', 'addresses', 'person'],
  cannotJoin: ['colleagues', 'addresses', 'person'],
  unknownGroup: ['colleagues', 'addresses'],
  policyForbids: ['colleagues', 'addresses', 'person', 'room', 'days'],
  notMember: ['person', 'handTo'],
  notAnOwner: ['person'],
  notInChannel: ['person'],
  unknownChannel: ['room', 'channel'],
  channelArchived: ['room', 'channel'],
  privateChannel: ['room', 'channel'],
  unknownMeeting: ['meeting'],
  wouldLockOut: ['value'],
  twoNeeded: ['value'],
  primaryOwnerStays: ['person'],
  rankGuard: ['role', 'person'],
  noSeat: ['licence'],
  resourceNameTaken: ['name'],
  unknownResource: ['template', 'list'],
  badCsv: ['csv'],
};

function fieldsOf(reason: Reason): readonly string[] {
  return reason.kind === 'badArgument' ? [reason.argument] : (FIELDS[reason.kind] ?? []);
}

function wordsOf(reason: Reason): string {
  return wordsOfCard({ ...refusalCard(reason), parts: refusalCard(reason).parts.slice(0, 1) });
}
