import { describe, expect, test } from '@jest/globals';
import { refuse } from '../../src/refusal.js';
import type { Person } from '../../src/workspace/entities.js';
import { identityKey } from '../../src/workspace/identity.js';
import { findRequest, moveOn } from '../../src/workspace/request-state.js';
import {
  addToThread,
  approveRequest,
  denyRequest,
  expireRequest,
  getRequest,
  openRequest,
  pendingRequests,
  recordResult,
  requestsBy,
  withdrawRequest,
} from '../../src/workspace/requests.js';
import { overdueRequests } from '../../src/workspace/sweeping.js';
import { useDatabase } from '../support/database.js';
import { AT, type Company, daysLater, minutesLater, openCompany, race, refusalOf, times } from './company.js';

useDatabase();

const anybody = async (): Promise<void> => undefined;

/** Mia, a member of Marketing, asks to invite Nina; Adam is admin there. */
async function miaAsks(asking: { by?: (company: Company) => Promise<Person> } = {}) {
  const company = await openCompany();
  const marketing = await company.workspace('Marketing');
  const adam = await company.member(marketing, 'Adam', 'admin');
  const mia = await (asking.by ? asking.by(company) : company.member(marketing, 'Mia'));
  const ask = {
    account: company.account.id,
    workspace: marketing.id,
    by: mia.id,
    byIdentity: identityKey(company.identity('Mia')),
    action: 'invite',
    call: { command: 'invite', args: { to: ['nina@acme.com'], note: '$where', 'a.b': 1 } },
    at: AT,
  };
  const request = await openRequest(ask);
  const decision = { account: company.account.id, id: request.id, at: minutesLater(5), mayDecide: anybody };
  return { company, marketing, adam, mia, ask, request, decision };
}

describe('asking', () => {
  test('keeps the call as it would have run, for a week', async () => {
    const { company, ask, request } = await miaAsks();
    expect(request).toMatchObject({ state: 'pending', version: 1, fresh: true, expiresAt: daysLater(7) });
    expect((await getRequest(company.account.id, request.id))?.call).toEqual(ask.call);
  });

  test('for the same thing again gives the request that is pending already', async () => {
    const { ask, request } = await miaAsks();
    const call = { args: { 'a.b': 1, note: '$where', to: ['nina@acme.com'] }, command: 'invite' };
    expect(await openRequest({ ...ask, call })).toMatchObject({ id: request.id, fresh: false });
    const opened = await Promise.all(
      Array.from({ length: 10 }, () => openRequest({ ...ask, call: { command: 'topup', args: {} } })),
    );
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect(opened.filter(({ fresh }) => fresh)).toHaveLength(1);
  });

  test('is seen where it waits, and among one’s own', async () => {
    const { company, marketing, mia, ask, request } = await miaAsks();
    const { account } = company;
    const { workspace: _none, ...accountAsk } = { ...ask, action: 'createWorkspace' };
    const create = await openRequest({ ...accountAsk, at: minutesLater(1) });
    const ids = (requests: { id: string }[]): string[] => requests.map(({ id }) => id);
    expect(ids(await pendingRequests(account.id, [marketing.id], AT))).toEqual([request.id]);
    expect(ids(await pendingRequests(account.id, [marketing.id], AT, { accountLevel: true }))).toEqual([
      request.id,
      create.id,
    ]);
    expect(await pendingRequests(account.id, [], AT)).toEqual([]);
    expect(await pendingRequests(account.id, [marketing.id], daysLater(7))).toEqual([]);
    expect(ids(await requestsBy(account.id, mia.id))).toEqual([create.id, request.id]);
  });
});

