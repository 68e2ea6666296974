import { z } from 'zod';
import { historyCard } from '../cards/ledger-cards.js';
import type { EntryKind } from '../ledger/entry.js';
import { verdict } from '../workspace/permissions.js';
import { workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { showUsage } from './usage.js';

const PAGE = 10;
const DAY_MS = 24 * 60 * 60 * 1000;
const KINDS = ['topup', 'usage', 'refund', 'dispute', 'reversal', 'adjustment'] as const satisfies readonly EntryKind[];

/** A workspace's entries, newest first; members get the totals by resource instead. */
export const history = workspaceCommand({
  args: z.strictObject({
    days: z.coerce.number().int().min(1, 'days from 1 to 3650').max(3_650, 'days from 1 to 3650').optional(),
    kind: z.enum(KINDS, `one of ${KINDS.join(', ')}`).optional(),
    before: z.coerce.number().int().positive().optional(),
  }),
  read(words) {
    const kind = words.choice(KINDS);
    return { kind, days: words.days() };
  },
  async run(context, { days, kind, before }) {
    const { at, membership, services, workspace } = context;
    const said = verdict('seeEntries', membership.role);
    if (said.answer === 'yes' && said.only === 'totals') return showUsage(context, 'this');
    const page = await services.ledger.history(workspace.id, {
      limit: PAGE,
      ...(before && { before }),
      ...(kind && { kind }),
      ...(days && { from: new Date(at.getTime() - days * DAY_MS) }),
    });
    const card = historyCard({
      about: await aboutWorkspace(services.ledger, workspace),
      zone: context.actor.timeZone ?? workspace.timeZone,
      lines: page.entries.map((entry) => {
        const what = entry.memo ?? entry.resource ?? entry.item;
        const { sequence, amountMinor, balanceMinor } = entry;
        return {
          sequence,
          kind: entry.kind,
          at: entry.at.toISOString(),
          amountMinor,
          balanceMinor,
          ...(what && { what }),
        };
      }),
      filter: { ...(kind && { kind }), ...(days && { days }) },
      newest: before === undefined,
      ...(page.next !== undefined && { older: page.next }),
    });
    return { kind: 'private', card, replace: before !== undefined };
  },
});
