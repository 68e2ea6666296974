import { z } from 'zod';
import { balanceCard } from '../cards/balance/balance-card.js';
import { noteLook } from '../forecast/looks.js';
import { automaticWords } from '../notices/payments/automatic-words.js';
import { automaticOf } from '../payments/automatic/store.js';
import { offset } from './argument.js';
import { showAll } from './balance-all.js';
import { workspaceCommand } from './command.js';
import { aboutWith } from './context.js';

export const balance = workspaceCommand({
  args: z.strictObject({
    all: z.boolean().optional(),
    share: z.boolean().optional(),
    where: z.string().max(300).optional(),
    offset,
  }),
  read: (words) => (words.choice(['all']) ? { all: true } : {}),
  async run(context, { all, share, where, offset: start }) {
    const { actor, invocation, services, workspace } = context;
    if (all) return showAll(context, start);
    const look = { account: workspace.account, workspace: workspace.id, person: actor.id, at: context.at };
    const [head, rules] = await Promise.all([
      services.ledger.head(workspace.id),
      automaticOf({ account: workspace.account, workspace: workspace.id }),
      share ? undefined : noteLook(look),
    ]);
    const about = aboutWith(workspace, head?.balanceMinor ?? 0);
    const automatic = automaticWords(rules, { currency: about.currency, zone: workspace.timeZone });
    const level = head?.level ?? 'ok';
    const facts = { about, heldMinor: head?.heldMinor ?? 0, level, ...(automatic && { automatic }) };
    if (share)
      return { kind: 'open', card: balanceCard(facts, { shared: { by: actor.name } }), ...(where && { where }) };
    const { kind, channel } = invocation.place;
    return { kind: 'private', card: balanceCard(facts, kind === 'direct' ? {} : { asked: channel }) };
  },
});
