import { afterAll, beforeAll } from '@jest/globals';
import type { ChatSeen, EitherChat } from './either-chat.js';
import type { Product } from './product.js';
import type { Name } from './teams-client.js';

/** Acme's people at work, whichever chat it is. */
export interface AcmeInChat {
  chat(): EitherChat;
  product(): Product;
  /** Types it, and waits for what says this to them alone. */
  type(name: Name, typed: string, says: string): Promise<ChatSeen>;
  press(name: Name, on: ChatSeen, label: string, says: string): Promise<ChatSeen>;
  /** The next that they alone see and that says this. */
  sees(name: Name, says: string): Promise<ChatSeen>;
}

/** The real product with Acme on the plan teams: Olivia's Marketing, and #marketing bound to it. */
export function useAcme(openChat: () => Promise<EitherChat>): AcmeInChat {
  let chat: EitherChat;
  let product: Product;
  beforeAll(async () => {
    chat = await openChat();
    product = await chat.startProduct();
    const owner = chat.userOf('Olivia');
    await product.operator('enable', chat.tenant, '--name', 'Acme', '--owner', owner, '--plan', 'teams');
    await chat.type('Olivia', 'create Marketing');
    await chat.privateTo('Olivia', 'Marketing is active. £0.00.');
    await chat.type('Olivia', 'channel bind');
    await chat.inChannel("Marketing's alerts and requests come here. Set by Olivia.");
  }, 60_000);
  afterAll(async () => {
    await product?.stop();
    await chat?.stop();
  });
  return {
    chat: () => chat,
    product: () => product,
    async type(name, typed, says) {
      await chat.type(name, typed);
      return chat.privateTo(name, says);
    },
    async press(name, on, label, says) {
      await on.click(name, label);
      return chat.privateTo(name, says);
    },
    sees: (name, says) => chat.privateTo(name, says),
  };
}
