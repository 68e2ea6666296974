import { z } from 'zod';
import { insertedBalanceCard } from '../cards/balance/balance-card.js';
import { seatStanding } from '../cards/home/home-card.js';
import type { Found } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import { openInvitationsOf } from '../workspace/invitations.js';
import { chatAllows } from './chat-allowed.js';
import { type Command, type Context, personCommand } from './command.js';
import { myUsableSeats, withDaysLeft } from './my-seats.js';
import { nearest } from './near.js';

const find = personCommand({
  args: z.strictObject({
    words: z.string().max(200),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(25),
  }),
  async run(context, { words, offset, limit }) {
    const matching = await myUsableSeats(context, { search: words.trim(), offset, limit });
    if (matching.length === 0 && offset === 0) return refuse(await whyNone(context, words));
    return { kind: 'found', found: await balancesOf(context, matching) };
  },
});

/**
 * What somebody types into a chat's search box, to put a workspace's balance into a conversation. It is in no list of
 * commands: nobody types or presses it.
 */
export const FIND: Command = {
  name: 'find',
  aliases: [],
  usage: 'find [workspace]',
  summary: 'Put the balance of a workspace into a conversation',
  on: 'person',
  does: find,
};

async function whyNone(context: Context, words: string) {
  const names = (await context.seats()).flatMap(({ membership, workspace }) =>
    membership.suspended || workspace.status === 'disabled' ? [] : [workspace.name],
  );
  if (names.length > 0) return { kind: 'unknownWorkspace' as const, typed: words, nearest: nearest(words, names) };
  const invitations = await openInvitationsOf(context.account.id, context.actor.id, context.at);
  return { kind: 'noWorkspace' as const, hasInvitations: invitations.length > 0 };
}

/** Of these workspaces of the actor those whose policy lets this chat show anything of them. */
async function balancesOf(context: Context, matching: Awaited<ReturnType<typeof myUsableSeats>>): Promise<Found[]> {
  const { account, actor, identity, services } = context;
  const heads = await services.ledger.heads(matching.map((seat) => seat.id));
  const found: Found[] = [];
  for (const seat of await withDaysLeft(context, matching)) {
    const { id, name, currency, balanceMinor } = seat;
    if (!(await chatAllows(account, id, identity))) continue;
    const head = heads.get(id);
    const about = { id, name, currency, balanceMinor };
    const facts = { about, heldMinor: head?.heldMinor ?? 0, level: head?.level ?? ('ok' as const) };
    found.push({ title: name, detail: seatStanding(seat), card: insertedBalanceCard(facts, actor.name) });
  }
  return found;
}
