import { expect, test } from '@jest/globals';
import type { ChatSeen } from './either-chat.js';

interface AsOlivia {
  /** Types it, and waits for what says this. */
  type(typed: string, says: string): Promise<ChatSeen>;
  press(on: ChatSeen, label: string, says: string): Promise<ChatSeen>;
  /** The next that she alone sees and that says this. */
  sees(says: string): Promise<ChatSeen>;
}

/** A workspace's webhook and its health, in the company of the story that goes before. */
export function webhookSteps({ type, press, sees }: AsOlivia): void {
  test('a webhook is named in a form, its secret revealed once, tested and removed; health says how things stand', async () => {
    const none = await type('dev webhook', 'None yet. Name an https address');
    await type('dev webhook http://hooks.acme.invalid', 'Events go out encrypted only.');
    await type('dev webhook https://127.0.0.1:8443/in', 'leads into a private network');
    const form = await press(none, 'Set the address', 'Events of Marketing go to this address');
    await form.submit('Olivia', 'Save', { address: 'https://hooks.acme.invalid/in' });
    const set = await sees('Events of Marketing go to hooks.acme.invalid now.');
    const page = await fetch(set.link('Open the page'), { method: 'POST' });
    expect(await page.text()).toMatch(/whsec_[\w+/]{43}=/);

    const tested = await press(set, 'Send a test', 'The test did not arrive at hooks.acme.invalid');
    expect(tested.words).toContain('Check that the address is right');
    expect((await type('dev webhook log', 'Events for hooks.acme.invalid')).words).toContain('webhook.test');
    const health = await type('health', 'Marketing');
    expect(health.words).not.toContain('hooks.acme.invalid');
    const sure = await type('dev webhook remove', 'Remove hooks.acme.invalid?');
    await press(sure, 'Remove', 'hooks.acme.invalid is removed.');
  });
}