describe('deciding', () => {
  test('is done once: of fifty at once one decides, the others learn who did and when', async () => {
    const { company, adam, request, decision } = await miaAsks();
    const { olivia } = company;
    const clicks = Array.from({ length: 50 }, (_, i) =>
      i % 2
        ? approveRequest({ ...decision, by: adam.id })
        : denyRequest({ ...decision, by: olivia.id, note: 'Not now' }),
    );
    const { won, refused } = await race(clicks);
    expect(won).toBe(1);
    const decided = await getRequest(company.account.id, request.id);
    const by = decided!.decidedBy === adam.id ? 'Adam' : 'Olivia';
    const closed = { kind: 'requestClosed', outcome: decided!.state, by, at: minutesLater(5).toISOString() };
    expect(refused).toEqual(times(49, closed));
    expect(decided!.version).toBe(2);
  });

  test('goes by the version that was read: whoever read an older one fails', async () => {
    const { company, request } = await miaAsks();
    const doc = await findRequest(company.account.id, request.id);
    await moveOn(doc, { state: 'approved' });
    await expect(moveOn(doc, { state: 'denied' })).rejects.toThrow();
    expect(await getRequest(company.account.id, request.id)).toMatchObject({ state: 'approved', version: 2 });
  });

  test('keeps the note of an approval and takes a reason for a denial', async () => {
    const { adam, decision } = await miaAsks();
    const blank = denyRequest({ ...decision, by: adam.id, note: '  ' });
    expect(await refusalOf(blank)).toMatchObject({ kind: 'badArgument', argument: 'note' });
    const denied = await denyRequest({ ...decision, by: adam.id, note: 'Budget is spent' });
    expect(denied).toMatchObject({ state: 'denied', decidedBy: adam.id, note: 'Budget is spent' });
  });

  test('asks whether the decider may, before anything changes', async () => {
    const { company, adam, request, decision } = await miaAsks();
    const mayDecide = async (): Promise<never> => refuse({ kind: 'notAllowed', doing: 'invite', holders: ['Olivia'] });
    const attempt = approveRequest({ ...decision, by: adam.id, mayDecide });
    expect(await refusalOf(attempt)).toMatchObject({ kind: 'notAllowed' });
    expect(await getRequest(company.account.id, request.id)).toMatchObject({ state: 'pending', version: 1 });
  });

  test('is too late after a week, swept or not', async () => {
    const { adam, decision } = await miaAsks();
    const late = approveRequest({ ...decision, by: adam.id, at: daysLater(7) });
    expect(await refusalOf(late)).toMatchObject({ kind: 'requestClosed', outcome: 'expired' });
  });

  test('on a card that shows less than was said since is refused', async () => {
    const { company, adam, mia, request, decision } = await miaAsks();
    const remark = { account: company.account.id, id: request.id, at: minutesLater(1) };
    await addToThread({ ...remark, by: adam.id, text: 'For how long?' });
    const talked = await addToThread({ ...remark, by: mia.id, text: 'A month.' });
    expect(talked.thread.map(({ text }) => text)).toEqual(['For how long?', 'A month.']);
    const stale = approveRequest({ ...decision, by: adam.id, version: request.version });
    expect(await refusalOf(stale)).toEqual({ kind: 'requestClosed', outcome: 'changed' });
    expect((await approveRequest({ ...decision, by: adam.id, version: talked.version })).state).toBe('approved');
  });

  test('from another account finds no such request', async () => {
    const { request, decision } = await miaAsks();
    const other = await openCompany();
    const attempt = approveRequest({ ...decision, account: other.account.id, by: other.olivia.id });
    expect(await refusalOf(attempt)).toEqual({ kind: 'unknownRequest', typed: request.id });
    expect(await getRequest(other.account.id, request.id)).toBeUndefined();
  });
});

describe('nobody decides their own', () => {
  test('as the person who asked', async () => {
    const { mia, decision } = await miaAsks();
    expect(await refusalOf(approveRequest({ ...decision, by: mia.id }))).toEqual({ kind: 'ownRequest' });
    expect(await refusalOf(denyRequest({ ...decision, by: mia.id, note: 'x' }))).toEqual({ kind: 'ownRequest' });
  });

  test('as somebody with the same verified address, in any case', async () => {
    const { company, decision } = await miaAsks();
    const double = await company.person('M', { email: 'MIA@acme.com' }, 'teams');
    expect(await refusalOf(approveRequest({ ...decision, by: double.id }))).toEqual({ kind: 'ownRequest' });
  });

  test('but an address that nobody vouches for bars nobody', async () => {
    const { company, decision } = await miaAsks();
    const prank = await company.person('P', { email: 'mia@acme.com', emailVerified: false });
    expect((await approveRequest({ ...decision, by: prank.id })).state).toBe('approved');
  });
});

describe('afterwards', () => {
  test('the result is recorded once', async () => {
    const { company, adam, request, decision } = await miaAsks();
    const run = { account: company.account.id, id: request.id, ok: true, detail: 'Invited Nina', at: AT };
    expect(await refusalOf(recordResult(run))).toMatchObject({ kind: 'requestClosed', outcome: 'pending' });
    await approveRequest({ ...decision, by: adam.id });
    await recordResult(run);
    const second = await recordResult({ ...run, ok: false, detail: 'again' });
    expect(second.result).toEqual({ ok: true, detail: 'Invited Nina' });
  });

  test('only who asked withdraws it, while it is pending', async () => {
    const { company, adam, mia, request, decision } = await miaAsks();
    const withdrawal = { account: company.account.id, id: request.id, at: AT };
    expect(await refusalOf(withdrawRequest({ ...withdrawal, by: adam.id }))).toMatchObject({ kind: 'unknownRequest' });
    expect((await withdrawRequest({ ...withdrawal, by: mia.id })).state).toBe('withdrawn');
    const late = approveRequest({ ...decision, by: adam.id });
    expect(await refusalOf(late)).toEqual({ kind: 'requestClosed', outcome: 'withdrawn' });
  });

  test('the sweep ends what nobody decided, once, and the same may be asked again', async () => {
    const { company, ask, request } = await miaAsks();
    const { id } = request;
    const of = { account: company.account.id, id };
    expect(await expireRequest({ ...of, at: daysLater(6) })).toBeUndefined();
    const overdue = await overdueRequests(daysLater(8), 100);
    expect(overdue.filter(({ account }) => account === of.account)).toMatchObject([{ id }]);
    expect(await expireRequest({ ...of, at: daysLater(8) })).toMatchObject({ id, state: 'expired' });
    expect(await expireRequest({ ...of, at: daysLater(8) })).toBeUndefined();
    expect(await openRequest({ ...ask, at: daysLater(8) })).toMatchObject({ fresh: true });
  });
});
