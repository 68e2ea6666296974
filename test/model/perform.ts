import { expect } from '@jest/globals';
import mongoose from 'mongoose';
import { automaticOf } from '../../src/payments/automatic/store.js';
import type { TopUpRow } from '../../src/payments/models.js';
import type { Workspace } from '../../src/workspace/entities.js';
import { batch, capture, hold, spend, takeBack, transfer, undo, voided } from './money-steps.js';
import { automatic, card, charge, decide, dispute, page, pay, refund, webhooks } from './payment-steps.js';
import type { Sequence } from './sequence.js';
import type { Step } from './steps.js';

export async function perform(sequence: Sequence, step: Step): Promise<void> {
  const { world } = sequence;
  switch (step.step) {
    case 'look':
      return sequence.settle(sequence.sides[step.of]);
    case 'spend':
      return spend(sequence, step);
    case 'batch':
      return batch(sequence, step);
    case 'undo':
      return undo(sequence, step);
    case 'hold':
      return hold(sequence, step);
    case 'capture':
      return capture(sequence, step);
    case 'void':
      return voided(sequence, step);
    case 'transfer':
      return transfer(sequence, step);
    case 'takeBack':
      return takeBack(sequence, step);
    case 'page':
      return page(sequence, step);
    case 'pay':
      return pay(sequence, step);
    case 'card':
      return card(sequence, step);
    case 'charge':
      return charge(sequence, step);
    case 'refund':
      return refund(sequence, step);
    case 'dispute':
      return dispute(sequence, step);
    case 'decide':
      return decide(sequence, step);
    case 'webhooks':
      return webhooks(sequence, step);
    case 'automatic':
      return automatic(sequence, step);
    case 'trouble':
      return world.sandbox.faults.plan(step.route, step.fault);
    case 'clock':
      return world.pass(step.minutes);
    case 'tick': {
      const at = world.now();
      await world.tick(
        step.how,
        sequence.sides.map(({ workspace }) => workspace.id),
      );
      return sequence.expectSwept(at);
    }
  }
}

/** Lets everything come to its end; then the database says what the model says. */
export async function finish(sequence: Sequence): Promise<void> {
  const { world, account, sides } = sequence;
  await webhooks(sequence, { copies: 1, reversed: false });
  await sweepToTheEnd(sequence);
  for (const { workspace, model } of sides) {
    const { balance: balanceMinor, held: heldMinor, remainder: remainderMicro, lines: sequenceNumber } = model;
    const availableMinor = model.available;
    const expected = { balanceMinor, heldMinor, availableMinor, remainderMicro, sequence: sequenceNumber };
    for (const { ledger } of world.writers) expect(await ledger.head(workspace.id)).toMatchObject(expected);
    for (const [id, { state, left: remainingMinor }] of model.holds)
      expect(await world.writers[1].ledger.hold(workspace.id, id)).toMatchObject({ state, remainingMinor });
  }
  await expectTopUps(sequence);
  const moved = await mongoose.connection.collection('transfers').find({ account }).toArray();
  const states = sequence.transfers.map(({ key, state }) => `${key} ${state}`);
  expect(moved.map((row) => `${String(row['key']).replace(`${sequence.owner}:`, '')} ${row['state']}`).sort()).toEqual(
    states.sort(),
  );
}

/** A charge whose answer was lost is looked up by a later sweep. */
async function sweepToTheEnd(sequence: Sequence): Promise<void> {
  const { world, sides } = sequence;
  for (let underWay = true; underWay; ) {
    const at = world.now();
    const workspaces = sides.map(({ workspace }) => workspace.id);
    await world.tick({ by: 0 }, workspaces);
    await sequence.expectSwept(at);
    const rows = await Promise.all(sides.map(({ workspace }) => automaticOf(whose(workspace))));
    underWay = rows.some((row) => row?.charge !== undefined);
    if (underWay) world.pass(2);
  }
}

const whose = ({ account, id }: Workspace) => ({ account, workspace: id });

/** Each top-up is where the model has it, and the provider has taken exactly what is credited. */
async function expectTopUps({ world, account, topUps }: Sequence): Promise<void> {
  const rows = await mongoose.connection.collection<TopUpRow>('top_ups').find({ account }).toArray();
  for (const { id, state, amount: amountMinor, refunded, dispute } of topUps) {
    const row = rows.find(({ _id }) => _id === id);
    const disputed = dispute && !dispute.won ? dispute.amount : 0;
    expect(row).toMatchObject({ state: state === 'paid' ? 'credited' : state, amountMinor });
    expect([row?.refundedMinor ?? 0, row?.disputedMinor ?? 0]).toEqual([refunded, disputed]);
  }
  const known = new Set(topUps.map(({ id }) => id));
  for (const row of rows) if (!known.has(row._id)) expect(row).toMatchObject({ automatic: { kind: 'below' } });
  const taken = world.sandbox.truth().payments.filter(({ topUp }) => topUp?.startsWith(`${account}.`));
  const paid = topUps.filter(({ state }) => state === 'paid');
  expect(taken.map(({ topUp, amountMinor }) => `${topUp} ${amountMinor}`).sort()).toEqual(
    paid.map(({ id, amount }) => `${account}.${id} ${amount}`).sort(),
  );
}
