import { z } from 'zod';
import { healthCard } from '../cards/notices/health-card.js';
import { NOTICE_ARRIVED, NOTICE_SENT_AGAIN, noticesSentAgain, SETTLED_ALREADY } from '../cards/notices/health-said.js';
import type { Answer } from '../chat/invocation.js';
import { noticeArrived, sendAllNoticesAgain, sendNoticeAgain } from '../notices/outbox/not-arrived.js';
import { flag, offset } from './argument.js';
import { type Args, type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { endingKeys, endlessCampaigns, lostChannels, lostNotices, sickWebhook } from './health-findings.js';

const PAGE = 5;
const id = z.string().max(300);

interface Asked {
  again?: string | undefined;
  arrived?: string | undefined;
  all?: boolean | undefined;
}

/** What needs attention, and the mending of notices; channels, webhook and keys are mended by their own commands. */
export const health = workspaceCommand({
  args: z.strictObject({ again: id.optional(), arrived: id.optional(), all: flag, offset }),
  async run(context, args) {
    return show(context, args.offset, await mend(context, args));
  },
});

/** Whether the call changes something. */
export const mends = (args: Args): boolean => ['again', 'arrived', 'all'].some((name) => args[name] !== undefined);

async function mend({ account, actor, at, workspace }: InWorkspace, asked: Asked): Promise<string | undefined> {
  const change = { account: account.id, workspace: workspace.id, by: actor.id, at };
  if (asked.again) return (await sendNoticeAgain({ ...change, id: asked.again })) ? NOTICE_SENT_AGAIN : SETTLED_ALREADY;
  if (asked.arrived) return (await noticeArrived({ ...change, id: asked.arrived })) ? NOTICE_ARRIVED : SETTLED_ALREADY;
  if (!asked.all) return undefined;
  const sent = await sendAllNoticesAgain(change);
  return sent > 0 ? noticesSentAgain(sent) : SETTLED_ALREADY;
}

async function show(context: InWorkspace, start: number | undefined, said: string | undefined): Promise<Answer> {
  const { actor, services, workspace } = context;
  const [notices, channels, webhook, keys, campaigns] = await Promise.all([
    lostNotices(context, { offset: start ?? 0, limit: PAGE }),
    lostChannels(context),
    sickWebhook(context),
    endingKeys(context),
    endlessCampaigns(context),
  ]);
  const card = healthCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: actor.timeZone ?? workspace.timeZone,
    ...notices,
    offset: start ?? 0,
    pageSize: PAGE,
    ...channels,
    ...(webhook && { webhook }),
    keys,
    campaigns,
    ...(said && { said }),
  });
  return { kind: 'private', card, ...((said !== undefined || start !== undefined) && { replace: true }) };
}
