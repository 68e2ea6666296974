import { expect, test } from '@jest/globals';
import type { AcmeInChat } from './acme-in-chat.js';
import type { StrictSlack } from './strict-slack.js';

/** What only Slack has: groups of people. Mia is the primary owner by now. */
export function slackOnlySteps({ type, sees }: AcmeInChat, slack: () => StrictSlack): void {
  test('a user group is invited as it is now, each with a line of their own', async () => {
    slack().group('design', ['Mia', 'Theo']);
    const form = await type('Mia', 'invite @design', '2 people are in @design: Mia and Theo.');
    expect(form.words).toContain('who comes to the group later is not');
    await form.submit('Mia', 'Invite 2', {});
    const results = await sees('Mia', 'Theo is invited to Marketing as member, in chat.');
    expect(results.words).toContain('Mia is already in Marketing.');
  });
}
