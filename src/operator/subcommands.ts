import { accounts, disable, enable } from './accounts.js';
import { dead, unknown } from './held-back.js';
import { handover, owner } from './handover.js';
import type { Subcommand } from './subcommand.js';
import { suspense } from './suspense.js';

/** Everything the operator can do. */
export const SUBCOMMANDS: readonly Subcommand[] = [enable, disable, accounts, dead, unknown, suspense, handover, owner];
