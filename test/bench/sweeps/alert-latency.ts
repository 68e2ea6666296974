import type { ChatPoster } from '../../../src/chat/port.js';
import type { Ledger } from '../../../src/ledger/entry.js';
import { createAlertWatch } from '../../../src/notices/alerts/alert-watch.js';
import { createDispatcher } from '../../../src/notices/outbox/dispatcher.js';
import { type Company, openMarketing, spend, topUp } from '../../notices/company.js';

const GAP_MS = 100;

/** Balances that fall one after the other, and the channels that hear of it. */
export interface Probes {
  /** Lets one balance after the other fall until `over`; resolves with how long each took to be posted, in milliseconds. */
  run(over: () => boolean): Promise<number[]>;
  /** Posts of all kinds so far. */
  posted(): number;
  stop(): Promise<void>;
}

/** The product's alerts and dispatcher in front of a platform that takes everything at once. */
export async function openProbes(ledger: Ledger, opensAt: Date, count: number, now: () => Date): Promise<Probes> {
  const companies: Company[] = [];
  for (let i = 0; i < count; i++) {
    const company = await openMarketing(ledger, opensAt);
    await topUp(ledger, company, 10_000, opensAt);
    companies.push(company);
  }
  const waiting = new Map<string, () => void>();
  let posted = 0;
  const poster = takesAll((tenant) => {
    posted++;
    waiting.get(tenant)?.();
  });
  const log = { warn: () => undefined, error: (fields: object) => console.error(fields) };
  const dispatcher = createDispatcher({ posters: [poster], log, now });
  const alerts = createAlertWatch({ ledger, log, now, onDerived: () => dispatcher.nudge() });
  return {
    async run(over) {
      const took: number[] = [];
      for (const company of companies) {
        if (over()) break;
        const heard = new Promise<void>((resolve) => waiting.set(company.tenant, resolve));
        const began = performance.now();
        await spend(ledger, company, 9_000, now());
        alerts.nudge();
        dispatcher.nudge();
        await heard;
        took.push(performance.now() - began);
        await new Promise((resolve) => setTimeout(resolve, GAP_MS));
      }
      return took;
    },
    posted: () => posted,
    async stop() {
      await alerts.stop();
      await dispatcher.stop();
    },
  };
}

function takesAll(onPost: (tenant: string) => void): ChatPoster {
  let messages = 0;
  return {
    platform: 'slack',
    rates: { post: { conversation: [{ most: 1, inMs: 1_000 }], team: [{ most: 300, inMs: 60_000 }] } },
    async post(to) {
      const { tenant, channel } =
        to.kind === 'channel' ? to : { tenant: to.identity.tenant, channel: to.identity.user };
      onPost(tenant);
      return { platform: 'slack', tenant, channel, message: `${++messages}` };
    },
    update: async () => undefined,
    profile: async () => undefined,
    findByEmail: async () => undefined,
    readFile: async () => ({ unread: 'gone' }),
  };
}
