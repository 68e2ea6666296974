import { expect, test } from '@jest/globals';
import type { AcmeInChat } from './acme-in-chat.js';

/** What owners settle among themselves. */
export function ownerSteps({ chat, type, press, sees }: AcmeInChat): void {
  test('primary ownership is offered to an owner, accepted, and billing goes with it', async () => {
    await type('Olivia', 'handover @Mia', 'Mia is no owner of Marketing who could take it over.');
    const role = await type('Olivia', 'role @Mia owner', 'Make owner');
    await press('Olivia', role, 'Make owner', 'Mia is an owner now');
    const confirm = await type('Olivia', 'handover @Mia', 'Hand Marketing over to Mia?');
    await press('Olivia', confirm, 'Offer it to Mia', 'I asked Mia to take over Marketing.');
    const offer = await sees('Mia', 'Olivia asks you to take over Marketing');
    await type('Mia', 'billing', "You can't");
    await press('Mia', offer, 'Accept', 'You are the primary owner of Marketing now');
    await sees('Olivia', 'Mia is the primary owner of Marketing now');
    await type('Olivia', 'billing', "You can't");
    await type('Mia', 'billing', "Marketing's billing");
  });

  test('disabling is asked for by an owner, typed out, and stops everything until it is enabled', async () => {
    const form = await type('Olivia', 'disable because we merge', 'Nothing is deleted; it can be enabled again.');
    await form.submit('Olivia', 'Ask for it', { name: 'Marketing' });
    const request = await sees('Mia', 'Olivia asks to disable Marketing');
    await request.click('Mia', 'Approve');
    expect((await chat().inChannel('Marketing is disabled')).words).toContain('we merge');
    await type('Zoe', 'balance', 'Marketing is disabled. Its people and balance are kept.');
    const refused = await type('Mia', 'balance', 'Marketing is disabled.');
    await press('Mia', refused, 'Enable', 'Marketing is enabled again');
    await chat().inChannel('Mia enabled it. Everything works as before.');
  });

  test('the trail tells an admin who did what, and a member their own alone', async () => {
    const trail = await type('Adam', 'audit people', 'What happened in Marketing');
    expect(trail.words).toContain('Mia');
    const own = await type('Zoe', 'audit', 'What you did in Marketing');
    expect(own.words).not.toContain('Max');
  });
}
