import { z } from 'zod';
import { balanceCard, balancesCard } from '../cards/balance-card.js';
import { workspaceCommand } from './command.js';
import { aboutWith } from './context.js';

export const balance = workspaceCommand({
  args: z.strictObject({ all: z.boolean().optional(), share: z.boolean().optional() }),
  read: (words) => (words.choice(['all']) ? { all: true } : {}),
  async run(context, { all, share }) {
    const { actor, services, workspace } = context;
    if (all) {
      const seats = context.seats.filter((seat) => !seat.membership.suspended);
      const heads = await services.ledger.heads(seats.map((seat) => seat.workspace.id));
      const card = balancesCard(
        seats.map((seat) => aboutWith(seat.workspace, heads.get(seat.workspace.id)?.balanceMinor ?? 0)),
      );
      return { kind: 'private', card };
    }
    const head = await services.ledger.head(workspace.id);
    const about = aboutWith(workspace, head?.balanceMinor ?? 0);
    const facts = { about, heldMinor: head?.heldMinor ?? 0, level: head?.level ?? 'ok' };
    if (share) return { kind: 'open', card: balanceCard(facts, { shared: { by: actor.name } }) };
    return { kind: 'private', card: balanceCard(facts, {}) };
  },
});
