import type { FieldValues, Form } from '../cards/card.js';
import type { Answer, Dispatch, Invocation, Picker } from '../chat/invocation.js';
import type { Minor } from '../ledger/entry.js';
import { writtenFor } from '../readers-money.js';
import { Refusal, refuse } from '../refusal.js';
import { type AuditPlace, withAuditFrom } from '../workspace/audit-from.js';
import type { Workspace, WorkspaceId } from '../workspace/entities.js';
import { membershipsOf } from '../workspace/memberships.js';
import { createAccountCache } from './account-cache.js';
import { askHolders, askSecond } from './asking.js';
import { type BoundCall, bind } from './bound-call.js';
import type { Args, Choosing, Command, Context } from './command.js';
import { readersLocale } from './context.js';
import { actionOf } from './deciders.js';
import { FIND } from './find.js';
import { formAgain } from './form-again.js';
import { commandNamed, understand } from './parse.js';
import { didYouMean } from './near-misses.js';
import { permit } from './permission.js';
import { COMMANDS } from './registry.js';
import { plainArgs } from './plain-args.js';
import { refused, refusedIn } from './refused.js';
import { onceOnly } from './repeats.js';
import { recogniseSender } from './sender.js';
import type { Services } from './services.js';
import { saidWithFile } from './shared-file.js';
import { formOf, RETYPED, stepUp } from './step-up.js';
import { visible } from './words.js';

type Accounts = ReturnType<typeof createAccountCache>;

/** What is asked, before anybody looked whether the person may. */
export interface Asked {
  command: Command;
  args: Args;
  /** A button's workspace. */
  cardWorkspace?: WorkspaceId;
  /** A workspace as it was named. */
  workspaceName?: string;
  /** A button's idempotency key. */
  key?: string;
  /** A large amount as it was typed once more. */
  retyped?: string;
  /** Only what a field of the command's form can be. */
  choosing?: Choosing;
}

/**
 * The one road of everything people ask: are they of an enabled account and a full member of it, what do they
 * ask, in which workspace, may they, was it asked before; then it runs. No step can be skipped.
 * Refusals come back as private cards; anything else that is thrown is an outage.
 */
export function createDispatch(services: Services): Dispatch {
  const accounts = createAccountCache();
  return async (invocation) => {
    try {
      return await answerTo(services, accounts, invocation);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return refused(error.reason);
    }
  };
}

async function answerTo(services: Services, accounts: Accounts, invocation: Invocation): Promise<Answer> {
  const { account, person, here, boundHere } = await recogniseSender(services, accounts.findAccount, invocation);
  const { sender: identity, at } = invocation;
  const context = {
    services,
    commands: COMMANDS,
    invocation,
    account,
    actor: person,
    identity,
    here,
    seats: once(() => membershipsOf(account.id, person.id)),
    boundHere,
    at,
    key: invocation.delivery,
    forgetAccount: () => accounts.forgetAccount(account.id),
  };
  const answer = await withAuditFrom({ from: placeOf(invocation) }, () => understoodAndDone(context));
  return writtenFor(answer, localeOf(answer, context));
}

/** What one person alone gets is written as they write numbers; what others read too, as their company does. */
function localeOf({ kind }: Answer, context: Context): string | undefined {
  return kind === 'private' || kind === 'form' ? readersLocale(context) : context.account.locale;
}

async function understoodAndDone(context: Context): Promise<Answer> {
  try {
    const asked = readAsk(context.invocation);
    return await perform({ ...context, ...(asked.key && { key: asked.key }) }, asked);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(error.reason, await didYouMean(context, error.reason));
  }
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | undefined;
  return () => (begun ??= work());
}

function placeOf({ place, reference }: Invocation): AuditPlace {
  const { platform, kind, channelName } = place;
  return { platform, kind, reference, ...(channelName && kind === 'channel' && { channelName }) };
}

