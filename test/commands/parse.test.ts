import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Piece } from '../../src/chat/invocation.js';
import { nearest } from '../../src/commands/near.js';
import { understand } from '../../src/commands/parse.js';
import { COMMANDS } from '../../src/commands/registry.js';
import { momentMeant } from '../../src/commands/typed-moment.js';
import { Refusal } from '../../src/refusal.js';

const adam = { person: { platform: 'slack', tenant: 'T02', user: 'U0ADAM' }, name: 'adam' } as const;
const ADAM = 'slack:T02:U0ADAM';

function read(...pieces: Piece[]) {
  const { command, args, workspaceName } = understand(pieces, COMMANDS);
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
  return { command: command.name, ...given, ...(workspaceName && { in: workspaceName }) };
}

describe('what people type', () => {
  test.each<[Piece[], object]>([
    [[''], { command: 'help' }],
    [['/workspace balance'], { command: 'balance' }],
    [['BAL'], { command: 'balance' }],
    [['balance in:Support'], { command: 'balance', in: 'Support' }],
    [['balance in:“Sales Team”'], { command: 'balance', in: 'Sales Team' }],
    [['balance in: Support'], { command: 'balance', in: 'Support' }],
    [['balance Sales Team'], { command: 'balance', in: 'Sales Team' }],
    [['balance all'], { command: 'balance', all: true }],
    [['how much is left'], { command: 'balance' }],
    [['How much is left?'], { command: 'balance' }],
    [['what’s left in Support?'], { command: 'balance', in: 'Support' }],
    [['last month'], { command: 'usage', month: 'last', all: false, csv: false }],
    [['usage last month in Ops'], { command: 'usage', month: 'last', in: 'Ops', all: false, csv: false }],
    [['usage 2026-10'], { command: 'usage', month: '2026-10', all: false, csv: false }],
    [['campaigns'], { command: 'campaign' }],
    [['campaigns ended'], { command: 'campaign', what: 'list', filter: 'ended' }],
    [['campaign Spring sale'], { command: 'campaign', campaign: 'Spring sale' }],
    [['campaign Running shoes'], { command: 'campaign', campaign: 'Running shoes' }],
    [
      ['campaign start Summer start in:Ops'],
      { command: 'campaign', what: 'start', campaign: 'Summer start', in: 'Ops' },
    ],
    [['start the campaign Spring'], { command: 'campaign', what: 'start', campaign: 'Spring' }],
    [['new campaign For the win'], { command: 'campaign', what: 'new', name: 'For the win' }],
    [['report'], { command: 'report' }],
    [['report Spring last month csv'], { command: 'report', about: 'Spring', month: 'last', csv: true }],
    [['report March sale October'], { command: 'report', about: 'March sale', month: 'October' }],
    [['report item sms 30d by day'], { command: 'report', item: 'sms', period: '30d', by: 'day' }],
    [['report saved'], { command: 'report', what: 'saved' }],
    [['report for ', adam, ' this month'], { command: 'report', person: ADAM, month: 'this' }],
    [['put 100 in Ops'], { command: 'topup', amount: '100', in: 'Ops' }],
    [['put £1,000.50 in the Ops'], { command: 'topup', amount: '£1,000.50', in: 'Ops' }],
    [['topup 100 GBP'], { command: 'topup', amount: '100 GBP' }],
    [['top up 100'], { command: 'topup', amount: '100' }],
    [['add 50'], { command: 'topup', amount: '50' }],
    [['topup 50 by card'], { command: 'topup', amount: '50', by: 'card' }],
    [['topup £50 with the saved card in Ops'], { command: 'topup', amount: '£50', by: 'card', in: 'Ops' }],
    [['topup 50 by link'], { command: 'topup', amount: '50', by: 'page' }],
    [['put 50 from our card'], { command: 'topup', amount: '50', by: 'card' }],
    [['move 50 from Sales to Ops'], { command: 'transfer', amount: '50', to: 'Ops', in: 'Sales' }],
    [['move 50 to Ops from “Sales Team”'], { command: 'transfer', amount: '50', to: 'Ops', in: 'Sales Team' }],
    [['transfer £1,000.50 into Ops'], { command: 'transfer', amount: '£1,000.50', to: 'Ops' }],
    [['put 100 from Sales in Ops'], { command: 'transfer', amount: '100', to: 'Ops', in: 'Sales' }],
    [['send 20 to Ops because they ran out'], { command: 'transfer', amount: '20', to: 'Ops', why: 'they ran out' }],
    [['move to Ops'], { command: 'transfer', to: 'Ops' }],
    [['move 50'], { command: 'transfer', amount: '50' }],
    [['policy'], { command: 'policy' }],
    [['policy cap 200'], { command: 'policy', policy: 'ownersCapMinor', value: '200' }],
    [['policy two people above 1000'], { command: 'policy', policy: 'twoPeopleAboveMinor', value: '1000' }],
    [['policy retype above 500 off'], { command: 'policy', policy: 'retypeAboveMinor', value: 'off' }],
    [['policy retype'], { command: 'policy', policy: 'retypeAboveMinor', change: true }],
    [['policy cap 200 in Ops'], { command: 'policy', policy: 'ownersCapMinor', value: '200', in: 'Ops' }],
    [['billing in Ops'], { command: 'billing', in: 'Ops' }],
    [['topup -5'], { command: 'topup', amount: '-5' }],
    [['topup 1e9'], { command: 'topup', amount: '1e9' }],
    [['topup ٣'], { command: 'topup', amount: '٣' }],
    [['topup 1 000,50'], { command: 'topup', amount: '1 000,50' }],
    [['invite ', adam, ' as admin'], { command: 'invite', people: [ADAM], role: 'admin' }],
    [
      ['invite ann@x.com as admin to Marketing'],
      { command: 'invite', people: ['ann@x.com'], role: 'admin', in: 'Marketing' },
    ],
    [
      ['add ', adam, ', Ann@x.com and bob@y.com licence pro'],
      { command: 'invite', people: [ADAM, 'ann@x.com', 'bob@y.com'], licence: 'pro' },
    ],
    [['invite ann@x.com,bob@y.com'], { command: 'invite', people: ['ann@x.com', 'bob@y.com'] }],
    [
      ['invite Nina Smith <nina@x.com>; "Otto, Jr" <otto@y.com>,bob@y.com as admin to Marketing'],
      { command: 'invite', people: ['nina@x.com', 'otto@y.com', 'bob@y.com'], role: 'admin', in: 'Marketing' },
    ],
    [['invite to Marketing <ann@x.com>'], { command: 'invite', people: ['ann@x.com'], in: 'Marketing' }],
    [
      ['invite ', { group: { platform: 'slack', tenant: 'T02', group: 'S1' }, name: 'design' }, ' and ', adam],
      { command: 'invite', groups: ['group:slack:T02:S1'], people: [ADAM] },
    ],
    [['invite list'], { command: 'invite', what: 'list', people: [] }],
    [['invite resend ann@x.com'], { command: 'invite', what: 'resend', people: ['ann@x.com'] }],
    [['invite revoke ', adam], { command: 'invite', what: 'revoke', people: [ADAM] }],
    [['Who’s invited?'], { command: 'invite', what: 'list', people: [] }],
    [['take back the invitation of ann@x.com'], { command: 'invite', what: 'revoke', people: ['ann@x.com'] }],
    [['resend the invitation to ', adam], { command: 'invite', what: 'resend', people: [ADAM] }],
    [['requests ', adam], { command: 'requests', who: ADAM }],
    [['promote ', adam], { command: 'role', person: ADAM, role: 'admin' }],
    [['promote ', adam, ' to owner'], { command: 'role', person: ADAM, role: 'owner' }],
    [['demote ', adam, ' in Support'], { command: 'role', person: ADAM, role: 'member', in: 'Support' }],
    [['make ', adam, ' an admin'], { command: 'role', person: ADAM, role: 'admin' }],
    [['role Adam admin'], { command: 'role', person: 'Adam', role: 'admin' }],
    [['remove ', adam, ' because he left'], { command: 'remove', person: ADAM, reason: 'he left' }],
    [['switch to Support'], { command: 'switch', name: 'Support' }],
    [['use “Sales Team”'], { command: 'switch', name: 'Sales Team' }],
    [['create Olivia’s team'], { command: 'create', name: "Olivia's team" }],
    [['rename to North & South'], { command: 'rename', name: 'North & South' }],
    [['members admins'], { command: 'members', role: 'admin' }],
    [['members ann in Support'], { command: 'members', search: 'ann', in: 'Support' }],
    [['history 30d topup'], { command: 'history', days: '30', kind: 'topup' }],
    [['alerts at 20%'], { command: 'alerts', at: '20%' }],
    [['alert me at £50'], { command: 'alerts', at: '£50' }],
    [['deny ', adam, ' too dear'], { command: 'deny', who: ADAM, note: 'too dear' }],
    [['requests mine'], { command: 'requests', mine: true }],
    [['my requests'], { command: 'requests', mine: true }],
    [['channel bind'], { command: 'channel', what: 'bind' }],
    [['bind this channel'], { command: 'channel', what: 'bind' }],
    [
      ['channel approvals ', { channel: 'C1', name: 'ops' }],
      { command: 'channel', what: 'approvals', channel: 'C1', channelName: 'ops' },
    ],
    [['dev create Engine'], { command: 'dev', what: 'create', name: 'Engine' }],
    [['invite help'], { command: 'help', topic: 'invite' }],
  ])('%j', (pieces, meaning) => {
    expect(read(...pieces)).toEqual(meaning);
  });

  test('words nobody asked for are refused, never guessed at', () => {
    expect(() => read('me and my dog')).toThrow(Refusal);
    expect(() => read('topup 100 please now')).toThrow(Refusal);
  });
});

