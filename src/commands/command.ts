import type { z } from 'zod';
import type { Form, Json } from '../cards/card.js';
import type { Answer, Invocation } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import type { Account, Membership, Person, Workspace } from '../workspace/entities.js';
import type { Identity } from '../workspace/identity.js';
import type { Seat } from '../workspace/memberships.js';
import type { Action } from '../workspace/permissions.js';
import type { Reader } from './reader.js';
import type { Services } from './services.js';

/** A command's arguments as a button, a form or an approved request carries them. */
export type Args = Readonly<Record<string, Json | undefined>>;

/** Who asks, from where, and with what right; made once per invocation by dispatch. */
export interface Context {
  services: Services;
  invocation: Invocation;
  account: Account;
  actor: Person;
  identity: Identity;
  /** The actor's memberships, suspended ones too. */
  seats: readonly Seat[];
  at: Date;
  /** The operation's idempotency key: the button's, the request's, or the delivery's. */
  key: string;
  /** Set while an approved request runs. */
  approvedBy?: Person;
}

/** The context of a command about a workspace: the actor is in it, and not suspended. */
export interface InWorkspace extends Context {
  workspace: Workspace;
  membership: Membership;
}

interface Definition<A, C> {
  /** What the arguments must be, whoever sends them. */
  args: z.ZodType<A>;
  /** Typed words to arguments; words it leaves behind are refused, or name the workspace. */
  read?(words: Reader): Args;
  /** The form that asks for what is missing. */
  form?(context: C, args: A): Form | undefined | Promise<Form | undefined>;
  /** Does it. Refusals are thrown; `context.key` makes a repeat harmless. */
  run(context: C, args: A): Promise<Answer>;
}

/** A definition whose argument type is checked on the way in, so that commands of all kinds share one table. */
export interface Does<C> {
  read(words: Reader): Args;
  form(context: C, args: Args): Promise<Form | undefined>;
  run(context: C, args: Args): Promise<Answer>;
}

/** The part of a row that people see; help and manifests are made from it. */
export interface CommandFace {
  name: string;
  aliases: readonly string[];
  /** As typed after `/workspace`: `invite @people or e-mails [as role]`. */
  usage: string;
  summary: string;
}

/** One row of the table. */
export type Command = CommandFace & {
  /** The permission it takes; a function where that depends on the arguments; none where everybody may. */
  action?: Action | ((args: Args) => Action | undefined);
  /** Words left over name the workspace: `balance Ops`. */
  bareWorkspace?: boolean;
  /** An alias says something of its own (`promote`): the reader gets it as the first word. */
  readsAlias?: boolean;
  /** Where a denied call's request goes: the approvals channels, or privately to those with the right. */
  asks?: 'approvals' | 'holders';
} & ({ on: 'workspace'; does: Does<InWorkspace> } | { on: 'person'; does: Does<Context> });

export const personCommand = <A>(definition: Definition<A, Context>): Does<Context> => checked(definition);
export const workspaceCommand = <A>(definition: Definition<A, InWorkspace>): Does<InWorkspace> => checked(definition);

function checked<A, C>(definition: Definition<A, C>): Does<C> {
  const parse = (args: Args): A => {
    const read = definition.args.safeParse(args);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const argument = String(issue?.path[0] ?? 'argument');
    return refuse({ kind: 'badArgument', argument, typed: JSON.stringify(args[argument] ?? ''), expected: issue?.message ?? '' });
  };
  return {
    read: (words) => definition.read?.(words) ?? {},
    form: async (context, args) => definition.form?.(context, parse(args)),
    run: async (context, args) => definition.run(context, parse(args)),
  };
}
