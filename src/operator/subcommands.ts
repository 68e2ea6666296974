import { accounts, disable, enable } from './accounts.js';
import { dead, unknown } from './held-back.js';

/** What a subcommand did, for people. */
export interface Outcome {
  done: boolean;
  lines: readonly string[];
}

export interface Subcommand {
  name: string;
  /** One line: what is typed, and what it does. */
  usage: string;
  /** Reads what was typed, before anything is opened; throws UsageFault. */
  read(args: readonly string[]): (at: Date) => Promise<Outcome>;
}

/** Everything the operator can do. */
export const SUBCOMMANDS: readonly Subcommand[] = [enable, disable, accounts, dead, unknown];
