import { afterAll, beforeAll } from '@jest/globals';
import { LocalSlack, slackSettings } from './local-slack.js';
import { freePort, Product } from './product.js';

/** The product and the Slack that it is connected to. */
export interface Office {
  product: Product;
  slack: LocalSlack;
}

/** Starts the real product and the real local-slack for a test file. */
export function useOffice(): () => Office {
  let office: Office | undefined;
  beforeAll(async () => {
    const port = await freePort();
    const product = await Product.start(slackSettings(port));
    office = { product, slack: await LocalSlack.start(port, `${product.url}/slack/events`) };
  }, 60_000);
  afterAll(async () => {
    await office?.slack.stop();
    await office?.product.stop();
  });
  return () => {
    if (!office) throw new Error('the office is not open yet');
    return office;
  };
}