function readAsk({ ask }: Invocation): Asked {
  if ('home' in ask) return { command: row('help'), args: {} };
  if ('find' in ask) return { command: FIND, args: { words: ask.find, offset: ask.offset, limit: ask.limit } };
  if ('choose' in ask) return readChoosing(ask);
  if ('typed' in ask) return understand(saidWithFile(ask.typed, ask.file), COMMANDS);
  const { command, args, workspace, key } = 'clicked' in ask ? ask.clicked : ask.submitted;
  const { [RETYPED]: retyped, ...typed } = 'submitted' in ask ? filledIn(ask.fields) : {};
  return {
    command: row(command),
    args: { ...args, ...typed },
    ...(workspace && { cardWorkspace: workspace }),
    ...(key && { key }),
    ...(retyped !== undefined && { retyped }),
  };
}

function readChoosing({ choose, words, limit }: Extract<Invocation['ask'], { choose: Picker }>): Asked {
  const { command, field, workspace } = choose;
  const choosing = { field, words: visible(words).trim(), limit };
  return { command: row(command), args: {}, choosing, ...(workspace && { cardWorkspace: workspace }) };
}

function row(name: string): Command {
  return commandNamed(name, COMMANDS) ?? refuse({ kind: 'unknownCommand', typed: name, nearest: [] });
}

/** Fields as a person reads them; one left empty is an argument not given. */
function filledIn(fields: FieldValues): FieldValues {
  const read = Object.entries(fields).map(([field, value]) => [field, visible(value).trim()] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== ''));
}

async function perform(context: Context, asked: Asked): Promise<Answer> {
  const call = await bind(context, asked);
  if (asked.choosing) return choose(context, asked.command, call, asked.choosing);
  try {
    return await carryOut(context, asked, call);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const form = await formAgain(context, asked, error.reason);
    if (form) return { kind: 'form', form };
    if (!call.workspace) throw error;
    return refusedIn(call.workspace, error.reason, asked, context.commands);
  }
}

/** Whoever may not use the command is offered nothing to use it with. */
async function choose(context: Context, command: Command, call: BoundCall, of: Choosing): Promise<Answer> {
  const action = actionOf(command, {});
  if (action) await permit(askerOf(context, call), action, {});
  return { kind: 'choices', choices: await call.choices(of) };
}

function askerOf({ account, actor }: Context, { role, workspace }: BoundCall) {
  return { account, person: actor.id, role, ...(workspace && { workspace: workspace.id }) };
}

async function carryOut(context: Context, asked: Asked, call: BoundCall): Promise<Answer> {
  const { command, args } = asked;
  const { services, account, actor, key, at } = context;
  const action = actionOf(command, args);
  const facts = action ? await call.facts() : {};
  const said = action && (await permit(askerOf(context, call), action, facts));
  const becomesRequest = action !== undefined && said?.answer === 'request';

  const offer = becomesRequest ? await call.offer() : undefined;
  if (offer) return { kind: 'private', card: offer };
  const form = await call.form();
  if (form) return { kind: 'form', form };
  const step = becomesRequest ? undefined : await weigh(context, asked, call);
  if (step && 'form' in step) return { kind: 'form', form: step.form };
  const act = () => {
    if (becomesRequest) return askHolders({ context, command, args, action, facts, ...workspaceOf(call) });
    return step ? askSecond({ context, command, args, ...step }) : call.run();
  };
  const changes = typeof command.changes === 'function' ? command.changes(args) : command.changes;
  if (!changes) return act();
  const operation = { account: account.id, person: actor.id, command: command.name, args, key, at };
  const answer = await onceOnly(operation, act);
  services.nudge();
  return answer;
}

/** What a call that moves money needs beyond the right to it: a retyping, or a second person. */
async function weigh(
  context: Context,
  { command, args, cardWorkspace, retyped }: Asked,
  call: BoundCall,
): Promise<{ form: Form } | { workspace: Workspace; aboveMinor: Minor | undefined } | undefined> {
  const moving = await call.moves();
  if (!moving) return undefined;
  const { account, key } = context;
  const locale = readersLocale(context);
  const { retype, second } = await stepUp({ account, moving, ...(retyped !== undefined && { retyped }), locale });
  if (retype) {
    const workspace = call.workspace?.id ?? cardWorkspace;
    const again = { command: command.name, args: plainArgs(args), key, ...(workspace && { workspace }) };
    return { form: formOf(again, moving, retype, retyped) };
  }
  return second && { workspace: moving.workspace, aboveMinor: second.aboveMinor };
}

const workspaceOf = ({ workspace }: BoundCall) => workspace && { workspace };
