import type { ChatPort } from '../port.js';
import { answerOpenly, answerPrivately } from './answer.js';
import { slackError } from './failure.js';
import { findMessage } from './find-message.js';
import { groupMembers } from './groups.js';
import type { SlackMoment } from './moment.js';
import { openForm } from './open-form.js';
import { createPosting } from './post.js';
import { RATES } from './rates.js';
import { findByEmail, readProfile, tenantName } from './profile.js';
import { readFile } from './read-file.js';
import type { Wires } from './surfaces.js';

export interface SlackPort extends ChatPort<SlackMoment> {
  /** Whether the bot can post in this channel; a private one it is not in is not found, which says the same. */
  botInChannel(tenant: string, channel: string): Promise<boolean>;
}

/** The chat port of Slack. */
export function createSlackPort(wires: Wires): SlackPort {
  const { clients, tokens, client } = wires;
  return {
    platform: 'slack',
    rates: RATES,
    ...createPosting(clients, tokens, client),
    find: (to, id, since) => findMessage(clients, tokens, { to, id, since }),
    privately: (moment, card, how) => answerPrivately(wires, moment, card, how),
    openly: (moment, card) => answerOpenly(wires, moment, card),
    openForm: (moment, form) => openForm(wires, moment, form),
    profile: (identity) => readProfile(clients, tokens, identity),
    findByEmail: (tenant, email) => findByEmail(clients, tokens, tenant, email),
    groupMembers: (tenant, group) => groupMembers(clients, tokens, tenant, group),
    readFile: (file) => readFile(clients, tokens, file),
    tenantName: (tenant) => tenantName(clients, tokens, tenant),
    async channelName(tenant, channel) {
      try {
        const token = await tokens.botToken(tenant);
        return (await clients.interactions.conversations.info({ token, channel })).channel?.name;
      } catch (error) {
        if (slackError(error) === 'channel_not_found') return undefined;
        throw error;
      }
    },
    async botInChannel(tenant, channel) {
      try {
        const token = await tokens.botToken(tenant);
        const { channel: info } = await clients.interactions.conversations.info({ token, channel });
        return info?.is_member === true || info?.is_im === true;
      } catch (error) {
        if (slackError(error) === 'channel_not_found') return false;
        throw error;
      }
    },
  };
}
