import { DateTime } from 'luxon';
import { z } from 'zod';
import { type WhySince, whyCard } from '../cards/forecast/why-card.js';
import { noteLook } from '../forecast/looks.js';
import { causesOf } from '../forecast/waterfall.js';
import { flag } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWith } from './context.js';
import { whoSpent } from './who-spent.js';

const MOST_DAYS = 366;

const whyArgs = z.strictObject({
  days: z.coerce.number().int().min(1).max(MOST_DAYS, `at most ${MOST_DAYS} days`).optional(),
  month: flag,
  share: flag,
  /** From when on what is shared goes: pressed later, it shows what was seen. */
  since: z.iso.datetime().optional(),
  /** The chat channel that it is shared to. */
  where: z.string().max(300).optional(),
});

/** How a balance came to be what it is: since the reader last looked, or in a period they name. */
export const why = workspaceCommand({
  args: whyArgs,
  read: (words) => {
    const days = words.days();
    const month = words.phrase('this month', 'so far', 'month') ? true : undefined;
    words.drop('since', 'last', 'in', 'look', 'looked', 'i', 'my');
    return { days, month };
  },
  async run(context, args) {
    const { actor, at, invocation, services, workspace } = context;
    const { share, where } = args;
    const before = share ? undefined : await noteLook({ ...placeOf(context), at });
    const { since, from } = periodOf(context, args, before);
    // What was posted at this very moment belongs to it.
    const totals = await services.ledger.totals(workspace.id, from, new Date(at.getTime() + 1));
    const facts = {
      about: aboutWith(workspace, totals.closingMinor),
      openingMinor: totals.openingMinor,
      causes: causesOf(totals),
      since,
      from: from.toISOString(),
      zone: context.actor.timeZone ?? workspace.timeZone,
    };
    if (share) return { kind: 'open', card: whyCard(facts, { shared: { by: actor.name } }), ...(where && { where }) };
    const { kind, channel } = invocation.place;
    const people = await whoSpent(context, totals.spendByPerson);
    return { kind: 'private', card: whyCard({ ...facts, ...people }, kind === 'direct' ? {} : { asked: channel }) };
  },
});

const placeOf = ({ account, actor, workspace }: InWorkspace) => ({
  account: account.id,
  workspace: workspace.id,
  person: actor.id,
});

/** Who never looked before is told of the month. */
function periodOf(
  { at, workspace }: InWorkspace,
  { days, month, since }: z.output<typeof whyArgs>,
  before: Date | undefined,
): { since: WhySince; from: Date } {
  if (since !== undefined) return { since: { is: 'look' }, from: new Date(since) };
  const now = DateTime.fromJSDate(at, { zone: workspace.timeZone });
  if (days !== undefined) return { since: { is: 'days', days }, from: now.minus({ days }).toJSDate() };
  if (month || !before) return { since: { is: 'month' }, from: now.startOf('month').toJSDate() };
  return { since: { is: 'look' }, from: before };
}
