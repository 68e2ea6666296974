import { DEMO_PEOPLE, demoEmail, demoPerson, SLACK_TEAM, TEAMS_TENANT } from '../../src/local/demo-people.js';
import { FakeSlack } from '../fakes/slack/slack.js';
import { buttons, words } from '../fakes/slack/words.js';
import type { Shown } from '../fakes/slack/world.js';
import { CHANNEL, FakeTeams } from './fake-teams.js';
import type { Product } from './product.js';
import type { TeamsSeen } from './teams-card.js';
import type { Name } from './teams-client.js';

/** A message or form, on whichever platform. */
export interface ChatSeen {
  /** All that it says, a line each. */
  words: string;
  /** The address behind a link button. Throws where there is none. */
  link(label: string): string;
  click(name: Name, label: string): Promise<void>;
  /** Sends it as a form; `label` is its button. */
  submit(name: Name, label: string, fields: Readonly<Record<string, string>>): Promise<void>;
}

/** Acme's people and their channel #marketing, in a strict Slack or a strict Teams. */
export interface EitherChat {
  /** What connects the product to it. */
  settings: Readonly<Record<string, string>>;
  /** As the operator's command names it. */
  tenant: string;
  /** Its id of a person. */
  userOf(name: Name): string;
  /** What a form's field for a person holds once this one is chosen. */
  personField(name: Name): string;
  /** Lets requests go to the product. */
  connect(product: Product): Promise<void>;
  /** Typed to the bot in #marketing. */
  type(name: Name, text: string): Promise<void>;
  /** Renames #marketing. */
  rename(to: string): Promise<void>;
  /** Takes the bot out of #marketing, or brings it back. */
  bot(which: 'out' | 'back'): Promise<void>;
  /** The next message or form, new or changed, that this person alone sees and that says this. */
  privateTo(name: Name, says: string): Promise<ChatSeen>;
  /** The next message, new or changed, in #marketing that says this. */
  inChannel(says: string): Promise<ChatSeen>;
  stop(): Promise<void>;
}

/** What only Slack tells of. */
export interface SlackChat extends EitherChat {
  /** A user group, as `@handle`. */
  group(handle: string, names: readonly Name[]): void;
  /** The account is deactivated, or works again. */
  deactivate(name: Name, deleted: boolean): Promise<void>;
}

export async function inSlack(): Promise<SlackChat> {
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
    settings: {
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
    },
    tenant: `slack:${SLACK_TEAM}`,
    userOf,
    personField: userOf,
    connect: async (product) => slack.aim(`${product.url}/slack/events`),
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

export async function inTeams(): Promise<EitherChat> {
  let teams: FakeTeams | undefined;
  const there = (): FakeTeams => {
    if (!teams) throw new Error('nobody is connected yet');
    return teams;
  };
  return {
    settings: { TEAMS_PLAYGROUND: '1' },
    tenant: `teams:${TEAMS_TENANT}`,
    userOf: (name) => demoPerson(name).aad,
    personField: (name) => name,
    async connect(product) {
      teams = await FakeTeams.start(`${product.url}/api/messages`);
    },
    type: (name, text) => there().type(name, text, { channel: CHANNEL }),
    rename: (to) => there().rename(to),
    bot: (which) => there().install(which === 'out' ? 'remove' : 'add'),
    privateTo: async (name, says) => seenInTeams(there(), await there().privateTo(name, says)),
    inChannel: async (says) => seenInTeams(there(), await there().inChannel(says)),
    stop: async () => teams?.stop(),
  };
}

function seenInTeams(teams: FakeTeams, seen: TeamsSeen): ChatSeen {
  return {
    words: seen.lines.join('\n'),
    link: (label) => addressOf(seen.buttons, label, seen.lines.join('\n')),
    click: (name, label) => teams.click(name, seen, label),
    submit: (name, label, fields) => teams.click(name, seen, label, fields),
  };
}

function addressOf(links: readonly { label: string; url?: string }[], label: string, said: string): string {
  const url = links.find((link) => link.label === label)?.url;
  if (!url) throw new Error(`no link "${label}" on:\n${said}`);
  return url;
}
