import type { About } from '../cards/parts.js';
import { chooseChannelParts } from '../cards/channels/channel-cards.js';
import type { Card } from '../cards/card.js';
import { ROLES, type AccountId, type WorkspaceId } from '../workspace/entities.js';
import { bindingsOf, type Purpose } from '../workspace/bindings.js';
import { holdersOf } from '../workspace/memberships.js';
import { type Action, holders } from '../workspace/permissions.js';
import type { Recipient } from './outbox/notice.js';

/** Those who get a workspace's notices. */
export interface Audience {
  to: readonly Recipient[];
  /** True where no channel is bound: the notices go privately to those with the right. */
  personal: boolean;
}

/** What is told to somebody even where no channel is chosen. */
type Told = Exclude<Purpose, 'meetings'>;

/** The roles that hold the right behind each kind of notice. */
const RIGHT: Readonly<Record<Told, Action>> = {
  alerts: 'setAlerts',
  approvals: 'chooseApprovals',
  payments: 'setAlerts',
  summaries: 'setAlerts',
};

/** What goes where the alerts go while no channel has it for itself. */
const WITH_ALERTS: readonly Told[] = ['payments', 'summaries'];

/**
 * The workspace's channels for that purpose; for payments and summaries, where none is chosen, those that get the alerts.
 * Where there is none either, the people who could choose one.
 */
export async function audienceOf(account: AccountId, workspace: WorkspaceId, purpose: Told): Promise<Audience> {
  const chosen = await bindingsOf(account, workspace, purpose);
  const bindings =
    chosen.length === 0 && WITH_ALERTS.includes(purpose) ? await bindingsOf(account, workspace, 'alerts') : chosen;
  if (bindings.length > 0) {
    const to = bindings.map(({ platform, tenant, channel }) => ({ channel: { platform, tenant, channel } }));
    return { to, personal: false };
  }
  return { to: await peopleWhoChoose(account, workspace, purpose), personal: true };
}

/** The people who may say which channel gets such notices. */
export async function peopleWhoChoose(account: AccountId, workspace: WorkspaceId, purpose: Told): Promise<Recipient[]> {
  const holding = holders(RIGHT[purpose]);
  const roles = ROLES.filter((role) => holding.includes(role));
  return (await holdersOf(account, workspace, roles)).map((person) => ({ person: person.id }));
}

/** The card as that audience gets it: people are offered to choose a channel. */
export function cardFor(audience: Audience, card: Card, about: About): Card {
  return audience.personal ? { ...card, parts: [...card.parts, ...chooseChannelParts(about)] } : card;
}
