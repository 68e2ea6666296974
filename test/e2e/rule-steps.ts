import { expect, test } from '@jest/globals';
import type { ChatSeen } from './either-chat.js';

interface AsOlivia {
  /** Types it, and waits for what says this. */
  type(typed: string, says: string): Promise<ChatSeen>;
  press(on: ChatSeen, label: string, says: string): Promise<ChatSeen>;
  /** Waits for what says this. */
  sees(says: string): Promise<ChatSeen>;
}

/** A workspace's rules and its audit trail, in the company of the story that goes before. */
export function ruleSteps({ type, press, sees }: AsOlivia): void {
  test('a rule is chosen, its value refused beside the field, shown with whom it touches, set, and binds', async () => {
    const list = await type('policy', "Marketing's policies");
    expect(list.words).toContain('Allowed e-mail domains');
    expect(list.words).toContain('Amounts typed twice');
    const form = await type('policy domains', 'In Marketing it is now: any.');
    await form.submit('Olivia', 'Go on', { value: 'acme' });
    const again = await type('policy domains', 'In Marketing it is now: any.');
    await again.submit('Olivia', 'Go on', { value: 'acme.com' });
    const confirm = await type('policy domains acme.com', 'Change “Allowed e-mail domains”?');
    expect(confirm.words).toContain('Are elsewhere and stay');
    await press(confirm, 'Set it', 'Saved');
    await type('invite zoe@else.com', 'Allowed e-mail domains');
    const changed = await type('policy', "Marketing's policies");
    const which = await press(changed, 'Change: People', 'Which policy of Marketing shall change?');
    await which.submit('Olivia', 'Go on', { policy: 'whoMayInvite' });
    const choice = await sees('In Marketing it is now: owners and admins.');
    await choice.submit('Olivia', 'Go on', { value: 'owners' });
    await press(await sees('Change “Who may invite”?'), 'Set it', 'Saved');
  });

  test('the trail says who, what, when and where, is narrowed down, and comes as a file', async () => {
    const trail = await type('audit', 'What happened in Marketing');
    expect(trail.words).toContain('set “Allowed e-mail domains” to: acme.com');
    expect(trail.words).toMatch(/#?marketing|a channel in/);
    const rules = await type('audit rules', 'Only: Rules.');
    expect(rules.words).not.toContain('invited');
    const file = await type('audit csv', 'as CSV');
    const csv = await (await fetch(file.link('Download'), { method: 'POST' })).text();
    expect(csv).toMatch(/^\uFEFF?line,at,local_time,who,action,whom,/);
    for (const action of ['policy.set', 'transfer.made', 'billing.automatic_set', 'member.joined']) {
      expect(csv).toContain(`,${action},`);
    }
  });
}
