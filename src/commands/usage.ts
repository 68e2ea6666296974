import { DateTime } from 'luxon';
import { z } from 'zod';
import { usageCard } from '../cards/balance/ledger-cards.js';
import type { Answer } from '../chat/invocation.js';
import type { Minor } from '../ledger/entry.js';
import { peopleByIds } from '../workspace/people.js';
import { verdict } from '../workspace/permissions.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { monthMeant, MONTHS } from './months.js';

export const usage = workspaceCommand({
  args: z.strictObject({ month: z.string().max(20).optional() }),
  read(words) {
    const month = words.choice(['this', 'last', ...MONTHS]) ?? words.matching(/^\d{4}-\d{2}$/);
    words.choice(['month', "month's"]);
    return { month };
  },
  run: (context, { month }) => showUsage(context, month ?? 'this'),
});

/** A month's totals, in the workspace's own time zone, from its ledger. */
export async function showUsage(context: InWorkspace, asked: string): Promise<Answer> {
  const { at, membership, services, workspace } = context;
  const now = DateTime.fromJSDate(at, { zone: workspace.timeZone });
  const from = monthMeant(asked, now);
  const totals = await services.ledger.totals(workspace.id, from.toJSDate(), from.plus({ months: 1 }).toJSDate());
  const said = verdict('seeIndividualSpend', membership.role);
  const all = said.answer === 'yes' && !said.only;
  const people = all
    ? { people: await named(context, totals.spendByPerson) }
    : { ownMinor: totals.spendByPerson.get(context.actor.id) ?? 0 };
  const running = from.hasSame(now, 'month');
  const card = usageCard({
    about: await aboutWorkspace(services.ledger, workspace),
    month: from.year === now.year ? from.toFormat('LLLL') : from.toFormat('LLLL yyyy'),
    running,
    totals,
    ...people,
    other: running ? 'last' : 'this',
  });
  return { kind: 'private', card };
}

/** Spend by people known here under their names; who is not known keeps the name that the engine gave. */
async function named({ account }: InWorkspace, spend: ReadonlyMap<string, Minor>): Promise<ReadonlyMap<string, Minor>> {
  const people = await peopleByIds(account.id, [...spend.keys()]);
  const byName = new Map<string, Minor>();
  for (const [id, minor] of spend) {
    const name = people.get(id)?.name ?? id;
    byName.set(name, (byName.get(name) ?? 0) + minor);
  }
  return byName;
}
