import { afterAll, beforeAll, test } from '@jest/globals';
import { Bot } from './bot.js';
import { LocalSlack } from './local-slack.js';
import { operator } from './process.js';

let slack: LocalSlack;
let bot: Bot;
beforeAll(async () => {
  slack = await LocalSlack.start(4120, 'http://127.0.0.1:4110/slack/events');
  bot = await Bot.prepare(4110, {
    ...slack,
    apiUrl: `${slack.address}/api`,
    signingSecret: slack.signingSecret,
    botToken: slack.botToken,
  });
  const t = performance.now();
  await bot.start();
  console.log('started', performance.now() - t);
}, 60000);
afterAll(async () => {
  console.log(bot?.log());
  await bot?.remove();
  await slack?.stop();
});
test('x', async () => {
  await slack.type('Olivia', '', 'C0MARKETING');
  console.log(await slack.privateTo('Olivia'));
  const t = performance.now();
  console.log(await operator(['enable', 'slack:T02', '--name', 'Acme', '--owner', 'U0OLIVIA'], bot));
  console.log('operator', performance.now() - t);
  const ready = await slack.privateTo('Olivia');
  console.log('told', performance.now() - t);
  console.log(ready);
  await slack.click('Olivia', ready, 'Create');
  console.log(await slack.openModal());
  slack.submit('Olivia', { name: 'Marketing' });
  console.log(await slack.privateTo('Olivia'));
}, 60000);
