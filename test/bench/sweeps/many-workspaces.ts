import { strict as assert } from 'node:assert';
import type { Db, Document } from 'mongodb';
import type { Ledger } from '../../../src/ledger/entry.js';
import { projectWallet } from '../../../src/ledger/project.js';
import { makeDueSummaries, type SummaryDeps } from '../../../src/notices/summaries/summaries.js';
import { enrolWorkspaces } from '../../../src/notices/summaries/summary-schedule.js';
import { openMarketing, spend, topUp } from '../../notices/company.js';

/** The month that is summed up. */
export const MONTH = { period: '2026-10', to: new Date('2026-11-01T00:00:00Z') } as const;

const OPENED = new Date('2026-09-01T09:00:00Z');
const FIRST_SUMMARY = new Date('2026-10-01T02:00:00Z');
const SPENDING_DAYS = 8;
const IN_AN_ACCOUNT = 20;
const AT_ONCE = 1_000;

/**
 * Workspaces with money and a month of spending, each bound to a channel of its own, twenty to a company: one is made
 * by the product, the server copies what it wrote. The month before is closed, this one is due.
 */
export async function makeManyWorkspaces(db: Db, ledger: Ledger, deps: SummaryDeps, count: number): Promise<void> {
  const company = await openMarketing(ledger, OPENED, { timeZone: 'UTC' });
  const { account, marketing } = company;
  await topUp(ledger, company, 100_000, OPENED);
  await spend(ledger, company, 700, new Date('2026-09-20T10:00:00Z'), { resource: 'campaign 1' });
  await enrolWorkspaces();
  assert.equal(await makeDueSummaries(deps, FIRST_SUMMARY, () => false), 1);
  await db.collection('outbox').deleteMany({});
  for (let day = 1; day <= SPENDING_DAYS; day++) {
    const at = new Date(Date.UTC(2026, 9, day * 3, 10));
    await spend(ledger, company, 500 + day, at, { resource: `campaign ${day % 4}`, person: 'per_bench' });
  }
  await projectWallet(db, marketing.id);
  for (const [name, filter, own] of COPIED) {
    const alike = await db
      .collection(name)
      .find(filter({ account: account.id, workspace: marketing.id }))
      .toArray();
    assert(alike.length > 0, `nothing of ${name} to copy`);
    for (let from = 0; from < count; from += AT_ONCE) {
      await db.aggregate(copies(name, alike, own, { from, to: Math.min(from + AT_ONCE, count) })).toArray();
    }
  }
}

const ACCOUNT = { $concat: ['acc_', { $toString: { $floor: { $divide: ['$i', IN_AN_ACCOUNT] } } }] };
const WORKSPACE = { $concat: ['ws_bench_', { $toString: '$i' }] };
const numbered = (prefix: string) => ({ $concat: [prefix, { $toString: '$i' }] });

type Filter = (of: { account: string; workspace: string }) => Document;
const ofWorkspace: Filter = ({ workspace }) => ({ workspace });
const ofWallet: Filter = ({ workspace }) => ({ w: workspace });

/** What a workspace consists of, as far as a summary looks, and what is its own in each copy. */
const COPIED: readonly [collection: string, filter: Filter, own: Document][] = [
  ['accounts', ({ account }) => ({ _id: account }), { _id: ACCOUNT }],
  [
    'workspaces',
    ({ workspace }) => ({ _id: workspace }),
    { _id: WORKSPACE, account: ACCOUNT, foldedName: numbered('ws ') },
  ],
  [
    'memberships',
    ofWorkspace,
    { _id: numbered('mem_'), account: ACCOUNT, workspace: WORKSPACE, person: numbered('per_') },
  ],
  [
    'bindings',
    ofWorkspace,
    { _id: numbered('b_'), account: ACCOUNT, workspace: WORKSPACE, tenant: ACCOUNT, channel: numbered('C') },
  ],
  ['summary_schedules', ({ workspace }) => ({ _id: workspace }), { _id: WORKSPACE, account: ACCOUNT }],
  [
    'summaries',
    ofWorkspace,
    { _id: { $concat: ['summary:', WORKSPACE, ':2026-09'] }, account: ACCOUNT, workspace: WORKSPACE },
  ],
  ['entries', ofWallet, { _id: { w: WORKSPACE, k: '$d._id.k' }, w: WORKSPACE }],
  ['ledgerTotals', ofWallet, { _id: { w: WORKSPACE, u: '$d._id.u', t: '$d._id.t' }, w: WORKSPACE }],
];

function copies(
  name: string,
  alike: readonly Document[],
  own: Document,
  numbers: { from: number; to: number },
): Document[] {
  return [
    { $documents: [{ i: { $range: [numbers.from, numbers.to] } }] },
    { $unwind: '$i' },
    { $set: { d: { $literal: alike } } },
    { $unwind: '$d' },
    { $replaceWith: { $mergeObjects: ['$d', own] } },
    { $merge: { into: name, whenMatched: 'keepExisting', whenNotMatched: 'insert' } },
  ];
}
