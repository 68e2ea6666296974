import { expect, test } from '@jest/globals';
import type { AcmeInChat } from './acme-in-chat.js';

/** What becomes of people's places. */
export function standingSteps({ chat, type, press, sees }: AcmeInChat): void {
  test('a role is changed, told, and taken back', async () => {
    const confirm = await type('Olivia', 'promote @Zoe', 'Make admin');
    const done = await press('Olivia', confirm, 'Make admin', 'Zoe is an admin now, and was a member.');
    await sees('Zoe', 'Olivia changed your role: you are in Marketing as admin now.');
    await press('Olivia', done, 'Undo', 'Undone: Zoe is');
    await sees('Zoe', 'Olivia took that back: you are in Marketing as member, as before.');
  });

  test('a suspended person is told, and neither types nor presses an old card; reactivated, both work again', async () => {
    const old = await type('Mia', 'channel Deal room', 'Read by');
    const form = await type('Adam', 'suspend @Mia because on leave', 'They are told.');
    await form.submit('Adam', 'Suspend', {});
    await sees('Adam', 'Mia is suspended in Marketing');
    await sees('Mia', 'Adam suspended you in Marketing for now');
    await press(
      'Mia',
      old,
      'People',
      'You are suspended in Marketing, so commands and buttons there do nothing for you.',
    );
    await type('Mia', 'meeting', 'You are suspended in Marketing');
    await type('Adam', 'reactivate @Mia', 'Mia can use Marketing again');
    await sees('Mia', 'Adam lifted your suspension');
    await press('Mia', old, 'People', 'Deal room: 2 people');
  });

  test('removing somebody says what they hold, hands it on, and is taken back', async () => {
    const form = await type('Olivia', 'remove @Max because the fair is over', 'They lose access to Marketing at once');
    expect(form.words).toMatch(/Max holds .*1 meeting/);
    await form.submit('Olivia', 'Remove', { handTo: chat().personField('Mia') });
    const removed = await sees('Olivia', 'Max is no longer in Marketing.');
    expect(removed.words).toContain('Mia has');
    await sees('Max', 'Olivia took you out of Marketing.');
    await sees('Mia', 'handed to you');
    await type('Max', 'balance', 'a workspace that you are not in');
    await press('Olivia', removed, 'Undo', 'Undone: Max is in Marketing again');
    await sees('Max', 'you are in Marketing again');
    await type('Max', 'balance', 'Marketing has £100.00.');
  });

  test('somebody leaves by themselves', async () => {
    await press('Theo', await type('Theo', 'leave', 'Leave Marketing?'), 'Leave', 'You left Marketing.');
    await type('Theo', 'balance', 'a workspace that you are not in');
  });
}
