import { createHmac, randomBytes } from 'node:crypto';
import { type InstallURLOptions, InvalidStateError, type StateStore } from '@slack/oauth';
import mongoose from 'mongoose';
import { z } from 'zod';
import { OauthState } from './installations-model.js';

const LIFE_MS = 10 * 60 * 1_000;

const options = z.object({ scopes: z.array(z.string()), redirectUri: z.string() });

/** States that open once, within ten minutes; only their keyed hash is stored. The cookie that binds them is Slack's library's. */
export function createStateStore(secret: string): StateStore {
  const idOf = (state: string): string => createHmac('sha256', secret).update(state).digest('hex');
  return {
    async generateStateParam(of: InstallURLOptions, now: Date) {
      const state = randomBytes(32).toString('base64url');
      const expiresAt = new Date(now.getTime() + LIFE_MS);
      await OauthState.create({ _id: idOf(state), options: JSON.stringify(of), expiresAt });
      return state;
    },
    async verifyStateParam(now: Date, state: string) {
      const found = await OauthState.findOneAndDelete({
        _id: idOf(state),
        expiresAt: mongoose.trusted({ $gt: now }),
      }).lean();
      if (!found) throw new InvalidStateError('The state is unknown, was used, or has expired.');
      return options.parse(JSON.parse(found.options));
    },
  };
}
