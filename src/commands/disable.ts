import { z } from 'zod';
import { disablingAsked } from '../cards/requests/asked-words.js';
import { disabledCard, disableForm } from '../cards/workspaces/disable-cards.js';
import { inTransaction } from '../mongo.js';
import { tellStatus } from '../notices/workspaces/status-notices.js';
import { refuse } from '../refusal.js';
import { verdict } from '../workspace/permissions.js';
import { disableWorkspace } from '../workspace/workspaces.js';
import { text } from './argument.js';
import { workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { disableImpact, membersIn } from './disable-impact.js';

/** Switches a workspace off, once its name was typed; nothing is deleted. */
export const disable = workspaceCommand({
  args: z.strictObject({ name: text(200).optional(), reason: text(500).optional() }),
  read: (words) => ({ reason: words.textAfter('because', 'reason') }),
  async form({ at, membership, services, workspace }, { name, reason }) {
    if (name !== undefined) return assertNamed(name, workspace.name);
    return disableForm({
      about: await aboutWorkspace(services.ledger, workspace),
      impact: await disableImpact(services.ledger, workspace, at),
      asks: verdict('disableWorkspace', membership.role).answer === 'request',
      ...(reason && { reason }),
    });
  },
  async asks({ services, workspace }, { reason }) {
    if (!workspace) throw new Error('disabling names its workspace');
    const { balanceMinor } = await aboutWorkspace(services.ledger, workspace);
    const { currency, name } = workspace;
    const members = await membersIn(workspace);
    return disablingAsked({ name, members, balanceMinor, currency, ...(reason && { reason }) });
  },
  async run(context, { reason }) {
    const { account, actor, approvedBy, at, key, services, workspace } = context;
    const about = await aboutWorkspace(services.ledger, workspace);
    await inTransaction(async () => {
      const { changed, ...disabled } = await disableWorkspace({
        account: account.id,
        workspace: workspace.id,
        by: actor.id,
        at,
        ...(approvedBy && { approvedBy: approvedBy.id }),
        ...(reason && { reason }),
      });
      if (!changed) return;
      await tellStatus({ workspace: disabled, about, by: actor.name, key, at, ...(reason && { reason }) });
    });
    return { kind: 'private', lasting: true, card: disabledCard(about) };
  },
});

/** @throws Refusal badArgument, which stands beside the form's field */
function assertNamed(typed: string, name: string): undefined {
  if (typed.localeCompare(name, 'en', { sensitivity: 'accent' }) === 0) return undefined;
  return refuse({ kind: 'badArgument', argument: 'name', typed, expected: `the name as it stands here: ${name}` });
}
