import { expect, test } from '@jest/globals';
import type { AcmeInChat } from './acme-in-chat.js';
import type { StrictChat } from './either-chat.js';

/** What becomes of chat channels and accounts, which clients made by others do not change. Mia is the primary owner. */
export function strictSteps({ chat, type, press, sees }: AcmeInChat, strict: () => StrictChat): void {
  test('a chat channel is followed when it is renamed; taken out of it the bot says so, and is back by a button', async () => {
    await strict().rename('growth');
    await type('Zoe', 'balance', 'Marketing');
    await strict().bot('out');
    const lost = await sees('Olivia', 'I was taken out of #growth');
    expect(lost.words).toContain("Marketing's notices do not arrive there until I am back.");
    await press('Olivia', lost, 'Try again', 'in #growth');
    await strict().bot('back');
    await lost.click('Olivia', 'Try again');
    await chat().inChannel('Set by Olivia.');
  });

  test("a primary owner's account is deactivated: whoever may take over is asked, and nothing is stranded", async () => {
    await strict().deactivate('Mia', true);
    const asked = await sees('Olivia', 'Marketing needs a primary owner');
    expect(asked.words).toContain('Mia is gone from the chat');
    await press('Olivia', asked, 'Take it over', 'You are the primary owner of Marketing now');
    await strict().deactivate('Mia', false);
    await type('Mia', 'balance', 'Marketing has £100.00.');
  }, 40_000);
}
