import { expect, test } from '@jest/globals';
import type { AcmeInChat } from './acme-in-chat.js';
import { mailsPage } from './mails.js';

/** Olivia brings in Adam as an admin, and Mia, Max, Zoe and Theo as members. */
export function arrivalSteps({ product, type, press, sees }: AcmeInChat): void {
  test('several are invited at once, in chat and by e-mail, each with a line of their own', async () => {
    await type('Olivia', 'invite @Adam as admin', 'Adam is invited to Marketing as admin, in chat.');
    const results = await type('Olivia', 'invite @Adam @Mia @Max zoe@home.example', '3 invited, 1 not');
    expect(results.words).toContain('Mia is invited to Marketing as member, in chat.');
    expect(results.words).toContain('zoe@home.example is invited to Marketing as member, by e-mail.');
    for (const name of ['Adam', 'Mia', 'Max'] as const) {
      await press(name, await sees(name, 'Olivia invites you to Marketing'), 'Join', 'Welcome!');
    }
  });

  test('an e-mailed invitation is tied to a person by the code of its page, once', async () => {
    const mails = await mailsPage(product(), 'zoe@home.example', 1);
    const link = /href="([^"]+\/invite\/[^"]+)"/.exec(mails)?.[1] ?? '';
    const page = await (await fetch(link)).text();
    expect(page).toContain('Olivia invites you to Marketing');
    const code = /join ([\w-]+)</.exec(page)?.[1] ?? '';
    await type('Zoe', `join ${code}`, 'Welcome!');
    await type('Theo', `join ${code}`, 'This invitation was already used.');
    expect(await (await fetch(link)).text()).toContain('This invitation has been used');
  });

  test('without a free seat it is said who could free one and what more cost; the plan is changed in the chat', async () => {
    const full = await type('Olivia', 'invite @Theo', 'No standard seat is free: 5 of 5 are taken on the Teams plan.');
    expect(full.words).toContain(
      'The Enterprise plan has 10,000 for £490.00 a month; the primary owner can change to it.',
    );
    const confirm = await type('Olivia', 'plan enterprise', "Change Acme's plan to Enterprise?");
    await press('Olivia', confirm, 'Change to Enterprise', 'Acme is on the plan Enterprise now');
    await type('Olivia', 'invite @Theo', 'Theo is invited to Marketing as member, in chat.');
    await press('Theo', await sees('Theo', 'Olivia invites you to Marketing'), 'Join', 'Welcome!');
  });
}
