import { expect, test } from '@jest/globals';
import type { AcmeInChat } from './acme-in-chat.js';
import { pay } from './outside.js';

/** What members may not do themselves becomes a request. */
export function requestSteps({ chat, type, press, sees }: AcmeInChat): void {
  test('a request for balance is asked back about, answered, and charged once the amount is typed once more', async () => {
    await pay((await type('Olivia', 'topup 40', 'Pay £40.00')).link('Pay £40.00'));
    await press('Olivia', await type('Olivia', 'policy retype above 50', 'Set it'), 'Set it', 'Saved');
    const offer = await type('Mia', 'topup 60', 'Owners top up. Ask Olivia?');
    await press('Mia', offer, 'Ask for £60.00', 'Owners top up, so I asked them for you.');
    const request = await sees('Olivia', 'Mia asks for £60.00 for Marketing.');
    const back = await press('Olivia', request, 'Ask Mia', 'Your question');
    await back.submit('Olivia', 'Send', { text: 'What is it for?' });
    const question = await sees('Mia', 'Olivia asks about your request');
    expect(question.words).toContain('“What is it for?”');
    const answer = await press('Mia', question, 'Answer', 'Your answer');
    await answer.submit('Mia', 'Send', { text: 'For the fair in May.' });
    const asked = await sees('Olivia', 'Mia: For the fair in May.');
    const choice = await press('Olivia', asked, 'Pay £60.00', 'Charge Visa ···4242');
    const retype = await press('Olivia', choice, 'Charge Visa ···4242', 'Above £50.00 the amount is typed once more');
    await retype.submit('Olivia', 'Confirm £60.00', { retyped: '60' });
    await sees('Mia', 'Olivia said yes.');
    await chat().inChannel('£60.00 added. Balance £100.00.');
  });

  test('a member asks for another seat, and an admin says yes in the channel', async () => {
    await type('Zoe', 'licence pro', 'so I asked them for you.');
    const request = await chat().inChannel('Zoe asks for a pro seat in Marketing.');
    await request.click('Adam', 'Approve');
    await chat().inChannel('Approved by Adam.');
    const told = await sees('Zoe', 'Adam said yes.');
    expect(told.words).toContain('You have a pro seat in Marketing now, instead of a standard seat.');
  });

  test('a denied request says why to whoever asked', async () => {
    await type('Max', 'invite nina@acme.com because she writes well', 'so I asked them for you.');
    const request = await chat().inChannel('Max asks to invite nina@acme.com.');
    expect(request.words).toContain('“she writes well”');
    const reason = await press('Adam', request, 'Deny', 'Why not?');
    await reason.submit('Adam', 'Deny', { note: 'We are enough until spring.' });
    await sees('Max', 'Adam said no: “We are enough until spring.”');
    await chat().inChannel('Denied by Adam.');
  });
}
