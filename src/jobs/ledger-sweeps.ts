import type { Db } from 'mongodb';
import { newReference } from '../id.js';
import { expireHolds } from '../ledger/expire-holds.js';
import type { Moves } from '../ledger/moves.js';
import { projectAll } from '../ledger/project.js';
import { verifyNext } from '../ledger/verify-round.js';
import type { Log } from '../log.js';
import { countLedgerWork } from './metrics.js';
import type { Sweep } from './sweep.js';

/** What the verifier reads in one run: two seconds of work, and ten million entries in an hour. */
const ENTRIES_A_RUN = 200_000;
/** Findings of one run that are told one by one; a broken ledger may have one per entry. */
const MAX_TOLD = 20;

interface Needs {
  db: Db;
  ledger: Pick<Moves, 'expire'>;
  log: Pick<Log, 'error'>;
}

/** Brings the running totals and open holds up to date, so that summaries stay cheap and expiries are found. */
export function runningTotalsSweep({ db }: Needs): Sweep {
  /** Where the time was up: the next run goes on behind it, so that busy wallets do not keep the others waiting. */
  let cameTo: string | undefined;
  return {
    name: 'running-totals',
    everySeconds: 30,
    async run({ timeIsUp }) {
      const projected = await projectAll(db, timeIsUp, cameTo);
      cameTo = projected.cameTo;
      countLedgerWork('projected', projected.added);
    },
  };
}

/** Gives back the money of holds whose time is up. */
export function holdsSweep({ db, ledger, log }: Needs): Sweep {
  return {
    name: 'holds',
    everySeconds: 30,
    async run({ at, timeIsUp }) {
      const { closed, failed } = await expireHolds(db, ledger, at, timeIsUp);
      for (const { wallet, hold, error } of failed) {
        log.error({ err: error, wallet, hold }, 'a hold could not be expired; the next run tries again');
      }
      countLedgerWork('expired', closed);
    },
  };
}

/** Proves the ledger part by part, round after round. */
export function verifySweep({ db, log }: Needs): Sweep {
  return {
    name: 'verify',
    everySeconds: 60,
    async run({ at, timeIsUp }) {
      const { entries, findings } = await verifyNext(db, { at, entries: ENTRIES_A_RUN, timeIsUp });
      countLedgerWork('verified', entries);
      for (const finding of findings.slice(0, MAX_TOLD)) {
        log.error({ ...finding, reference: newReference() }, 'the ledger does not add up');
      }
      if (findings.length > MAX_TOLD) {
        log.error(
          { findings: findings.length },
          'the ledger does not add up in more places: npm run verify lists them',
        );
      }
    },
  };
}
