import { z } from 'zod';
import { shortRules } from '../cards/payments/automatic-words.js';
import { billingCard, portalCard } from '../cards/payments/billing-cards.js';
import { automaticOf } from '../payments/automatic/store.js';
import { policiesInForce } from '../workspace/policies.js';
import { flag } from './argument.js';
import { workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { commandNamed } from './parse.js';
import { savedCardOf } from './topup-pay.js';

/** The primary owner's: the saved card, what it pays for by itself, and the way to the provider's page for it. */
export const billing = workspaceCommand({
  args: z.strictObject({ open: flag }),
  async run(context, { open }) {
    const { account, at, commands, services, workspace } = context;
    const of = { account: account.id, workspace: workspace.id };
    const about = await aboutWorkspace(services.ledger, workspace);
    if (open) {
      const url = await services.payments.portal({ ...of, at });
      return { kind: 'private', card: portalCard({ about, url }) };
    }
    const [card, automatic, policies] = await Promise.all([
      savedCardOf(context),
      automaticOf(of),
      policiesInForce(account, workspace.id),
    ]);
    const facts = {
      about,
      ...(card && { card }),
      ...(automatic &&
        (automatic.below || automatic.monthly) && { automatic: shortRules(automatic, workspace.currency) }),
      paused: automatic?.paused !== undefined,
      ...(policies.ownersCapMinor !== undefined && { capMinor: policies.ownersCapMinor }),
      receipts: commandNamed('receipts', commands) !== undefined,
    };
    return { kind: 'private', card: billingCard(facts) };
  },
});
