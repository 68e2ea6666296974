import type { AlertFacts, allClearCard } from '../../cards/notices/alert-card.js';
import type { About } from '../../cards/parts.js';
import type { Entry, Head, Ledger, WalletId } from '../../ledger/entry.js';
import type { Person, Workspace } from '../../workspace/entities.js';
import { holdersOf } from '../../workspace/memberships.js';
import { getPerson } from '../../workspace/people.js';
import { workspacesOfAccount } from '../../workspace/workspaces.js';
import { automaticWords } from '../payments/automatic-words.js';
import type { AlertRow } from './alert-model.js';
import type { Look } from './look.js';

export type AboutBalance = About & { balanceMinor: number };

export function aboutOf({ id, name, currency }: Workspace, { balanceMinor }: Pick<Head, 'balanceMinor'>): AboutBalance {
  return { id, name, currency, balanceMinor };
}

/** What an alert's card tells, but its level. */
export async function alertFacts(
  workspace: Workspace,
  { head, lasts, spend, automatic, seen }: Look,
  row: AlertRow,
): Promise<AlertFacts> {
  const { account, id, timeZone: zone, currency } = workspace;
  if (seen.level === 'ok') throw new Error(`workspace ${id} has no alert`);
  const [owners, others, names] = await Promise.all([
    holdersOf(account, id, ['primaryOwner', 'owner']),
    workspacesOfAccount(account),
    namesIn(row),
  ]);
  const automatically = automaticWords(automatic, { currency, zone });
  const under = head.level === seen.level ? crossed(seen.level, head) : undefined;
  return {
    about: aboutOf(workspace, head),
    level: seen.level,
    ...(under && { under }),
    lasts,
    zone,
    ...(automatically && { automatic: automatically }),
    resources: [...spend.byResource].filter(([, minor]) => minor > 0).toSorted((a, b) => b[1] - a[1]),
    owners: owners.map((owner) => owner.name),
    heldMinor: head.heldMinor,
    siblings: others.some((one) => one.id !== id && one.status === 'active' && one.currency === currency),
    ...names,
  };
}

/** The snooze and the reaction with the names of who did it. */
export async function namesIn({
  account,
  snooze,
  reaction,
}: Pick<AlertRow, 'account' | 'snooze' | 'reaction'>): Promise<Pick<AlertFacts, 'snoozed' | 'reaction'>> {
  const name = async (id: string) => (await getPerson(account, id))?.name ?? 'Somebody';
  return {
    ...(snooze && { snoozed: { by: await name(snooze.by), until: snooze.until.toISOString(), why: snooze.why } }),
    ...(reaction && {
      reaction: { kind: reaction.kind, by: await name(reaction.by), amountMinor: reaction.amountMinor },
    }),
  };
}

/** What brought the balance back since the alert was posted, where it was a top-up or a transfer. */
export async function whatCleared(
  ledger: Ledger,
  { account, id }: Workspace,
  since: Date,
): Promise<NonNullable<Parameters<typeof allClearCard>[0]['added']> | undefined> {
  const newest = await creditSince(ledger, id, since);
  if (!newest) return undefined;
  const by: Person | undefined = newest.person === undefined ? undefined : await getPerson(account, newest.person);
  const how = newest.kind === 'transfer' ? 'moved' : 'added';
  return { how, amountMinor: newest.amountMinor, ...(by && { by: by.name }) };
}

/** The newest top-up, or transfer to the wallet, since then. */
export async function creditSince(ledger: Ledger, wallet: WalletId, since: Date): Promise<Entry | undefined> {
  const credits = await Promise.all(
    (['topup', 'transfer'] as const).map((kind) => ledger.history(wallet, { kind, limit: 1, from: since })),
  );
  const [newest] = credits
    .flatMap(({ entries }) => entries)
    .filter(({ amountMinor }) => amountMinor > 0)
    .toSorted((a, b) => b.sequence - a.sequence);
  return newest;
}

/** The threshold that the balance is under; where both are set, the one that was crossed. */
function crossed(level: AlertFacts['level'], { balanceMinor, creditedToMinor, thresholds }: Head): AlertFacts['under'] {
  const { criticalPercent, lowPercent, lowMinor } = thresholds;
  if (level === 'empty') return undefined;
  if (level === 'critical') return criticalPercent === undefined ? undefined : { percent: criticalPercent };
  if (lowPercent === undefined) return lowMinor === undefined ? undefined : { minor: lowMinor };
  const byAmount =
    lowMinor !== undefined && balanceMinor < lowMinor && balanceMinor * 100 >= lowPercent * creditedToMinor;
  return byAmount ? { minor: lowMinor } : { percent: lowPercent };
}
