import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/id.js';
import { invitePages } from '../../src/pages/invite-pages.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import type { Account, Invitation, Person } from '../../src/workspace/entities.js';
import { revokeInvitation } from '../../src/workspace/invitation-ending.js';
import { bindInvitation } from '../../src/workspace/invitation-links.js';
import { invite, joinByInvitation } from '../../src/workspace/invitations.js';
import { ensurePerson } from '../../src/workspace/people.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';
import { useProduct } from '../payments/harness.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';

useDatabase();
const ledger = useLedger();
const product = useProduct((app) => void app.use(invitePages()));
const DAYS = 24 * 60 * 60 * 1000;

let account: Account;
let owner: Person;
let token = '';
let invitation: Invitation;

const newcomer = (user: string): Promise<Person> => {
  const [, tenant = ''] = account.tenants[0]!.split(':');
  const profile = { name: user, emailVerified: false, standing: 'full' as const };
  return ensurePerson(account, { platform: 'slack', tenant, user }, profile, new Date());
};
const open = async (of = token) => {
  const response = await fetch(`${product()}/invite/${of}`);
  return { status: response.status, page: await response.text() };
};
const codeOn = (page: string) => /\/workspace join ([\w-]+)</.exec(page)?.[1] ?? '';

async function inviteNina(at = new Date()): Promise<void> {
  const enabled = await enableAccount({
    name: 'Acme & Sons',
    tenant: `slack:${newId('T')}`,
    ownerUser: 'U0OLIVIA',
    ownerProfile: { name: 'Olivia', emailVerified: true, standing: 'full' },
    currency: 'GBP',
    plan: 'teams',
    timeZone: 'Europe/London',
    at,
  });
  ({ account, owner } = enabled);
  const base = { account, by: owner.id, at };
  const workspace = await createWorkspace({ ...base, ledger: ledger(), name: 'Marketing', primaryOwner: owner.id });
  const to = { email: 'nina@acme.com' };
  const invited = await invite({ ...base, workspace: workspace.id, to, role: 'admin', licence: 'standard' });
  invitation = invited.invitation;
  token = invited.token!;
}

beforeEach(() => inviteNina());

describe('the page of an e-mailed invitation', () => {
  it('says who invites to what, and shows a code that joins in the chat', async () => {
    const { status, page } = await open();
    expect(status).toBe(200);
    expect(page).toContain('Olivia invites you to Marketing');
    expect(page).toContain('Acme &amp; Sons');
    expect(page).toContain('admin');
    const nina = await newcomer('U0NINA');
    const bound = await bindInvitation({
      account: account.id,
      code: codeOn(page).toLowerCase(),
      person: nina.id,
      at: new Date(),
    });
    const joining = { account: account.id, person: nina.id, invitation: bound.id, at: new Date() };
    expect(await joinByInvitation(joining)).toMatchObject({ membership: { role: 'admin', active: true } });
    expect((await open()).page).toContain('This invitation has been used');
  });

  it('spends nothing when it is only opened', async () => {
    const codes = new Set([codeOn((await open()).page), codeOn((await open()).page)]);
    expect(codes.size).toBe(1);
    expect([...codes][0]).toMatch(/^\w{4}-\w{4}-\w{4}$/);
  });

  it('gives its code to one person alone, of its own company alone', async () => {
    const code = codeOn((await open()).page);
    const [nina, max] = [await newcomer('U0NINA'), await newcomer('U0MAX')];
    const at = new Date();
    const claims = [nina, max, nina, max].map(({ id }) =>
      bindInvitation({ account: account.id, code, person: id, at }),
    );
    const claimed = (await Promise.allSettled(claims)).filter(({ status }) => status === 'fulfilled');
    expect(claimed.length).toBeGreaterThan(0);
    const winners = [nina, max].map(({ id }) =>
      joinByInvitation({ account: account.id, person: id, invitation: invitation.id, at }),
    );
    expect((await Promise.allSettled(winners)).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);

    await inviteNina();
    const gone = { reason: { kind: 'invitationGone', why: 'unknown' } };
    await expect(bindInvitation({ account: account.id, code, person: owner.id, at })).rejects.toMatchObject(gone);
  });

  it('says kindly when it was taken back, has run out, or is not known', async () => {
    const { id, workspace } = invitation;
    await revokeInvitation({ account: account.id, workspace, invitation: id, by: owner.id, at: new Date() });
    expect(await open()).toMatchObject({ status: 410, page: expect.stringContaining('was taken back') });
    await inviteNina(new Date(Date.now() - 8 * DAYS));
    expect(await open()).toMatchObject({ status: 410, page: expect.stringContaining('has expired') });
    expect(await open(`${token}x`)).toMatchObject({ status: 404, page: expect.stringContaining('is not known') });
    expect((await open('%24ne')).status).toBe(404);
  });
});
