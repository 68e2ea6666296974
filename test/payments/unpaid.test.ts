import { describe, expect, it } from '@jest/globals';
import { markTopUpTold, untoldTopUps } from '../../src/payments/telling.js';
import { referenceOf } from '../../src/payments/top-up.js';
import { DECLINED_CARD, GOOD_CARD } from './harness.js';
import { ask, AT, balance, payments, product, sandbox, storedTopUp, useTopUps } from './top-up-world.js';

useTopUps();

describe('a top-up that is not paid', () => {
  it('stays open after a declined card, remembers why, and may still be paid', async () => {
    const { topUp } = await ask();
    sandbox().pay(topUp.checkoutId!, DECLINED_CARD);
    await sandbox().webhooks.deliver();
    expect(await storedTopUp(topUp.id)).toMatchObject({ state: 'open', decline: { code: 'generic_decline' } });
    expect(await (await fetch(`${product()}/payments/return?top_up=${referenceOf(topUp)}`)).text()).toContain(
      'Your card was declined',
    );
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await sandbox().webhooks.deliver();
    expect(await balance()).toBe(10_000);
  });

  it('expires, and is told so', async () => {
    const { topUp } = await ask();
    sandbox().store.state.sessions[topUp.checkoutId!]!.expires_at = 0;
    await payments.reconcile(AT());
    expect(await untoldTopUps(10)).toMatchObject([{ id: topUp.id, state: 'expired' }]);
    expect(await balance()).toBe(0);
  });

  it('is not found by a made-up address, and nothing breaks', async () => {
    const { topUp } = await ask();
    for (const made of ['', 'x', `acc_other.${topUp.id}`, `${referenceOf(topUp)}.1`, '%24gt', '.']) {
      expect((await fetch(`${product()}/payments/return?top_up=${made}`)).status).toBe(404);
    }
    expect((await fetch(`${product()}/payments/return?top_up[$gt]=1&left=1`)).status).toBe(404);
  });

  it('is told again when its money arrives after all', async () => {
    const { topUp } = await ask();
    const session = sandbox().store.state.sessions[topUp.checkoutId!]!;
    session.status = 'expired';
    await payments.settle(referenceOf(topUp), AT());
    const [expired] = await untoldTopUps(10);
    session.status = 'open';
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await sandbox().webhooks.deliver();
    await markTopUpTold(expired!);
    expect(await untoldTopUps(10)).toMatchObject([{ id: topUp.id, state: 'credited' }]);
    expect(await balance()).toBe(10_000);
  });

  it('is declined for good when it expires after a refused card', async () => {
    const { topUp } = await ask();
    sandbox().pay(topUp.checkoutId!, DECLINED_CARD);
    sandbox().store.state.sessions[topUp.checkoutId!]!.expires_at = 0;
    expect(await payments.settle(referenceOf(topUp), AT())).toMatchObject({ state: 'declined' });
  });
});
