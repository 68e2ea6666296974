import { z } from 'zod';
import { press } from '../cards/parts.js';
import { roleChangedCard, roleToldCard } from '../cards/people-cards.js';
import { roleName } from '../cards/role-words.js';
import { saidCard } from '../cards/said-card.js';
import { inTransaction } from '../mongo.js';
import { enqueue } from '../notices/outbox.js';
import { refuse } from '../refusal.js';
import { changeRole, membership as membershipOf } from '../workspace/memberships.js';
import { flag, person, role as roleArgument } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { findMember } from './find-person.js';

const ROLE_OPTIONS = [
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Admin' },
  { value: 'owner', label: 'Owner' },
];

/** What `promote` and `demote` mean by themselves. */
const ALIAS_ROLES: Readonly<Record<string, 'admin' | 'member'>> = { promote: 'admin', demote: 'member' };

export const role = workspaceCommand({
  args: z.strictObject({ person: person.optional(), role: roleArgument.optional(), sure: flag }),
  read(words) {
    const verb = words.choice(['promote', 'demote']);
    const asked = words.role('to', 'as', 'into') ?? (verb && ALIAS_ROLES[verb]);
    return { person: words.person(), role: asked };
  },
  form: ({ workspace }, args) =>
    args.person && args.role
      ? undefined
      : {
          name: 'change-role',
          title: 'Change a role',
          submit: 'Change',
          call: {
            command: 'role',
            args: { ...(args.person && { person: args.person }), sure: true },
            workspace: workspace.id,
          },
          fields: [
            ...(args.person ? [] : [{ name: 'person', label: 'Who', input: 'person' as const }]),
            {
              name: 'role',
              label: 'Role',
              input: 'choice',
              options: ROLE_OPTIONS,
              ...(args.role && { initial: args.role }),
            },
          ],
        },
  async run(context, args) {
    const { account, services, workspace } = context;
    if (!args.person || !args.role) throw new Error('the form asks for both');
    const target = await findMember(context, args.person, workspace.id);
    const held = await membershipOf(account.id, workspace.id, target.id);
    if (!held) return refuse({ kind: 'notMember', name: target.name, workspaceName: workspace.name });
    if (args.sure || held.role === args.role) return change(context, target, args.role);
    const again = { person: target.id, role: args.role, sure: true };
    const button = press(`Make ${roleName(args.role)}`, 'role', again, { workspace: workspace.id, style: 'primary' });
    const words = `${target.name} is ${roleName(held.role)} of ${workspace.name}. Make them ${roleName(args.role)}?`;
    return {
      kind: 'private',
      card: saidCard('role-confirm', words, {
        about: await aboutWorkspace(services.ledger, workspace),
        buttons: [button],
      }),
    };
  },
});

async function change(
  { account, actor, at, key, services, workspace }: InWorkspace,
  target: { id: string; name: string },
  to: 'member' | 'admin' | 'owner',
) {
  const about = await aboutWorkspace(services.ledger, workspace);
  const changed = await inTransaction(async () => {
    const done = await changeRole({
      account: account.id,
      workspace: workspace.id,
      person: target.id,
      role: to,
      by: actor.id,
      at,
    });
    if (done.before !== done.after.role && target.id !== actor.id) {
      const card = roleToldCard({ about, by: actor.name, after: to });
      await enqueue([
        {
          id: `role:${workspace.id}:${target.id}:${key}`,
          account: account.id,
          workspace: workspace.id,
          to: { person: target.id },
          sender: actor.id,
          card,
        },
      ]);
    }
    return done;
  });
  const card = roleChangedCard({ about, name: target.name, before: changed.before, after: changed.after.role });
  return { kind: 'private' as const, replace: true, card };
}
