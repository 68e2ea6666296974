import { describe, expect, test } from '@jest/globals';
import { ROLES, type Role } from '../../src/workspace/entities.js';
import {
  ACTIONS,
  type Action,
  cell,
  type Facts,
  holders,
  rankGuard,
  verdict,
} from '../../src/workspace/permissions.js';
import { MATRIX_ACTIONS, MATRIX_CELLS } from '../support/matrix.js';

describe('the matrix', () => {
  test('has a line here for every action', () => {
    expect(MATRIX_ACTIONS).toEqual(Object.keys(ACTIONS));
  });

  test.each(MATRIX_CELLS)('%s by %s: %s', (action, role, says) => {
    expect(cell(action, role)).toBe(says);
  });
});

/** What a cell answers in a case: action, role, facts, answer. */
const CASES: [Action, Role | undefined, Facts, string][] = [
  ['seeBalance', 'member', {}, 'yes'],
  ['invite', 'member', {}, 'request'],
  ['setAlerts', 'member', {}, 'no'],
  ['renameWorkspace', 'admin', {}, 'see'],
  ['readPrivateChannels', 'primaryOwner', { invited: false }, 'no'],
  ['readPrivateChannels', 'member', { invited: true }, 'yes'],
  ['startLargeCampaign', 'member', {}, 'request'],
  ['startLargeCampaign', 'member', { withinAmount: false }, 'request'],
  ['startLargeCampaign', 'member', { withinAmount: true }, 'yes'],
  ['createChannel', 'member', {}, 'request'],
  ['createChannel', 'member', { membersMayCreateChannels: true }, 'yes'],
  ['manageChannels', 'member', { own: true }, 'yes'],
  ['manageChannels', 'member', { own: false }, 'no'],
  ['changeLicence', 'member', { own: true }, 'request'],
  ['changeLicence', 'member', { own: false }, 'no'],
  ['unlinkMember', 'owner', { targetRole: 'owner' }, 'yes'],
  ['unlinkMember', 'owner', { targetRole: 'primaryOwner' }, 'no'],
  ['unlinkMember', 'admin', { targetRole: 'admin' }, 'yes'],
  ['unlinkMember', 'admin', { targetRole: 'owner' }, 'no'],
  ['addBalance', 'owner', { payBy: 'link' }, 'yes'],
  ['addBalance', 'owner', { payBy: 'savedCardWithinCap' }, 'yes'],
  ['addBalance', 'owner', { payBy: 'savedCardAboveCap' }, 'request'],
  ['addBalance', 'primaryOwner', { payBy: 'savedCardAboveCap' }, 'yes'],
  ['transferBalance', 'owner', { memberOfTarget: true }, 'yes'],
  ['transferBalance', 'primaryOwner', { memberOfTarget: false }, 'no'],
  ['transferBalance', 'admin', { memberOfTarget: true }, 'request'],
  ['createWorkspace', 'primaryOwner', {}, 'request'],
  ['createWorkspace', undefined, {}, 'request'],
  ['createWorkspace', 'member', { accountOwner: true }, 'yes'],
  ['createWorkspace', undefined, { accountOwner: true }, 'yes'],
  ['setAccountPrices', 'primaryOwner', {}, 'see'],
  ['setAccountPrices', 'member', { accountOwner: true }, 'yes'],
  ['readMeeting', 'primaryOwner', { host: false, shared: false }, 'request'],
  ['readMeeting', 'member', { host: false, shared: true }, 'yes'],
  ['manageMeeting', 'primaryOwner', { host: false }, 'no'],
  ['manageMeeting', 'member', { host: true }, 'yes'],
];

describe('a case', () => {
  test.each(CASES)('%s by %s with %j: %s', (action, role, facts, answer) => {
    expect(verdict(action, role, facts).answer).toBe(answer);
  });

  test('may be narrowed to a part', () => {
    expect(verdict('seeEntries', 'member')).toEqual({ answer: 'yes', only: 'totals' });
    expect(verdict('seeAudit', 'admin')).toEqual({ answer: 'yes', only: 'notBilling' });
    expect(verdict('seeIndividualSpend', 'member')).toEqual({ answer: 'yes', only: 'own' });
    expect(verdict('seeIndividualSpend', 'member', { own: false })).toMatchObject({ answer: 'no' });
  });
});

describe('who is named and asked', () => {
  test('are the holders of the right, highest first', () => {
    expect(holders('invite')).toEqual(['primaryOwner', 'owner', 'admin']);
    expect(holders('addBalance')).toEqual(['primaryOwner', 'owner']);
    expect(holders('manageBilling')).toEqual(['primaryOwner']);
    expect(holders('createWorkspace')).toEqual(['accountOwner']);
    expect(holders('manageMeeting')).toEqual(['host']);
  });

  test('never the asker’s own role', () => {
    const above: Facts = { payBy: 'savedCardAboveCap' };
    expect(verdict('addBalance', 'owner', above)).toEqual({ answer: 'request', to: ['primaryOwner'] });
  });

  test('every action has somebody who may do it', () => {
    for (const action of Object.keys(ACTIONS) as Action[]) expect(holders(action)).not.toEqual([]);
  });
});

describe('the rank guard', () => {
  const rank = (role: Role): number => ROLES.indexOf(role);
  const pairs = ROLES.flatMap((actor) => ROLES.map((target) => [actor, target] as const));

  test.each(pairs)('%s may act on %s only from the same rank or above', (actor, target) => {
    expect(rankGuard(actor, target)).toBe(rank(actor) >= rank(target));
  });

  test.each(pairs)('%s grants %s only up to their own rank, and nobody grants primary ownership', (actor, granted) => {
    expect(rankGuard(actor, 'member', granted)).toBe(rank(granted) <= rank(actor) && granted !== 'primaryOwner');
  });
});
