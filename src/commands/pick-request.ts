import { z } from 'zod';
import { requestsCard } from '../cards/requests/requests-card.js';
import type { Answer } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import type { Request } from '../workspace/entities.js';
import { rolesIn, seatIn } from '../workspace/memberships.js';
import { getRequest, pendingRequests, workspacesThatAsk } from '../workspace/requests.js';
import { assertChatAllowed } from './chat-allowed.js';
import type { Args, Context } from './command.js';
import { mayDecide } from './deciders.js';
import type { Reader } from './reader.js';
import { askOf, type RequestDesk } from './request-words.js';
import { peopleByIds } from '../workspace/people.js';
import { parseIdentityKey } from '../workspace/identity.js';
import { personOfIdentity } from '../workspace/people.js';

const SHOWN = 10;

/** How a command says which request it means: by the card's id, or by who asked. */
export const pickedArgs = {
  request: z.string().max(80).optional(),
  who: z.string().max(120).optional(),
};

export interface Picked {
  request: Request;
  /** What was typed besides naming the request. */
  note?: string;
}

/** `approve`, `approve @mia`, `deny req_… too dear`, `deny too dear`: its id, or whose it is; the rest is the note. */
export function readPick(noteName: 'note' | 'text'): (words: Reader) => Args {
  return (words) => {
    const [who] = words.people();
    return { request: words.matching(/^req_[0-9a-z]+$/), who, [noteName]: words.rest() };
  };
}

export function deskOf(context: Context): RequestDesk {
  return { services: context.services, commands: context.commands, account: context.account };
}

/** What waits for this person's decision, oldest first. */
export async function decidable(context: Context): Promise<Request[]> {
  const { account, actor, at } = context;
  const roles = await rolesIn(account.id, actor.id, await workspacesThatAsk(account.id));
  const accountLevel = account.owner === actor.id;
  if (roles.size === 0 && !accountLevel) return [];
  const pending = await pendingRequests(account.id, [...roles.keys()], at, { accountLevel });
  const mine = await Promise.all(
    pending.map(async (request) => {
      const role = request.workspace ? roles.get(request.workspace) : undefined;
      return request.by !== actor.id && mayDecide(deskOf(context), request, { person: actor.id, role });
    }),
  );
  return pending.filter((_, index) => mine[index]);
}

/** The one request that is meant; where several could be, a list to choose from instead. */
export async function pickRequest(
  context: Context,
  args: { request?: string | undefined; who?: string | undefined },
  note: string | undefined,
): Promise<Picked | { answer: Answer }> {
  const withNote = note ? { note } : {};
  if (args.request) {
    const request = await getRequest(context.account.id, args.request);
    return request
      ? { request: await openFromHere(context, request), ...withNote }
      : refuse({ kind: 'unknownRequest', typed: args.request });
  }
  const open = await decidable(context);
  const meant = args.who ? await askedBy(context, open, args.who) : open;
  const [only] = meant;
  if (!only) return refuse({ kind: 'unknownRequest', typed: args.who ?? '' });
  if (meant.length === 1) return { request: await openFromHere(context, only), ...withNote };
  const forMe = await Promise.all(meant.slice(0, SHOWN).map((request) => askOf(deskOf(context), request)));
  const who = args.who && { who: args.who };
  const card = requestsCard({ forMe, waiting: meant.length, mine: [], asked: 0, ...who, offset: 0, pageSize: SHOWN });
  return { answer: { kind: 'private', card } };
}

/** The request, to somebody of its workspace only from a chat that the workspace takes. */
async function openFromHere({ account, actor, identity }: Context, request: Request): Promise<Request> {
  const seat = request.workspace && (await seatIn(account.id, actor.id, request.workspace));
  if (seat) await assertChatAllowed(account, seat.workspace, identity);
  return request;
}

/** Those of them that this person asked for, as they are typed or mentioned. */
export async function askedBy(context: Context, open: readonly Request[], who: string): Promise<Request[]> {
  const identity = parseIdentityKey(who);
  if (identity) {
    const person = await personOfIdentity(context.account.id, who);
    return open.filter((request) => request.by === person?.id);
  }
  const people = await peopleByIds(
    context.account.id,
    open.map((request) => request.by),
  );
  const name = who.replace(/^@/, '').toLowerCase();
  return open.filter((request) => {
    const person = people.get(request.by);
    return person?.name.toLowerCase().startsWith(name) || person?.email === name;
  });
}
