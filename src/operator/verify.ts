import type { Db } from 'mongodb';
import { createLedger } from '../ledger/ledger.js';
import { verifyLedger } from '../ledger/verify.js';
import { type ProviderReport, verifyClearing } from '../ledger/verify-clearing.js';
import { verifyReceipts } from '../payments/receipts/verify-receipts.js';
import { getAccount, listAccounts } from '../workspace/accounts.js';
import { verifyAudit } from '../workspace/audit.js';
import { type AccountId, LICENCES } from '../workspace/entities.js';
import { countSeats, seatsUsed } from '../workspace/seats.js';

export interface Verdict {
  sound: boolean;
  /** What was looked at, and each thing that does not add up. */
  lines: readonly string[];
}

/**
 * Proves that the money, its receipts, the audit trail and the count of seats add up: of one account, or of all. The models must be connected
 * to `db`. With the provider's own report the money is held against that too. Throws for an unknown account.
 */
export async function verifyAll(
  db: Db,
  account?: AccountId,
  at = new Date(),
  report?: ProviderReport,
): Promise<Verdict> {
  if (account !== undefined && !(await getAccount(account))) throw new Error(`there is no account ${account}`);
  const ledger = await verifyLedger(db, account === undefined ? {} : { account });
  const accounts = account === undefined ? (await listAccounts()).map(({ id }) => id) : [account];
  const clearing = report && (await verifyClearing(db, report, { at, ...(account !== undefined && { account }) }));
  const findings = [...ledger.findings, ...(clearing?.findings ?? [])].map(
    ({ rule, wallet, sequence, detail }) =>
      `ledger ${rule}${wallet ? ` in ${wallet} line ${sequence}` : ''}: ${detail}`,
  );
  const entries = createLedger(db);
  let [auditLines, receipts] = [0, 0];
  for (const id of accounts) {
    const audit = await verifyAudit(id);
    auditLines += audit.entries;
    const issued = await verifyReceipts({ ledger: entries }, { account: id, at });
    receipts += issued.receipts;
    findings.push(...audit.findings, ...issued.findings, ...(await verifySeats(id)));
  }
  const movements = clearing ? `${clearing.movements} movements of the provider's account, ` : '';
  const looked = `${ledger.entries} entries in ${ledger.wallets} wallets, ${movements}${receipts} receipts, ${auditLines} audit lines in ${accounts.length} accounts`;
  const said = findings.length === 0 ? 'everything adds up' : `${findings.length} findings`;
  return { sound: findings.length === 0, lines: [...findings, `${looked}: ${said}`] };
}

/** The count that is kept, against one that reads every membership. */
async function verifySeats(account: AccountId): Promise<string[]> {
  const kept = await seatsUsed(account);
  const counted = await countSeats(account);
  const wrong = LICENCES.filter((licence) => kept[licence] !== counted[licence]);
  return wrong.map(
    (licence) => `seats of ${account}: ${kept[licence]} ${licence} are kept, ${counted[licence]} are taken`,
  );
}
