import { z } from 'zod';
import {
  channelBoundCard,
  channelsCard,
  channelUnboundCard,
  channelUnboundElsewhereCard,
} from '../cards/channel-cards.js';
import { PLATFORM_NAMES } from '../cards/platform-names.js';
import type { Answer } from '../chat/invocation.js';
import { DeliveryFailure } from '../chat/port.js';
import { inTransaction } from '../mongo.js';
import { enqueue } from '../notices/outbox.js';
import { refuse } from '../refusal.js';
import { bindChannel, bindingsOf, type Purpose, unbindChannel } from '../workspace/bindings.js';
import type { Args, InWorkspace } from './command.js';
import { workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';

const WHAT = ['show', 'bind', 'approvals', 'alerts', 'unbind'] as const;
const PURPOSES: Readonly<Record<'bind' | 'approvals' | 'alerts', readonly Purpose[]>> = {
  bind: ['alerts', 'approvals'],
  approvals: ['approvals'],
  alerts: ['alerts'],
};

/** Which chat channels get a workspace's notices: the one where it is typed, or one that is named. */
export const channel = workspaceCommand({
  args: z.strictObject({
    what: z.enum(WHAT, `one of ${WHAT.join(', ')}`).default('show'),
    channel: z.string().max(200).optional(),
    channelName: z.string().max(200).optional(),
  }),
  read(words): Args {
    const what = words.choice(WHAT);
    const named = words.channel();
    words.choice(['here', 'this', 'channel']);
    return { what, ...(named && { channel: named.channel, channelName: named.name }) };
  },
  async run(context, args) {
    switch (args.what) {
      case 'show':
        return show(context);
      case 'unbind':
        return unbind(context, placeMeant(context, args));
      case 'bind':
      case 'approvals':
      case 'alerts':
        return bind(context, placeMeant(context, args), PURPOSES[args.what]);
    }
  },
});

type ChatChannel = ReturnType<typeof placeMeant>;

function placeMeant(
  { invocation }: InWorkspace,
  args: { channel?: string | undefined; channelName?: string | undefined },
) {
  const { platform, tenant, kind, channel: here, channelName } = invocation.place;
  if (args.channel) return { platform, tenant, channel: args.channel, channelName: args.channelName || 'that channel' };
  if (kind === 'channel') return { platform, tenant, channel: here, channelName: channelName ?? 'this channel' };
  return refuse({ kind: 'notHere', what: 'A channel for notices', where: 'in the channel that should have them' });
}

async function show({ account, services, workspace }: InWorkspace): Promise<Answer> {
  const bindings = await bindingsOf(account.id, workspace.id);
  const card = channelsCard({
    about: await aboutWorkspace(services.ledger, workspace),
    bindings: bindings.map(({ channelName, platform, purposes }) => ({
      channelName,
      purposes,
      where: PLATFORM_NAMES[platform],
    })),
  });
  return { kind: 'private', card };
}

/** Binds, then says so openly there; where the bot cannot post there, nothing is bound, and the person learns how to mend it. */
async function bind(context: InWorkspace, to: ChatChannel, purposes: readonly Purpose[]): Promise<Answer> {
  const { account, actor, at, key, services, workspace } = context;
  const before = (await bindingsOf(account.id, workspace.id)).find(
    (binding) => binding.platform === to.platform && binding.channel === to.channel,
  );
  await bindChannel({ ...to, account: account.id, workspace: workspace.id, purposes, by: actor.id, at });
  const chat = services.chats[to.platform];
  if (!chat) throw new Error(`${to.platform} is not connected`);
  try {
    const card = channelBoundCard({
      about: await aboutWorkspace(services.ledger, workspace),
      purposes,
      by: actor.name,
    });
    await chat.post({ kind: 'channel', ...to }, card, `bound:${workspace.id}:${key}`);
  } catch (error) {
    if (!(error instanceof DeliveryFailure) || error.outcome.kind === 'unknown') throw error;
    if (before)
      await bindChannel({
        ...to,
        account: account.id,
        workspace: workspace.id,
        purposes: before.purposes,
        by: actor.id,
        at,
      });
    else await unbindChannel({ ...to, account: account.id, workspace: workspace.id, by: actor.id, at });
    if (error.outcome.kind !== 'rejected') throw error;
    return refuse({ kind: 'botNotInChannel', channelName: to.channelName, platform: to.platform });
  }
  return { kind: 'done' };
}

async function unbind(context: InWorkspace, from: ChatChannel): Promise<Answer> {
  const { account, actor, at, invocation, key, services, workspace } = context;
  const where = { account: account.id, workspace: workspace.id };
  const about = await aboutWorkspace(services.ledger, workspace);
  const card = channelUnboundCard({ about, by: actor.name });
  const { platform, tenant, channel: id } = from;
  const here = invocation.place.channel === id;
  const ended = await inTransaction(async () => {
    const unbound = await unbindChannel({ ...from, ...where, by: actor.id, at });
    const to = { channel: { platform, tenant, channel: id } };
    if (unbound && !here) await enqueue([{ id: `unbound:${workspace.id}:${key}`, ...where, to, card }]);
    return unbound;
  });
  if (!ended) return show(context);
  if (here) return { kind: 'open', card };
  return { kind: 'private', card: channelUnboundElsewhereCard({ about, channelName: ended.channelName }) };
}
