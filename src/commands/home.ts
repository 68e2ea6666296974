import type { Card } from '../cards/card.js';
import { homeCard, WORKSPACES_SHOWN } from '../cards/home/home-card.js';
import { meetingsHostedBy } from '../meetings/meetings.js';
import { countRequestsBy } from '../workspace/requests.js';
import type { Context } from './command.js';
import { askedByMe, asksOf } from './my-requests.js';
import { myInvitations, mySeats, withDaysLeft } from './my-seats.js';
import { decidable } from './pick-request.js';

/** Of the requests of each side; the others are behind the card's button. */
const REQUESTS_SHOWN = 3;

/** The actor's home card as things stand; `note` says first what was just done from it. */
export async function homeFor(context: Context, note?: string): Promise<Card> {
  const { account, actor } = context;
  const waiting = await decidable(context);
  const { seats, total } = await mySeats(context, { offset: 0, limit: WORKSPACES_SHOWN });
  const active = seats.filter((seat) => seat.active);
  const others = seats.filter((seat) => !seat.active);
  const myRequests = await countRequestsBy(account.id, actor.id, 'pending');
  return homeCard({
    ...(note && { note }),
    name: actor.name,
    seats: [...(await withDaysLeft(context, active)), ...others],
    total,
    invitations: await myInvitations(context),
    requestsForMe: waiting.length,
    forMe: await asksOf(context, waiting.slice(0, REQUESTS_SHOWN)),
    myRequests,
    mine: myRequests > 0 ? await askedByMe(context, { offset: 0, limit: REQUESTS_SHOWN, state: 'pending' }) : [],
    ...(seats.length === 0 && { meetings: await meetingsOf(context) }),
    mayCreate: account.owner === actor.id,
  });
}

/** How many meetings somebody without a workspace still has. */
async function meetingsOf({ account, actor }: Context): Promise<number> {
  const page = { without: [], offset: 0, limit: 1 };
  return (await meetingsHostedBy({ account: account.id, person: actor.id, ...page })).total;
}
