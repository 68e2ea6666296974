import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { campaignSteps } from './campaign-steps.js';
import type { ChatSeen, EitherChat } from './either-chat.js';
import { answerBank, lastPayment, merchant, pay, revealKey, chooseCard, spend, usageApi } from './outside.js';
import type { Product } from './product.js';
import { ruleSteps } from './rule-steps.js';
import { webhookSteps } from './webhook-steps.js';

/** 3-D Secure with every payment. */
const ALWAYS_ASKS = '4000 0027 6000 3184';
/** Can be saved; every charge is declined. */
const ALWAYS_DECLINED = '4000 0000 0000 0341';
const GOOD = '4242 4242 4242 4242';

/** Everything about money that people do and see in a chat: each step stands on the one before. */
export function moneyStory(openChat: () => Promise<EitherChat>): void {
  let chat: EitherChat;
  let product: Product;
  beforeAll(async () => {
    chat = await openChat();
    product = await chat.startProduct();
    await openAcme(chat, product);
  }, 60_000);
  afterAll(async () => {
    await product?.stop();
    await chat?.stop();
  });

  const olivia = async (typed: string, says: string): Promise<ChatSeen> => {
    await chat.type('Olivia', typed);
    return chat.privateTo('Olivia', says);
  };
  const press = async (on: ChatSeen, label: string, says: string): Promise<ChatSeen> => {
    await on.click('Olivia', label);
    return chat.privateTo('Olivia', says);
  };
  const useCard = async (number: string): Promise<void> => {
    const billing = await olivia('billing', "Marketing's billing");
    const portal = await press(billing, 'Cards and billing', "payment provider's page");
    await chooseCard(portal.link('Open the page'), number);
  };

  test.each([
    ['topup 100', 'Pay £100.00'],
    ['topup £50', 'Pay £50.00'],
    ['topup 50.00', 'Pay £50.00'],
    ['topup 50 gbp', 'Pay £50.00'],
    ['fund 1,000', 'Pay £1,000.00'],
    ['topup GBP 1,000.50', 'Pay £1,000.50'],
  ])('%s is an amount', async (typed, offered) => {
    expect((await olivia(typed, offered)).link(offered)).toContain('/sandbox/pay/');
  });

  test.each([
    ['topup 1.000,50', "I can't read “1.000,50” as an amount"],
    ['topup 50,00', "I can't read “50,00” as an amount"],
    ['topup fifty', "I can't read “fifty” as an amount"],
    ['topup $50', 'GBP'],
    ['topup -5', 'above zero'],
    ['topup 0', 'above zero'],
    ['topup 0.001', '0.001'],
    ['topup 1e9', "I can't read “1e9” as an amount"],
  ])('%s is refused kindly', async (typed, says) => {
    expect((await olivia(typed, says)).words).not.toMatch(/Something broke|Pay £/);
  });

  test('an amount that can be read in two ways is asked for again', async () => {
    const form = await olivia('topup 50,00', "can't read “50,00”");
    await form.submit('Olivia', 'Go on', { amount: '50.00' });
    await chat.privateTo('Olivia', 'Pay £50.00');
  });

  test('the first top-up is paid on the page, and keeps the card', async () => {
    expect(await pay((await olivia('topup £100', 'Pay £100.00')).link('Pay £100.00'))).toContain('£100.00');
    await chat.inChannel('£100.00 added. Balance £100.00.');
  });

  test('the next is charged to the saved card', async () => {
    await press(
      await olivia('topup 50 gbp', 'Charge Visa ···4242'),
      'Charge Visa ···4242',
      '£50.00 added. Balance £150.00.',
    );
    await chat.inChannel('£50.00 added. Balance £150.00.');
  });

  test('a declined card: why, that nothing was taken, and what next', async () => {
    await useCard(ALWAYS_DECLINED);
    const choice = await olivia('topup 30', 'Charge Visa ···0341');
    const declined = await press(choice, 'Charge Visa ···0341', '£30.00 for Marketing was not paid');
    expect(declined.words).toMatch(/Your card was declined\..*Nothing was taken.*another card/s);
    await press(declined, 'Try again', 'Pay £30.00');
  });

  test('a bank that asks for the cardholder: the page, the question, the balance', async () => {
    await useCard(ALWAYS_ASKS);
    const choice = await olivia('topup 40', 'Charge Visa ···3184');
    const asked = await press(choice, 'Charge Visa ···3184', 'Your bank asks you to confirm £40.00 for Marketing');
    const page = asked.link('Pay £40.00');
    expect(await pay(page, ALWAYS_ASKS)).toContain('Your bank wants to be sure');
    expect(await answerBank(page)).toContain('£40.00');
    await chat.inChannel('£40.00 added. Balance £190.00.');
    await useCard(GOOD);
  });

  test('a transfer is shown before and after, and undone', async () => {
    const preview = await olivia('move 20 from Marketing to Support', 'Move £20.00 from Marketing to Support?');
    for (const amount of ['£190.00', '£170.00', '£0.00', '£20.00']) expect(preview.words).toContain(amount);
    const done = await press(preview, 'Move £20.00', '£20.00 moved from Marketing to Support.');
    await chat.inChannel('£20.00 moved to another workspace of Acme. Balance £170.00.');
    await press(done, 'Undo', 'Undone: £20.00 went back from Support to Marketing.');
    await chat.inChannel('£20.00 came back from another workspace of Acme');
  });

  let key = '';
  test('a developer key is made, replaced and revoked', async () => {
    const made = await olivia('dev create Engine', 'The key Engine is made.');
    const first = await revealKey(made.link('Open the page'));
    const asked = await olivia('dev rotate Engine', 'Give Engine a new secret?');
    const rotated = await press(asked, 'New secret', 'Engine has a new secret.');
    key = await revealKey(rotated.link('Open the page'));
    expect((await usageApi(product, key, 'balance')).status).toBe(200);
    expect((await usageApi(product, first, 'balance')).status).toBe(200);

    const other = await revealKey((await olivia('dev create Other', 'The key Other is made.')).link('Open the page'));
    const sure = await olivia('dev revoke Other', 'Revoke Other?');
    await press(sure, 'Revoke', "Marketing's API keys");
    expect((await usageApi(product, other, 'balance')).status).toBe(401);
  });

  test('what is held is shown beside what is available', async () => {
    const held = await usageApi(product, key, 'holds', { id: 'spring-1', amountMinor: 12_00, resource: 'Spring' });
    expect(held.status).toBe(200);
    await olivia('balance', 'Marketing has £190.00. £178.00 of it is available, £12.00 is held.');
    expect((await usageApi(product, key, 'holds/spring-1/void', {})).status).toBe(200);
  });

  test('balance is added by itself once it falls, until somebody pauses it', async () => {
    const top = await olivia('auto topup below 20 add 30 max 200', 'Turn on');
    expect(top.words).toContain('When the balance falls below £20.00, £30.00 is added from Visa ···4242');
    await press(top, 'Turn on', 'Automatic payments of Marketing are on');
    await press(await olivia('auto recharge 40 on the 5th', 'Turn on'), 'Turn on', 'On the 5th of each month');
    expect(await spend(product, key, [175_00])).toBe(15_00);
    const added = await chat.inChannel('Added automatically, as the balance ran low.');
    expect(added.words).toContain('£30.00 added. Balance £45.00.');
    await olivia('auto pause', 'Automatic payments of Marketing are paused');
    await chat.inChannel('Olivia paused automatic payments of Marketing.');
  });

  test('a refund and a dispute are told in the channel', async () => {
    const payment = await lastPayment(product);
    await merchant(product, `payments/${payment}/refund`, { amount: '10' });
    await chat.inChannel('£10.00 was refunded. Balance £35.00.');
    await merchant(product, `payments/${payment}/dispute`);
    await chat.inChannel("was taken back by the payer's bank.");
  });

  test('a large amount is typed once more, and a larger one takes a second person', async () => {
    await press(await olivia('policy retype above 50', 'Set it'), 'Set it', 'Saved');
    await press(await olivia('policy two people above 80', 'Set it'), 'Set it', 'Saved');
    const retype = await press(await olivia('topup 60', 'Charge Visa'), 'Charge Visa ···4242', 'Above £50.00');
    await retype.submit('Olivia', 'Confirm £60.00', { retyped: '£60.00' });
    await chat.inChannel('£60.00 added.');

    const twice = await press(await olivia('topup 90', 'Charge Visa'), 'Charge Visa ···4242', 'Above £50.00');
    await twice.submit('Olivia', 'Confirm £90.00', { retyped: '90' });
    await chat.privateTo('Olivia', 'Above £80.00 two people are needed, so I asked Mia for you.');
    const request = await chat.privateTo('Mia', 'Olivia asks to charge £90.00 to the saved card for Marketing.');
    await request.click('Mia', 'Charge £90.00');
    const byMia = await chat.privateTo('Mia', 'Above £50.00');
    await byMia.submit('Mia', 'Confirm £90.00', { retyped: '90' });
    await chat.inChannel('£90.00 added.');
    await chat.privateTo('Olivia', 'Mia said yes.');
  });

  test('the history by kind, and as a file', async () => {
    const topups = await olivia('history topups', "Marketing's entries");
    expect(topups.words).toContain('Balance added');
    expect(topups.words).not.toContain('Usage');
    const file = await olivia('history csv', 'as CSV');
    const csv = await (await fetch(file.link('Download'), { method: 'POST' })).text();
    expect(csv).toMatch(/^\uFEFF?entry,at,local_time,kind,amount,/);
    for (const kind of ['topup', 'usage', 'transfer', 'hold', 'release', 'refund', 'dispute']) {
      expect(csv).toContain(`,${kind},`);
    }
  });

  test('the receipts, and one as PDF', async () => {
    await chat.privateTo('Olivia', 'of Marketing, for £100.00, is ready.');
    const list = await olivia('receipts', "Marketing's receipts");
    const label = /\w{6}-000001/.exec(list.words)![0];
    const receipt = await olivia(`receipts ${label}`, `Receipt ${label}`);
    expect(receipt.words).toContain('£100.00');
    const pdf = await (await fetch(receipt.link('Download PDF'), { method: 'POST' })).arrayBuffer();
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  });

  ruleSteps({ type: olivia, press, sees: (says) => chat.privateTo('Olivia', says) });
  const sees = (says: string) => chat.privateTo('Olivia', says);
  webhookSteps({ type: olivia, press, sees });
  campaignSteps({ type: olivia, press, sees }, () => product);
}

/** Acme with Olivia's Marketing and Support, Mia as a second owner, and #marketing bound. */
async function openAcme(chat: EitherChat, product: Product): Promise<void> {
  const owner = chat.userOf('Olivia');
  await product.operator('enable', chat.tenant, '--name', 'Acme', '--owner', owner, '--plan', 'teams');
  await chat.type('Olivia', 'create Marketing');
  await chat.privateTo('Olivia', 'Marketing is active. £0.00.');
  await chat.type('Olivia', 'channel bind');
  await chat.inChannel("Marketing's alerts and requests come here. Set by Olivia.");
  await chat.type('Olivia', 'create Support');
  await chat.privateTo('Olivia', 'Support is active');
  await chat.type('Olivia', 'invite @Mia as owner');
  await (await chat.privateTo('Mia', 'Olivia invites you to Marketing as owner.')).click('Mia', 'Join');
  await chat.privateTo('Mia', 'Welcome!');
}
