import { expect, test } from '@jest/globals';
import type { AcmeInChat } from './acme-in-chat.js';
import type { SlackChat } from './either-chat.js';

/** What only Slack tells of: its groups, and that an account was deactivated. Mia is the primary owner by now. */
export function slackOnlySteps({ type, press, sees }: AcmeInChat, slack: () => SlackChat): void {
  test('a user group is invited as it is now, each with a line of their own', async () => {
    slack().group('design', ['Mia', 'Theo']);
    const form = await type('Mia', 'invite @design', '2 people are in @design: Mia and Theo.');
    expect(form.words).toContain('who comes to the group later is not');
    await form.submit('Mia', 'Invite 2', {});
    const results = await sees('Mia', 'Theo is invited to Marketing as member, in chat.');
    expect(results.words).toContain('Mia is already in Marketing.');
  });

  test("a primary owner's account is deactivated: whoever may take over is asked, and nothing is stranded", async () => {
    await slack().deactivate('Mia', true);
    const asked = await sees('Olivia', 'Marketing needs a primary owner');
    expect(asked.words).toContain('Mia is gone from the chat');
    await press('Olivia', asked, 'Take it over', 'You are the primary owner of Marketing now');
    await slack().deactivate('Mia', false);
    await type('Mia', 'balance', 'Marketing has £100.00.');
  });
}
