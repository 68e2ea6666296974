import { z } from 'zod';
import { findWorkspaceForm, pickerCard } from '../cards/home/home-card.js';
import { switchedCard } from '../cards/workspaces/workspace-cards.js';
import { refuse } from '../refusal.js';
import { openInvitationsOf } from '../workspace/invitations.js';
import { switchActive } from '../workspace/memberships.js';
import { verdict } from '../workspace/permissions.js';
import { flag, offset, text } from './argument.js';
import { type Context, personCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { mySeats, withDaysLeft } from './my-seats.js';
import { seatByName, whichWorkspace } from './which-workspace.js';

const PAGE = 10;

export const list = personCommand({
  args: z.strictObject({
    search: text(80).optional(),
    /** The form that asks what to look for. */
    find: flag,
    offset,
  }),
  read(words) {
    const find = words.choice(['find', 'search']) !== undefined;
    words.drop('all');
    const search = words.rest();
    return search === undefined && find ? { find } : { search };
  },
  form: (_context, { find, search }) => (find && search === undefined ? findWorkspaceForm() : undefined),
  run: async (context, { search, offset: start }) => ({
    kind: 'private',
    card: await picker(context, { ...(search && { search }), ...(start && { offset: start }) }),
    replace: start !== undefined || search !== undefined,
  }),
});

export const switchTo = personCommand({
  args: z.strictObject({ name: z.string().max(200).optional() }),
  read: (words) => ({ name: words.rest() }),
  async run(context, { name }) {
    const { account, actor, at, cardWorkspace, services } = context;
    const named = name ?? context.workspaceName;
    if (!cardWorkspace && !named) return { kind: 'private', card: await picker(context) };
    const { here, seats } = context;
    const asked = { account, person: actor.id, here, seats, boundHere: [], at };
    const id = cardWorkspace ?? (await seatByName(asked, named ?? '')).workspace.id;
    const seat = await whichWorkspace({ ...asked, cardWorkspace: id });
    await switchActive({ account: account.id, person: actor.id, workspace: id, at });
    const mayInvite = verdict('invite', seat.membership.role).answer === 'yes';
    return { kind: 'private', card: switchedCard(await aboutWorkspace(services.ledger, seat.workspace), mayInvite) };
  },
});

async function picker(context: Context, { search, offset: start = 0 }: { search?: string; offset?: number } = {}) {
  const filter = search ? { search } : {};
  const { seats, total } = await mySeats(context, { ...filter, offset: start, limit: PAGE });
  if (seats.length > 0 || search) {
    return pickerCard({ seats: await withDaysLeft(context, seats), total, ...filter, offset: start, pageSize: PAGE });
  }
  const invitations = await openInvitationsOf(context.account.id, context.actor.id, context.at);
  return refuse({ kind: 'noWorkspace', hasInvitations: invitations.length > 0 });
}
