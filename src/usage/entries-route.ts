import type { z } from 'zod';
import type { Entry, HistoryQuery, Ledger } from '../ledger/entry.js';
import { exportEntries } from '../ledger/export.js';
import { answer } from './answer.js';
import type { Handle } from './caller.js';
import { type entriesAnswer, entriesQuery } from './entry-schemas.js';
import { shownHold } from './holds.js';
import { sendCsv } from './entries-csv.js';
import { parseOr400 } from './problem.js';

/** The entries, oldest first: a page as JSON, or every one of them as CSV where the caller asks for that. */
export function entriesRoute(ledger: Ledger): Handle {
  return async ({ workspace, request, response }) => {
    const query = historyQuery(parseOr400(entriesQuery, { ...request.query }));
    response.vary('accept');
    if (request.accepts(['json', 'text/csv']) === 'text/csv') {
      const { limit: _limit, ...all } = query;
      return sendCsv(response, exportEntries(ledger, workspace.id, all));
    }
    const { entries, next = null } = await ledger.history(workspace.id, query);
    answer<typeof entriesAnswer>(response, { currency: workspace.currency, entries: entries.map(shown), next });
  };
}

function historyQuery({ after, limit, kind, resource, from, to }: z.output<typeof entriesQuery>): HistoryQuery {
  return {
    after,
    limit,
    ...(kind && { kind }),
    ...(resource !== undefined && { resource }),
    ...(from && { from: new Date(from) }),
    ...(to && { to: new Date(to) }),
  };
}

function shown(entry: Entry): z.output<typeof entriesAnswer>['entries'][number] {
  const { sequence, key, kind, amountMinor, balanceMinor, heldMinor, at, hold, effectiveAt } = entry;
  const { item, quantity, resource, person, memo, reverses, reference } = entry;
  return {
    entry: sequence,
    key,
    kind,
    amountMinor,
    balanceMinor,
    heldMinor,
    at: at.toISOString(),
    ...(item !== undefined && { item }),
    ...(quantity !== undefined && { quantity }),
    ...(resource !== undefined && { resource }),
    ...(person !== undefined && { person }),
    ...(memo !== undefined && { memo }),
    ...(effectiveAt && { effectiveAt: effectiveAt.toISOString() }),
    ...(reverses !== undefined && { reverses }),
    ...(reference !== undefined && { reference }),
    ...(hold && { hold: shownHold(hold) }),
  };
}
