import { fetchFile } from '../fetch-file.js';
import type { ChatPort } from '../port.js';
import { type Answering, openForm, openly, privately } from './answering.js';
import type { TeamsMoment } from './moment.js';
import { RATES } from './rates.js';
import { referenceTo } from './references.js';
import type { Roster } from './roster.js';

export interface TeamsPort extends ChatPort<TeamsMoment> {
  /** Whether the bot can post in this conversation: it learns of it when it is added, and forgets it when removed. */
  botInChannel(tenant: string, channel: string): Promise<boolean>;
}

/** The chat port of Teams; files are fetched from addresses that `mayFetch` allows. */
export function createTeamsPort(
  answering: Answering,
  roster: Roster,
  mayFetch: (address: string) => boolean,
): TeamsPort {
  return {
    platform: 'teams',
    rates: RATES,
    post: (to, card, _id, under) => answering.posting.post(to, card, under),
    update: (ref, card) => answering.posting.update(ref, card),
    privately: (moment, card, how) => privately(answering, moment, card, how),
    openly: (moment, card, where) => openly(answering, moment, card, where),
    openForm: (moment, form) => openForm(answering, moment, form),
    profile: (identity) => roster.profile(identity),
    findByEmail: (tenant, email) => roster.findByEmail(tenant, email),
    channels: (person) => roster.channelsOf(person),
    channelName: async (tenant, channel) => (await referenceTo(tenant, channel))?.name ?? undefined,
    async readFile({ url }) {
      if (!url) return { unread: 'gone' };
      if (!mayFetch(url)) throw new Error(`${new URL(url).host} is no place where Teams keeps files`);
      return fetchFile(url);
    },
    botInChannel: async (tenant, channel) => (await referenceTo(tenant, channel)) !== undefined,
  };
}
