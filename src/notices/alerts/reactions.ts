import type { Ledger } from '../../ledger/entry.js';
import type { Workspace } from '../../workspace/entities.js';
import type { Reaction } from './alert-model.js';
import { alertOf } from './alert-row.js';
import { reviseAlert } from './revise.js';

/** Has the workspace's alert, where there is one, say what somebody does about it. */
export async function noteReaction(ledger: Ledger, workspace: Workspace, reaction: Reaction): Promise<void> {
  const row = await alertOf(workspace.account, workspace.id);
  if (!row || row.level === 'ok' || isSame(row.reaction, reaction)) return;
  await reviseAlert(ledger, workspace, reaction.at, { reaction });
}

function isSame(before: Reaction | undefined, { kind, by, amountMinor }: Reaction): boolean {
  return before?.kind === kind && before.by === by && before.amountMinor === amountMinor;
}
