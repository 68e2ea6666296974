import { DEMO_PEOPLE, demoEmail, demoPerson, SLACK_TEAM } from '../../src/local/demo-people.js';
import { FakeSlack } from '../fakes/slack/slack.js';
import { buttons, words } from '../fakes/slack/words.js';
import type { Shown } from '../fakes/slack/world.js';
import { addressOf, type ChatSeen, type StrictChat } from './either-chat.js';
import { Product } from './product.js';
import type { Name } from './teams-client.js';

/** A strict Slack, with what only Slack has. */
export interface StrictSlack extends StrictChat {
  /** A user group, as `@handle`. */
  group(handle: string, names: readonly Name[]): void;
}

export async function inSlack(): Promise<StrictSlack> {
  const channel = 'C0MARKETING';
  const slack = await FakeSlack.start({
    team: SLACK_TEAM,
    users: DEMO_PEOPLE.map((person) => ({ id: person.user, name: person.name, email: demoEmail(person) })),
    channels: [{ id: channel, name: 'marketing' }],
  });
  const userOf = (name: Name): string => demoPerson(name).user;
  const marketing = () => slack.world.channels.get(channel)!;
  const next = async (says: string, where: string, here: (shown: Shown) => boolean): Promise<ChatSeen> => {
    const { world } = slack;
    const find = () => world.shown.find((shown) => !shown.seen && here(shown) && words(shown).includes(says));
    const shown = await world.until(find, `“${says}” ${where}`);
    shown.seen = true;
    return seenInSlack(slack, shown);
  };
  return {
    tenant: `slack:${SLACK_TEAM}`,
    userOf,
    personField: userOf,
    async startProduct() {
      const product = await Product.start({
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_API_URL: slack.apiUrl,
      });
      slack.aim(`${product.url}/slack/events`);
      return product;
    },
    type: async (name, text) => void (await slack.command(userOf(name), text, { channel })),
    async rename(to) {
      marketing().name = to;
      await slack.event({ type: 'channel_rename', channel: { id: channel, name: to } });
    },
    async bot(which) {
      marketing().bot = which === 'back';
      if (which === 'out') await slack.event({ type: 'channel_left', channel });
      else await slack.event({ type: 'member_joined_channel', channel, user: slack.world.bot });
    },
    privateTo: (name, says) => next(says, `to ${name}`, ({ to }) => to === userOf(name)),
    inChannel: (says) => next(says, 'in the channel', (shown) => shown.kind === 'message' && shown.channel === channel),
    group: (handle, names) => void slack.world.groups.push({ id: `S0${handle}`, handle, users: names.map(userOf) }),
    async deactivate(name, deleted) {
      const user = slack.world.users.get(userOf(name))!;
      user.deleted = deleted;
      await slack.event({ type: 'user_change', user: { id: user.id, team_id: SLACK_TEAM, deleted, name } });
    },
    stop: () => slack.stop(),
  };
}

function seenInSlack(slack: FakeSlack, shown: Shown): ChatSeen {
  return {
    words: words(shown),
    link: (label) => addressOf(buttons(shown), label, words(shown)),
    click: async (name, label) => void (await slack.click(demoPerson(name).user, shown, label)),
    submit: async (name, _label, fields) => void (await slack.submit(demoPerson(name).user, { ...fields })),
  };
}
