import { createChannel } from '../../src/channels/channels.js';
import type { Ledger } from '../../src/ledger/entry.js';
import { createMeeting } from '../../src/meetings/meetings.js';
import { createCampaign } from '../../src/resources/change-campaign.js';
import { createKey } from '../../src/usage/keys.js';
import { SCOPES } from '../../src/usage/scopes.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import type { Account, Person, Workspace } from '../../src/workspace/entities.js';
import { invite } from '../../src/workspace/invitations.js';
import { openRequest } from '../../src/workspace/requests.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';
import { stock } from '../resources/stock.js';
import { NOW } from './acme.js';

/** In every name that the other company has. */
export const SECRET = 'Zeta';

export interface OtherCompany {
  account: Account;
  owner: Person;
  workspace: Workspace;
  /** An id of each kind that it has, by the id's prefix. */
  ids: Readonly<Record<string, string>>;
  /** A key of its own for `/v1`. */
  apiKey: string;
}

/** Another customer, with something of each kind. */
export async function setUpOtherCompany(ledger: Ledger, pepper: string): Promise<OtherCompany> {
  const { account, owner } = await enableAccount({
    ...{ name: `${SECRET} Works`, tenant: 'slack:T99', ownerUser: 'U0ZOE', currency: 'GBP', plan: 'teams' },
    ownerProfile: { name: `${SECRET} Zoe`, email: 'zoe@zeta.test', emailVerified: true, standing: 'full' },
    ...{ timeZone: 'Europe/London', at: NOW },
  });
  const workspace = await createWorkspace({
    ...{ ledger, account, name: `${SECRET} Lab`, primaryOwner: owner.id, by: owner.id, at: NOW },
  });
  const { ids, apiKey } = await fill(account, owner, workspace, pepper);
  return { account, owner, workspace, ids: { acc: account.id, p: owner.id, ...ids }, apiKey };
}

/** Something of each kind in a workspace, by the id's prefix; each name says the secret. */
export async function fill(
  account: Account,
  owner: Person,
  workspace: Workspace,
  pepper: string,
): Promise<Pick<OtherCompany, 'ids' | 'apiKey'>> {
  const of = { account: account.id, workspace: workspace.id, by: owner.id, at: NOW };
  const { invitation } = await invite({
    ...{ ...of, account, to: { email: 'zack@zeta.test' }, role: 'member', licence: 'standard' },
  });
  const request = await openRequest({
    ...{ ...of, byIdentity: 'slack:T99:U0ZOE', action: 'invite', call: { command: 'invite', args: {} } },
  });
  const channel = await createChannel({ ...of, name: `${SECRET} room`, kind: 'public' });
  const meeting = await createMeeting({
    ...{ account: account.id, workspace: workspace.id, host: owner.id, at: NOW },
    ...{ title: `${SECRET} talk`, startsAt: NOW, highlights: [], open: true },
  });
  const { template, list } = await stock(workspace, owner, 1);
  const campaign = await createCampaign({
    ...{ ...of, name: `${SECRET} sale`, template: template.id, list: list.id },
    client: { key: 'zeta-campaign', hash: 'zeta' },
  });
  const key = await createKey({ ...of, name: `${SECRET} key`, scopes: [...SCOPES], pepper });
  const all = [workspace, invitation, request, channel, meeting, template, list, campaign];
  const ids = Object.fromEntries(all.map(({ id }) => [id.split('_')[0]!, id]));
  return { ids: { ...ids, key: key.id }, apiKey: key.secretOnce };
}
