import { expect, test } from '@jest/globals';
import type { AcmeInChat } from './acme-in-chat.js';

/** Channels of the workspace, and the meetings that are shared in them. */
export function roomSteps({ chat, type, press, sees }: AcmeInChat): void {
  test('a private channel is there for its people alone, and its meetings with it', async () => {
    await type('Olivia', 'channel create private Deal room', 'Deal room is there, and you manage it.');
    await type('Mia', 'channel Deal room', 'I find no channel called “Deal room”.');
    await type('Olivia', 'channel add @Mia to Deal room', 'Deal room');
    await sees('Mia', 'Olivia added you to Deal room.');
    const form = await type('Mia', 'meeting create', 'Highlights');
    await form.submit('Mia', 'Create', { title: 'Pricing talk', highlights: 'Up by 5 %' });
    await sees('Mia', 'Written down. You alone can read it, until you share it.');
    await type('Olivia', 'meeting Pricing talk', 'I find no meeting called “Pricing talk” that you can read.');
    await type('Mia', 'meeting share Pricing talk with Deal room', 'Deal room can read it now.');
    expect((await type('Olivia', 'meeting Pricing talk', 'Up by 5 %')).words).toContain('Mia');
    await type('Adam', 'meeting Pricing talk', 'I find no meeting called “Pricing talk” that you can read.');
  });

  test('a member asks for a public channel; a meeting shared there is posted where it is bound', async () => {
    await type('Max', 'channel create Fair', 'so I asked them for you.');
    await (await chat().inChannel('Max asks to create the channel Fair.')).click('Adam', 'Approve');
    await sees('Max', 'Fair is there, and you manage it.');
    await chat().type('Olivia', 'channel bind Fair');
    await chat().inChannel("Marketing's alerts, requests and meetings of Fair come here.");
    await type('Max', 'meeting create Fair plans', 'Written down.');
    await type('Max', 'meeting share Fair plans with Fair', 'Fair can read it now');
    const post = await chat().inChannel('Max shared a meeting with Fair: ');
    await press('Zoe', post, 'Open', 'Fair plans');
    await type('Max', 'meeting unshare Fair plans from Fair', 'It is no longer shared with Fair.');
    await chat().inChannel('A meeting is no longer shared here.');
    await type('Zoe', 'meeting Fair plans', 'I find no meeting called “Fair plans” that you can read.');
  });

  test('a post of a private channel names nothing; who is not in it asks the host, who decides alone', async () => {
    await chat().type('Olivia', 'channel bind Deal room');
    await chat().inChannel('Set by Olivia.');
    await type('Mia', 'meeting create Second talk', 'Written down.');
    await type('Mia', 'meeting share Second talk with Deal room', 'Deal room can read it now');
    const post = await chat().inChannel('Mia shared a meeting with a private channel.');
    expect(post.words).not.toMatch(/Second talk|Deal room/);
    await press('Olivia', post, 'Open', 'Second talk');
    const offer = await press('Theo', post, 'Open', 'Only its host and those it is shared with read this meeting.');
    await press('Theo', offer, 'Ask', 'The host decides who reads it, so I asked them for you.');
    const request = await sees('Mia', 'Theo asks to read a meeting. It is “Second talk”, which you host.');
    await request.click('Mia', 'Approve');
    await press('Theo', await sees('Theo', 'You can read “Second talk” now.'), 'Open', 'Host');
  });
}
