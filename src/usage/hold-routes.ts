import type { Request, Router } from 'express';
import type { Ledger } from '../ledger/entry.js';
import type { Moves } from '../ledger/moves.js';
import type { WorkspaceId } from '../workspace/entities.js';
import { answer } from './answer.js';
import type { Door } from './caller.js';
import { captureBody, type holdAnswer, holdBody, holdPath, type holdState, voidBody } from './hold-schemas.js';
import { captureHold, readHold, reserveHold, voidHold } from './holds.js';
import { parseOr400 } from './problem.js';

/** Setting money aside, taking it, releasing it. `onEntries` is told in which workspace entries were made. */
export function holdRoutes(
  routes: Router,
  door: Door,
  ledger: Ledger & Moves,
  onEntries: (workspace: WorkspaceId) => void,
): void {
  const holdOf = (request: Request): string => parseOr400(holdPath, { hold: request.params['hold'] }).hold;

  routes.post(
    '/holds',
    door('usage:write', async ({ workspace, response, body, at }) => {
      const held = await reserveHold(ledger, workspace, parseOr400(holdBody, await body()), at);
      onEntries(workspace.id);
      answer<typeof holdAnswer>(response, held);
    }),
  );

  routes.post(
    '/holds/:hold/capture',
    door('usage:write', async ({ workspace, request, response, body, at }) => {
      const hold = holdOf(request);
      const captured = await captureHold(ledger, workspace, hold, parseOr400(captureBody, await body()), at);
      onEntries(workspace.id);
      answer<typeof holdAnswer>(response, captured);
    }),
  );

  routes.post(
    '/holds/:hold/void',
    door('usage:write', async ({ workspace, request, response, body, at }) => {
      const hold = holdOf(request);
      parseOr400(voidBody, (await body('optional')) ?? {});
      const voided = await voidHold(ledger, workspace, hold, at);
      onEntries(workspace.id);
      answer<typeof holdAnswer>(response, voided);
    }),
  );

  routes.get(
    '/holds/:hold',
    door('balance:read', async ({ workspace, request, response, at }) => {
      answer<typeof holdState>(response, await readHold(ledger, workspace, holdOf(request), at));
    }),
  );
}
