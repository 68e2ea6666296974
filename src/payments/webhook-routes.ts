import express, { type Router } from 'express';
import type { Hint } from './provider.js';
import type { OperatorLog } from './suspense.js';

/**
 * POST /payments/webhook: 400 for what is not the provider's, 200 once what it points at has been read again
 * and is settled, 500 otherwise, so that the provider sends it once more.
 */
export function webhookRoutes(deps: {
  read(rawBody: Buffer, signature: string, at: Date): Hint | undefined;
  follow(hint: Hint, at: Date): Promise<void>;
  log: OperatorLog;
}): Router {
  const routes = express.Router();
  routes.post('/payments/webhook', express.raw({ type: () => true, limit: '256kb' }), async (request, response) => {
    const at = new Date();
    const signature = request.get('stripe-signature') ?? '';
    const hint = Buffer.isBuffer(request.body) ? deps.read(request.body, signature, at) : undefined;
    if (!hint) {
      response.status(400).json({ title: 'The signature does not hold' });
      return;
    }
    try {
      await deps.follow(hint, at);
      response.json({ received: true });
    } catch (error) {
      deps.log.error({ err: error, event: hint.event, type: hint.type }, 'a payment webhook could not be settled yet');
      response.status(500).json({ title: 'Not settled yet' });
    }
  });
  return routes;
}
