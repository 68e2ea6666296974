import { expect, test } from '@jest/globals';
import type { ChatSeen } from './either-chat.js';
import { revealKey, usageApi } from './outside.js';
import type { Product } from './product.js';

interface AsOlivia {
  /** Types it, and waits for what says this. */
  type(typed: string, says: string): Promise<ChatSeen>;
  press(on: ChatSeen, label: string, says: string): Promise<ChatSeen>;
  /** The next that she alone sees and that says this. */
  sees(says: string): Promise<ChatSeen>;
}

/** A campaign of Support, which has no balance, in the company of the story that goes before. */
export function campaignSteps({ type, press, sees }: AsOlivia, product: () => Product): void {
  test('a price, a template and a contact list are made in forms', async () => {
    const price = await type('prices letter £1 in:Support', 'one letter costs £1.00');
    await press(price, 'Set it', 'The price of letter is saved.');
    const template = await type('template new Greeting in:Support', 'Charged as');
    await template.submit('Olivia', 'Save', { name: 'Greeting', item: 'letter', text: 'Hello {{first_name}}!' });
    await sees('Greeting');
    const contacts = await type('contacts import in:Support', 'The first line names the columns.');
    const csv = 'phone,first_name\n+447400123456,Ann\n+447400123457,Ben';
    await contacts.submit('Olivia', 'Import', { name: 'Friends', csv });
    await sees('Friends');
  });

  let running: ChatSeen | undefined;
  test('a campaign that is short of balance is rescued by a sibling', async () => {
    const form = await type('campaign new Launch in:Support', 'It stays a draft of Support');
    await form.submit('Olivia', 'Save', { name: 'Launch', template: 'Greeting', list: 'Friends' });
    const draft = await sees('Launch is drafted.');
    expect(draft.words).toContain('£2.00 (letter, £1.00 each)');
    const short = await press(draft, 'Start for £2.00', 'It stays a draft until the missing £2.00 is there.');
    const preview = await press(short, 'Move £2.00 from Marketing', 'Move £2.00 from Marketing to Support?');
    await press(preview, 'Move £2.00', '£2.00 moved from Marketing to Support.');
    const again = await type('campaign start Launch in:Support', 'Launch: draft');
    running = await press(again, 'Start for £2.00', 'Launch is running. £2.00 is set aside for it.');
  });

  test('what the engine reports comes out of what was set aside; the end frees the rest, the report tells', async () => {
    const key = await revealKey((await type('dev create Sender in:Support', 'Sender is made')).link('Open the page'));
    const events = [{ id: 'launch-1', item: 'letter', quantity: 1, resource: 'launch' }];
    expect((await usageApi(product(), key, 'usage/events', { events })).status).toBe(200);
    const asked = await press(running!, 'End', 'End Launch? £1.00 that is still set aside becomes free.');
    await press(asked, 'End Launch', 'Launch has ended.');
    const report = await type('report Launch in:Support', '£1.00 spent on 1 item. The estimate was £2.00.');
    expect(report.words).toContain('Launch: ');
  });
}
