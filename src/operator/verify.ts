import type { Db } from 'mongodb';
import { verifyLedger } from '../ledger/verify.js';
import { getAccount, listAccounts } from '../workspace/accounts.js';
import { verifyAudit } from '../workspace/audit.js';
import type { AccountId } from '../workspace/entities.js';

export interface Verdict {
  sound: boolean;
  /** What was looked at, and each thing that does not add up. */
  lines: readonly string[];
}

/** Proves that the money and the audit trail add up: of one account, or of all. The models must be connected to `db`. Throws for an unknown account. */
export async function verifyAll(db: Db, account?: AccountId): Promise<Verdict> {
  if (account !== undefined && !(await getAccount(account))) throw new Error(`there is no account ${account}`);
  const ledger = await verifyLedger(db, account === undefined ? {} : { account });
  const accounts = account === undefined ? (await listAccounts()).map(({ id }) => id) : [account];
  const findings = ledger.findings.map(
    ({ rule, wallet, sequence, detail }) =>
      `ledger ${rule}${wallet ? ` in ${wallet} line ${sequence}` : ''}: ${detail}`,
  );
  let auditLines = 0;
  for (const id of accounts) {
    const audit = await verifyAudit(id);
    auditLines += audit.entries;
    findings.push(...audit.findings);
  }
  const looked = `${ledger.entries} entries in ${ledger.wallets} wallets, ${auditLines} audit lines in ${accounts.length} accounts`;
  const said = findings.length === 0 ? 'everything adds up' : `${findings.length} findings`;
  return { sound: findings.length === 0, lines: [...findings, `${looked}: ${said}`] };
}
