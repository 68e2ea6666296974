import { z } from 'zod';
import { whoDoes } from '../cards/action-words.js';
import type { Card } from '../cards/card.js';
import { MOST_OFFERED } from '../cards/choice-field.js';
import { transferDoneCard, transferForm, transferPreviewCard } from '../cards/balance/transfer-cards.js';
import { movedWords, transferAsked } from '../cards/requests/asked-money-words.js';
import type { Answer } from '../chat/invocation.js';
import { newId } from '../id.js';
import { LedgerBusy } from '../ledger/outcome.js';
import { parseAmount } from '../money.js';
import { tellTransfer } from '../notices/workspaces/transfer-notices.js';
import { refuse } from '../refusal.js';
import type { Workspace } from '../workspace/entities.js';
import { membership } from '../workspace/memberships.js';
import { type Action, holders, verdict } from '../workspace/permissions.js';
import type { TransferRecord } from '../workspace/transfer-record.js';
import { findTransfer, hasBegun, refuseInsufficient, transferBalance, undoTransfer } from '../workspace/transfers.js';
import { getWorkspace } from '../workspace/workspaces.js';
import { amount, flag, text } from './argument.js';
import { type Args, type InWorkspace, workspaceCommand } from './command.js';
import { aboutWith, aboutWorkspace, originOf } from './context.js';
import { decidersOf } from './deciders.js';
import { deskOf } from './pick-request.js';
import { readTransfer } from './read-transfer.js';
import { shownOf, sideChanged, transferShown } from './transfer-shown.js';
import { targetById, targetOf, targetsOf } from './transfer-target.js';
import { sideOf } from './transfer-sides.js';

export const actionOfTransfer = ({ undo }: Args): Action => (undo ? 'undoTransfer' : 'transferBalance');
export const changesByTransfer = ({ sure, undo, ask }: Args) => sure === true || undo !== undefined || ask === true;

const transferArgs = z.strictObject({
  amount: amount.optional(),
  /** The target's id, or its name as it was typed. */
  to: text(100).optional(),
  /** The preview was confirmed. */
  sure: flag,
  shown: transferShown.optional(),
  /** The offer to ask was pressed. */
  ask: flag,
  change: flag,
  why: text(500).optional(),
  /** The transfer to be taken back. */
  undo: z.string().max(80).optional(),
});

type TransferArgs = z.infer<typeof transferArgs>;

/** Moves balance to another workspace that the person is in: preview, confirm, and an undo for some minutes. */
export const transfer = workspaceCommand({
  args: transferArgs,
  read: readTransfer,
  async facts({ account, workspace, person }, args) {
    if (args.undo && workspace) {
      const record = await findTransfer(account.id, args.undo, workspace.id);
      if (!record) return {};
      const held = await membership(account.id, record.to, person);
      return { memberOfTarget: held !== undefined && !held.suspended };
    }
    if (!workspace || !args.to) return {};
    const giver = { account, person, from: workspace };
    const { membership: held } = settled(args) ? await targetById(giver, args.to) : await targetOf(giver, args.to);
    return { memberOfTarget: !held.suspended };
  },
  async offer(context, args) {
    if (args.ask || args.change || args.undo || !args.amount || !args.to) return undefined;
    const call = {
      command: 'transfer',
      args: { to: (await targetOf(giverOf(context), args.to)).workspace.id },
    };
    const wanted = { id: 'offer', action: 'transferBalance', workspace: context.workspace.id, call };
    const people = await decidersOf(deskOf(context), wanted);
    const names = people.map((person) => person.name);
    if (names.length === 0) return refuse({ kind: 'notAllowed', doing: 'move balance there', holders: [] });
    const ask = { whoDoes: whoDoes('transferBalance', holders('transferBalance')), names };
    return preview(context, args, { ask: { ...ask, ...(args.why && { why: args.why }) } });
  },
  async form(context, args) {
    if (args.undo || (args.amount && args.to && !args.change)) return undefined;
    const { services, workspace } = context;
    const giver = giverOf(context);
    const target = args.to && (await targetOf(giver, args.to)).workspace;
    return transferForm({
      from: await aboutWorkspace(services.ledger, workspace),
      targets: await offeredTo(giver),
      kept: { ...(args.why && { why: args.why }) },
      ...(args.amount && { amount: args.amount }),
      ...(target && { target }),
    });
  },
  async choices(context, { words, limit }) {
    const targets = await targetsOf(giverOf(context), { limit, ...(words && { search: words }) });
    return targets.map(({ id, name }) => ({ value: id, label: name }));
  },
  async asks({ services, account, workspace }, args) {
    const target = args.to && (await getWorkspace(account.id, args.to));
    if (!workspace || !args.amount || !target) throw new Error('a transfer names both workspaces and its amount');
    const amountMinor = parseAmount(args.amount, workspace.currency);
    const head = await services.ledger.head(workspace.id);
    const there = (await services.ledger.head(target.id))?.balanceMinor ?? 0;
    return transferAsked({
      from: workspace,
      to: target,
      amountMinor,
      leftMinor: (head?.availableMinor ?? 0) - amountMinor,
      thereMinor: there + amountMinor,
    });
  },
  async moves(context, args) {
    if (!isMeant(context, args)) return undefined;
    const { workspace } = context;
    const { workspace: target } = await targetById(giverOf(context), args.to ?? '');
    const amountMinor = parseAmount(args.amount ?? '', workspace.currency);
    return { workspace, amountMinor, what: movedWords(amountMinor, workspace, target.name) };
  },
  async run(context, args) {
    if (args.undo) return undo(context, args.undo);
    if (!isMeant(context, args))
      return { kind: 'private', card: await preview(context, args), replace: args.change === true };
    const changed = await changedSince(context, args);
    if (changed) return { kind: 'private', replace: true, card: await preview(context, args, { changed }) };
    return move(context, args);
  },
});

