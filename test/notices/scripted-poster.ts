import type { Card } from '../../src/cards/card.js';
import {
  type ChatPoster,
  type ChatTarget,
  DeliveryFailure,
  type DeliveryOutcome,
  type MessageRef,
  type Rates,
} from '../../src/chat/port.js';
import type { Platform } from '../../src/workspace/identity.js';

export type Sent =
  | { did: 'post'; to: ChatTarget; card: Card; id: string; ref: MessageRef; under?: MessageRef }
  | { did: 'update'; ref: MessageRef; card: Card };

/** A chat platform at the port's edge that does as it is told, in order, and then succeeds. */
export interface ScriptedPoster extends ChatPoster {
  sent: Sent[];
  /** What the next calls end in. `lost`: it arrives, and the answer does not. */
  script: (DeliveryOutcome | Error | 'ok' | 'lost' | (() => Promise<void>))[];
}

/** A message a second in a channel, and more than any test sends in a team. */
const RATES: Rates = {
  post: { conversation: [{ most: 1, inMs: 1_000 }], team: [{ most: 100_000, inMs: 60_000 }] },
};

export function scriptedPoster(platform: Platform = 'slack'): ScriptedPoster {
  const sent: Sent[] = [];
  const script: ScriptedPoster['script'] = [];
  let posted = 0;

  async function play(what: Sent): Promise<void> {
    const step = script.shift() ?? 'ok';
    if (typeof step === 'function') await step();
    else if (step === 'lost') {
      sent.push(what);
      throw new DeliveryFailure({ kind: 'unknown' });
    } else if (step instanceof Error) throw step;
    else if (step !== 'ok') throw new DeliveryFailure(step);
    sent.push(what);
  }

  return {
    platform,
    rates: RATES,
    sent,
    script,
    async post(to, card, id, under) {
      const where = to.kind === 'channel' ? to : { tenant: to.identity.tenant, channel: `D-${to.identity.user}` };
      const ref = { platform, tenant: where.tenant, channel: where.channel, message: `m${++posted}` };
      await play({ did: 'post', to, card, id, ref, ...(under && { under }) });
      return ref;
    },
    update: (ref, card) => play({ did: 'update', ref, card }),
    profile: async () => undefined,
    findByEmail: async () => undefined,
    readFile: async () => ({ unread: 'gone' }),
  };
}
