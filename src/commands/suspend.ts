import { z } from 'zod';
import { suspendForm, whoForm } from '../cards/members/impact-forms.js';
import { asA } from '../cards/role-words.js';
import {
  alreadySuspendedCard,
  reactivatedCard,
  reactivatedToldCard,
  suspendedCard,
  suspendedToldCard,
} from '../cards/members/standing-cards.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import type { Person } from '../workspace/entities.js';
import { membership as membershipOf } from '../workspace/memberships.js';
import { reactivateMember, suspendMember } from '../workspace/suspension.js';
import { flag, person, text } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { findMember } from './find-person.js';
import { holderOf, holdingsOf, shownTo } from './holdings.js';
import { isLastSecond } from './last-second.js';
import { tellMember } from './member-notices.js';
import { somebodyElse } from './somebody-else.js';
import { undoOffer, undoPlaceChange } from './undo-place.js';

const INSTEAD = 'somebody else';

export const suspend = workspaceCommand({
  args: z.strictObject({
    person: person.optional(),
    reason: text(500).optional(),
    sure: flag,
    /** One's own suspension of somebody, to be taken back. */
    undo: z.string().max(80).optional(),
  }),
  read(words) {
    const who = words.person();
    return { person: who, reason: words.textAfter('because', 'reason') };
  },
  async form(context, args) {
    if (args.undo || (args.sure && args.person)) return undefined;
    const { account, services, workspace } = context;
    const about = await aboutWorkspace(services.ledger, workspace);
    const kept = args.reason && { reason: args.reason };
    if (!args.person) return whoForm({ about, command: 'suspend', title: 'Suspend somebody', kept: { ...kept } });
    const { target, held } = await somebodyElse(context, args.person, INSTEAD);
    if (held.suspended) return undefined;
    return suspendForm({
      about,
      whom: { person: target.id, name: target.name },
      role: asA(held.role),
      held: shownTo(await holdingsOf(holderOf(workspace, target.id)), 'theirs'),
      lastSecond: await isLastSecond({ account, workspace: workspace.id, person: target.id }),
      ...kept,
    });
  },
  async run(context, args) {
    if (args.undo) return undoPlaceChange(context, args.undo);
    if (!args.person) throw new Error('the form asks for the person');
    const { target } = await somebodyElse(context, args.person, INSTEAD);
    return shutOut(context, target, args.reason);
  },
});

async function shutOut(context: InWorkspace, target: Person, reason: string | undefined): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const because = reason && { reason };
  const about = await aboutWorkspace(services.ledger, workspace);
  const { undo } = await inTransaction(async () => {
    const change = { account: account.id, workspace: workspace.id, person: target.id, by: actor.id, at };
    const suspended = await suspendMember({ ...change, ...because });
    if (suspended.undo) {
      const next = suspended.active;
      const moved = suspended.before.active && next && next.id !== workspace.id && { nowActive: next.name };
      const told = suspendedToldCard({ workspace: workspace.name, by: actor.name, ...because, ...moved });
      await tellMember(context, target.id, 'suspended', told);
    }
    return suspended;
  });
  const card = undo
    ? suspendedCard({ about, name: target.name, ...undoOffer(context, 'suspend', undo) })
    : alreadySuspendedCard({ about, person: target.id, name: target.name });
  return { kind: 'private', replace: true, card };
}

export const reactivate = workspaceCommand({
  args: z.strictObject({ person: person.optional() }),
  read: (words) => ({ person: words.person() }),
  async form({ services, workspace }, args) {
    if (args.person) return undefined;
    const about = await aboutWorkspace(services.ledger, workspace);
    return whoForm({ about, command: 'reactivate', title: 'Reactivate somebody', kept: {} });
  },
  async run(context, args) {
    const { account, actor, at, services, workspace } = context;
    if (!args.person) throw new Error('the form asks for the person');
    const target = await findMember(context, args.person, workspace.id);
    const about = await aboutWorkspace(services.ledger, workspace);
    const { role, already } = await inTransaction(async () => {
      const before = await membershipOf(account.id, workspace.id, target.id);
      const change = { account: account.id, workspace: workspace.id, person: target.id, by: actor.id, at };
      const after = await reactivateMember(change);
      if (before?.suspended) {
        const told = reactivatedToldCard({ about, by: actor.name, active: after.active });
        await tellMember(context, target.id, 'reactivated', told);
      }
      return { role: after.role, already: !before?.suspended };
    });
    return { kind: 'private', replace: true, card: reactivatedCard({ about, name: target.name, role, already }) };
  },
});
