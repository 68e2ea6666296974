import type { Router } from 'express';
import type { Ledger } from '../ledger/entry.js';
import { answer } from './answer.js';
import type { Door } from './caller.js';
import { entriesRoute } from './entries-route.js';
import { priceList } from '../prices/prices.js';
import { Problem } from './problem.js';
import type { balanceAnswer, pricesAnswer } from './schemas.js';

export function readingRoutes(routes: Router, door: Door, ledger: Ledger): void {
  routes.get(
    '/balance',
    door('balance:read', async ({ workspace, request, response }) => {
      refuseQuery(request.query);
      const head = await ledger.head(workspace.id);
      if (!head) throw new Error(`workspace ${workspace.id} has no wallet`);
      const { currency, balanceMinor, heldMinor, availableMinor, level, sequence: entry } = head;
      answer<typeof balanceAnswer>(response, { currency, balanceMinor, heldMinor, availableMinor, level, entry });
    }),
  );

  routes.get('/entries', door('entries:read', entriesRoute(ledger)));

  routes.get(
    '/prices',
    door('any', async ({ workspace, request, response, at }) => {
      refuseQuery(request.query);
      const prices = await priceList(workspace.account, workspace.id, at);
      answer<typeof pricesAnswer>(response, {
        currency: workspace.currency,
        prices: prices.map((price) => ({ ...price, validFrom: price.validFrom.toISOString() })),
      });
    }),
  );
}

function refuseQuery(query: object): void {
  const errors = Object.keys(query).map((field) => ({ field, message: 'is not known here' }));
  if (errors.length > 0) throw new Problem(400, 'This address takes no parameters.', { errors });
}