const giverOf = ({ account, actor, approvedBy, workspace }: InWorkspace) => ({
  account,
  person: actor.id,
  from: workspace,
  ...(approvedBy && { asker: actor.name }),
});

/** What the form shows before anything is searched; one more than that, where there is more. */
async function offeredTo(giver: ReturnType<typeof giverOf>): Promise<Workspace[]> {
  const targets = await targetsOf(giver, { limit: MOST_OFFERED + 1 });
  return targets.length > 0 ? targets : refuse({ kind: 'cannotTransfer', why: 'alone', fromName: giver.from.name });
}

/** The preview was confirmed, or somebody said yes to what was asked. */
function isMeant({ approvedBy }: InWorkspace, { sure, undo }: TransferArgs): boolean {
  return !undo && (sure === true || approvedBy !== undefined);
}

/** Confirmed or asked, a target goes by its id alone: a name may be another's by now. */
function settled({ sure, ask }: TransferArgs): boolean {
  return sure === true || ask === true;
}

async function preview(
  context: InWorkspace,
  args: TransferArgs,
  more: Pick<Parameters<typeof transferPreviewCard>[0], 'ask' | 'changed'> = {},
): Promise<Card> {
  const { at, services, workspace } = context;
  const { ledger } = services;
  const { workspace: target } = await targetOf(giverOf(context), args.to ?? '');
  const amountMinor = parseAmount(args.amount ?? '', workspace.currency);
  const head = await ledger.head(workspace.id);
  if ((head?.availableMinor ?? 0) < amountMinor) return refuseInsufficient(ledger, workspace, amountMinor);
  return transferPreviewCard({
    from: await sideOf(ledger, workspace, -amountMinor, at),
    to: await sideOf(ledger, target, amountMinor, at),
    amountMinor,
    key: newId('op', at),
    shown: await shownOf(ledger, { from: workspace, to: target, amountMinor }),
    ...more,
  });
}

/** What was shown is not as it was; what somebody said yes to, or has begun, is past that. */
async function changedSince(context: InWorkspace, args: TransferArgs): Promise<'from' | 'to' | undefined> {
  const { account, actor, approvedBy, key, services, workspace } = context;
  if (approvedBy || !args.shown) return undefined;
  if (await hasBegun({ account: account.id, from: workspace, by: actor.id, key })) return undefined;
  const { workspace: to } = await targetById(giverOf(context), args.to ?? '');
  const amountMinor = parseAmount(args.amount ?? '', workspace.currency);
  return sideChanged(services.ledger, { from: workspace, to, amountMinor }, args.shown);
}

async function move(context: InWorkspace, args: TransferArgs): Promise<Answer> {
  const { account, actor, approvedBy, at, key, services, workspace } = context;
  const { workspace: to } = await targetById(giverOf(context), args.to ?? '');
  const amountMinor = parseAmount(args.amount ?? '', workspace.currency);
  const by = { by: actor.id, ...(approvedBy && { approvedBy: approvedBy.id }) };
  const order = { account: account.id, from: workspace, to, amountMinor, ...by, key, origin: originOf(context), at };
  const moved = await orBusy(transferBalance(services.ledger, order));
  await tellTransfer(moved);
  return done(context, moved, to);
}

async function undo(context: InWorkspace, id: string): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const asked = { account: account.id, id, workspace: workspace.id, by: actor.id, at };
  const undone = await orBusy(undoTransfer(services.ledger, asked));
  await tellTransfer(undone);
  const to = await getWorkspace(account.id, undone.to);
  if (!to) throw new Error(`transfer ${id} has lost its target`);
  return done(context, undone, to);
}

function done(context: InWorkspace, record: TransferRecord, to: Workspace): Answer {
  const { actor, at, membership: held, workspace } = context;
  const { fromBalanceMinor = 0, toBalanceMinor = 0, undoUntil, amountMinor, state } = record;
  const mayUndo = state === 'moved' && verdict('undoTransfer', held.role).answer === 'yes';
  const zone = actor.timeZone ?? workspace.timeZone;
  const card = transferDoneCard({
    from: aboutWith(workspace, fromBalanceMinor),
    to: aboutWith(to, toBalanceMinor),
    amountMinor,
    undone: state === 'undone',
    ...(mayUndo &&
      undoUntil &&
      undoUntil > at && { undo: { transfer: record.id, until: undoUntil.toISOString(), zone } }),
  });
  return { kind: 'private', replace: true, card };
}

/** Too much goes on in the two wallets just now: nothing was moved, and the same press may come again. */
async function orBusy<T>(moving: Promise<T>): Promise<T> {
  try {
    return await moving;
  } catch (error) {
    if (error instanceof LedgerBusy) return refuse({ kind: 'tooFast', retryAfterSeconds: error.retryAfterSeconds });
    throw error;
  }
}
