import { z } from 'zod';
import { press } from '../cards/parts.js';
import { leftCard, removedCard, removedToldCard } from '../cards/people-cards.js';
import { roleName } from '../cards/role-words.js';
import { saidCard } from '../cards/said-card.js';
import { inTransaction } from '../mongo.js';
import { enqueue } from '../notices/outbox.js';
import { refuse } from '../refusal.js';
import type { AccountId, PersonId } from '../workspace/entities.js';
import { leaveWorkspace, membership as membershipOf, membershipsOf, removeMember } from '../workspace/memberships.js';
import { flag, person, text } from './argument.js';
import { workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { findMember } from './find-person.js';

export const remove = workspaceCommand({
  args: z.strictObject({ person: person.optional(), reason: text(500).optional(), sure: flag }),
  read(words) {
    const who = words.person();
    return { person: who, reason: words.textAfter('because', 'reason') };
  },
  async form(context, args) {
    if (args.sure && args.person) return undefined;
    const { account, workspace } = context;
    const target = args.person ? await findMember(context, args.person, workspace.id) : undefined;
    const held = target && (await membershipOf(account.id, workspace.id, target.id));
    if (target && !held) return refuse({ kind: 'notMember', name: target.name, workspaceName: workspace.name });
    const impact = held
      ? `${target.name} is ${roleName(held.role)} there${(await inOthers(account.id, target.id)) ? '' : `, with a ${held.licence} seat that becomes free`}. `
      : '';
    return {
      name: 'remove-member',
      title: 'Remove somebody',
      submit: 'Remove',
      intro: [`${impact}They lose access to ${workspace.name} at once and are told.`],
      call: { command: 'remove', args: { ...(target && { person: target.id }), sure: true }, workspace: workspace.id },
      fields: [
        ...(target ? [] : [{ name: 'person', label: 'Who', input: 'person' as const }]),
        {
          name: 'reason',
          label: 'Why',
          hint: 'They read this.',
          input: 'lines',
          optional: true,
          maxLength: 500,
          ...(args.reason && { initial: args.reason }),
        },
      ],
    };
  },
  async run(context, args) {
    const { account, actor, at, key, services, workspace } = context;
    if (!args.person) throw new Error('the form asks for the person');
    const target = await findMember(context, args.person, workspace.id);
    const reason = args.reason && { reason: args.reason };
    await inTransaction(async () => {
      await removeMember({
        account: account.id,
        workspace: workspace.id,
        person: target.id,
        by: actor.id,
        at,
        ...reason,
      });
      const card = removedToldCard({ workspace: workspace.name, by: actor.name, ...reason });
      await enqueue([
        {
          id: `removed:${workspace.id}:${target.id}:${key}`,
          account: account.id,
          to: { person: target.id },
          sender: actor.id,
          card,
        },
      ]);
    });
    const card = removedCard({
      about: await aboutWorkspace(services.ledger, workspace),
      name: target.name,
      seatFree: (await membershipsOf(account.id, target.id)).length === 0,
    });
    return { kind: 'private', card };
  },
});

/** Whoever is in another workspace too keeps their seat: it is one per person. */
async function inOthers(account: AccountId, target: PersonId): Promise<boolean> {
  return (await membershipsOf(account, target)).length > 1;
}

export const leave = workspaceCommand({
  args: z.strictObject({ sure: flag }),
  async run({ account, actor, at, services, workspace }, { sure }) {
    if (!sure) {
      const button = press('Leave', 'leave', { sure: true }, { workspace: workspace.id, style: 'danger' });
      const words = `Leave ${workspace.name}? Your seat becomes free, and coming back takes a new invitation.`;
      return {
        kind: 'private',
        card: saidCard('leave-confirm', words, {
          about: await aboutWorkspace(services.ledger, workspace),
          buttons: [button],
        }),
      };
    }
    const { active } = await leaveWorkspace({ account: account.id, workspace: workspace.id, person: actor.id, at });
    const card = leftCard({ workspace: workspace.name, ...(active && { nowActive: active.name }) });
    return { kind: 'private', replace: true, card };
  },
});
