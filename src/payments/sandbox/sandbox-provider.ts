import { randomBytes } from 'node:crypto';
import type { PaymentProvider } from '../provider.js';
import { createStripeProvider } from '../stripe.js';
import { createSandbox, type Sandbox } from './sandbox.js';

/** The sandbox in this very process, with secrets of this start, behind the same adapter that talks to Stripe. */
export async function startSandboxProvider(options: {
  /** Without a slash at the end: webhooks and pay pages are under it. */
  publicUrl: string;
  /** Its memory between starts. */
  file: string;
}): Promise<{ provider: PaymentProvider; sandbox: Sandbox }> {
  const { publicUrl, file } = options;
  const secretKey = `sk_test_${randomBytes(16).toString('hex')}`;
  const webhookSecret = `whsec_${randomBytes(16).toString('hex')}`;
  const webhookUrl = `${publicUrl}/payments/webhook`;
  const sandbox = createSandbox({ secretKey, webhookSecret, webhookUrl, payUrl: publicUrl, file });
  const apiUrl = await sandbox.listen(0);
  sandbox.webhooks.start();
  return { provider: createStripeProvider({ secretKey, webhookSecrets: [webhookSecret], apiUrl }), sandbox };
}
