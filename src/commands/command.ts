import type { z } from 'zod';
import type { Card, Choice, Form, Json } from '../cards/card.js';
import type { Answer, Invocation } from '../chat/invocation.js';
import type { Minor } from '../ledger/entry.js';
import { refuse } from '../refusal.js';
import type { Account, Membership, Person, PersonId, Workspace, WorkspaceId } from '../workspace/entities.js';
import { type Identity, parseGroupKey, parseIdentityKey } from '../workspace/identity.js';
import type { Seat } from '../workspace/memberships.js';
import type { Action, Facts } from '../workspace/permissions.js';
import type { Reader } from './reader.js';
import type { Services } from './services.js';

/** A command's arguments as a button, a form or an approved request carries them. */
export type Args = Readonly<Record<string, Json | undefined>>;

/** Who asks, from where, and with what right; made once per invocation by dispatch. */
export interface Context {
  services: Services;
  /** The whole table: help shows it, requests look their call up in it. */
  commands: readonly Command[];
  invocation: Invocation;
  account: Account;
  actor: Person;
  identity: Identity;
  /** Of the actor's memberships at least the active one, and that in the only workspace of `boundHere`. */
  here: readonly Seat[];
  /** All of the actor's memberships, suspended ones too, the first joined first: for who may be in hundreds, a query. */
  seats: () => Promise<readonly Seat[]>;
  /** The workspaces that the chat channel where it was typed is bound to, as far as that matters. */
  boundHere: readonly WorkspaceId[];
  at: Date;
  /** The operation's idempotency key: the button's, the request's, or the delivery's. */
  key: string;
  /** For commands about a person: the pressed card's workspace, or the one that was named. */
  cardWorkspace?: WorkspaceId;
  workspaceName?: string;
  /** Has the account read anew by the next who asks anything; absent where no account is remembered. */
  forgetAccount?: () => void;
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
  /** What a field of its form can be, for a picker that searches: the first of those with these words in their name. */
  choices?(context: C, of: Choosing): Promise<readonly Choice[]>;
  /** Before a denied call becomes a request: a card that offers to ask, where asking costs somebody money. */
  offer?(context: C, args: A): Promise<Card | undefined>;
  /** For commands that a denied person may ask for: what is asked, in words, for those who decide. */
  asks?(about: AskAbout, args: A): Promise<Asking>;
  /** What the matrix must know of this case of whoever acts or would decide it, besides their role. */
  facts?(of: Whose, args: A): Promise<Facts>;
  /**
   * For commands that move money or say how it moves by itself: what this call would move. None where it only shows or
   * asks. Dispatch has a large amount retyped, or decided by a second person, before it runs: see step-up.ts.
   */
  moves?(context: C, args: A): Promise<Moving | undefined>;
  /** Does it. Refusals are thrown; `context.key` makes a repeat harmless. */
  run(context: C, args: A): Promise<Answer>;
}

/** What is asked of the picker of a form's field; `words` may be none. */
export interface Choosing {
  field: string;
  words: string;
  limit: number;
}

/** Somebody whose rights in a case are looked up. */
export interface Whose {
  services: Services;
  account: Account;
  workspace?: Workspace;
  person: PersonId;
}

/** A change of a workspace's money, as the step-up weighs it. */
export interface Moving {
  /** The workspace whose policies bind it. */
  workspace: Workspace;
  amountMinor: Minor;
  /** A whole sentence: `£500.00 goes from Marketing to Support.` */
  what: string;
  /** It loosens the rule about two people itself, and so takes two whatever its amount, while there are two. */
  loosensTwo?: true;
  /** It is somebody's decision about a request: that is the second person already. */
  isDecision?: true;
}

/** What a request concerns: looked up anew each time its card is drawn. */
export interface AskAbout {
  services: Services;
  account: Account;
  /** Absent for a request that concerns the account. */
  workspace?: Workspace;
}

/** A request in words: see cards/requests/request-card.ts. */
export interface Asking {
  wants: string;
  context: readonly string[];
  /** Whole sentences under it: cost, what it would be afterwards, which policies bind. */
  details?: readonly string[];
  /** The label of saying yes, where it is not `Approve`. */
  yes?: string;
}

/** A definition whose argument type is checked on the way in, so that commands of all kinds share one table. */
export interface Does<C> {
  read(words: Reader): Args;
  form(context: C, args: Args): Promise<Form | undefined>;
  choices(context: C, of: Choosing): Promise<readonly Choice[]>;
  offer(context: C, args: Args): Promise<Card | undefined>;
  asks(about: AskAbout, args: Args): Promise<Asking>;
  /** Whether the case matters to the matrix at all: what is to be looked up for `facts` need not be where not. */
  hasFacts: boolean;
  facts(of: Whose, args: Args): Promise<Facts>;
  hasMoves: boolean;
  moves(context: C, args: Args): Promise<Moving | undefined>;
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
  /** It works in a workspace that is disabled, too. */
  evenDisabled?: true;
  /** It changes something: a repeat under the same key gets the first answer again. A function where arguments tell. */
  changes?: boolean | ((args: Args) => boolean);
  /** How a denied call becomes a request. */
  asking?: {
    /** The approvals channels, or privately those who hold the right. */
    goesTo: 'approvals' | 'holders';
    /** Once approved it runs as the requester, or as the person who said yes (who then pays). */
    runsAs: 'requester' | 'decider';
    /** Its effect is in the ledger or at the provider, where no transaction of ours reaches: its key makes a repeat harmless. */
    outside?: true;
  };
} & (
    | {
        on: 'workspace';
        does: Does<InWorkspace>;
        /** What it does for somebody who is in no workspace, where that is anything. */
        alone?: Does<Context>;
      }
    | { on: 'person'; does: Does<Context> }
  );

export const personCommand = <A>(definition: Definition<A, Context>): Does<Context> => checked(definition);
export const workspaceCommand = <A>(definition: Definition<A, InWorkspace>): Does<InWorkspace> => checked(definition);

/** Where an argument has no words of its own for what it takes: the validator's are not for people. */
const SOMETHING_ELSE = 'something else';

/** What the person can recognise as theirs: no list, and no key of whom they picked. */
function asTyped(value: Json | undefined): string {
  return typeof value === 'string' && !parseIdentityKey(value) && !parseGroupKey(value) ? value : '';
}

function checked<A, C>(definition: Definition<A, C>): Does<C> {
  const parse = (args: Args): A => {
    const read = definition.args.safeParse(args, { error: () => SOMETHING_ELSE });
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const argument = String(issue?.path[0] ?? 'argument');
    return refuse({
      kind: 'badArgument',
      argument,
      typed: asTyped(args[argument]),
      expected: issue?.message ?? SOMETHING_ELSE,
    });
  };
  return {
    read: (words) => definition.read?.(words) ?? {},
    form: async (context, args) => definition.form?.(context, parse(args)),
    choices: async (context, of) => definition.choices?.(context, of) ?? [],
    offer: async (context, args) => definition.offer?.(context, parse(args)),
    asks: async (about, args) => {
      if (!definition.asks) throw new Error('a denied call of this command cannot become a request');
      return definition.asks(about, parse(args));
    },
    hasFacts: definition.facts !== undefined,
    facts: async (of, args) => definition.facts?.(of, parse(args)) ?? {},
    hasMoves: definition.moves !== undefined,
    moves: async (context, args) => definition.moves?.(context, parse(args)),
    run: async (context, args) => definition.run(context, parse(args)),
  };
}