describe('near misses', () => {
  test.each([
    ['balnce', ['balance']],
    ['invit', ['invite']],
    ['tpoup', ['topup']],
    ['memebrs', ['members']],
    ['xyzzy', []],
  ])('%s', (typed, expected) => {
    try {
      read(typed);
      throw new Error('understood');
    } catch (error) {
      expect(error).toMatchObject({ reason: { kind: 'unknownCommand', nearest: expected } });
    }
  });

  test('a swap of neighbours is one step', () => {
    expect(nearest('Makreting', ['Marketing', 'Support'])).toEqual(['Marketing']);
  });
});

describe('whatever is typed', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom(
      ...COMMANDS.flatMap((command) => [`${command.name} `, ...command.aliases.map((alias) => `${alias} `)]),
    ),
    fc.constantFrom(
      'in:',
      ' to ',
      ' as admin ',
      '"',
      '“',
      '”',
      ' 100 ',
      '‮',
      '\u0000',
      '‹0›',
      ' __proto__ ',
      ' constructor ',
      '$&',
    ),
    fc.constant(adam),
    fc.constant({ channel: 'C1' }),
  );

  test('is understood or refused, never an outage', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        try {
          expect(COMMANDS).toContain(understand(pieces, COMMANDS).command);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('takes no time, however long', () => {
    const long = ['a ', '"', '@', '1,', 'in:', '((', 'x@y.', '£'].map((unit) => unit.repeat(20_000));
    for (const text of long) {
      try {
        understand([`topup ${text}`], COMMANDS);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }
  });
});

describe('moments', () => {
  const now = new Date('2026-11-16T09:00:00Z');
  test.each([
    ['2026-12-01 09:00', '2026-12-01T09:00:00Z'],
    ['2026-12-01T09:00', '2026-12-01T09:00:00Z'],
    ['2026-12-01T09:00:00+02:00', '2026-12-01T07:00:00Z'],
    ['1 December 14:30', '2026-12-01T14:30:00Z'],
    ['December 1st, 2027 at 2:30pm', '2027-12-01T14:30:00Z'],
    ['3 Mar 9am', '2027-03-03T09:00:00Z'],
    ['1 July 2027 12:00', '2027-07-01T11:00:00Z'],
    ['today 12am', '2026-11-16T00:00:00Z'],
    ['tomorrow 9:00', '2026-11-17T09:00:00Z'],
    ['Monday 10:15', '2026-11-23T10:15:00Z'],
    ['next fri 5 pm', '2026-11-20T17:00:00Z'],
    ['14:30', '2026-11-16T14:30:00Z'],
    ['in 3 hours', '2026-11-16T12:00:00Z'],
    ['in 2 days', '2026-11-18T09:00:00Z'],
  ])('%s', (typed, meant) => {
    expect(momentMeant(typed, 'Europe/London', now)).toEqual(new Date(meant));
  });

  test.each(['tomorrow', '1/2 9:00', '9', 'soon', '25:00', '31 February 9:00', '13pm', 'fre 9:00', '2026-13-01 09:00'])(
    '%s is not guessed',
    (typed) => {
      expect(momentMeant(typed, 'Europe/London', now)).toBeUndefined();
    },
  );
});
