import { demoPerson, TEAMS_TENANT } from '../../src/local/demo-people.js';
import { addressOf, type ChatSeen, type EitherChat, type StrictChat } from './either-chat.js';
import { FakeTeams } from './fake-teams.js';
import { Playground } from './playground.js';
import { Product } from './product.js';
import type { TeamsSeen } from './teams-card.js';
import type { TeamsClient } from './teams-client.js';

/** The strict fake of Teams. */
export async function inTeams(): Promise<StrictChat> {
  const { chat, there, product } = peopleOf((messages) => FakeTeams.start(messages));
  return {
    ...chat,
    rename: (to) => there().rename(to),
    bot: (which) => there().install(which === 'out' ? 'remove' : 'add'),
    async deactivate(name, deleted) {
      const { aad: user } = demoPerson(name);
      const { users } = there().fake.world;
      if (!deleted) return void users.set(user, { user, name });
      users.delete(user);
      // Teams tells nobody: the roster is asked once a day.
      await product().restart(TWO_DAYS_MS);
    },
  };
}

/** Microsoft's Agents Playground. */
export async function inPlayground(): Promise<EitherChat> {
  return peopleOf((messages) => Playground.start(messages)).chat;
}

const TWO_DAYS_MS = 48 * 3_600_000;

function peopleOf<Client extends TeamsClient>(startTeams: (messages: string) => Promise<Client>) {
  let connected: { teams: Client; product: Product } | undefined;
  const both = () => {
    if (!connected) throw new Error('nobody is connected yet');
    return connected;
  };
  const there = (): Client => both().teams;
  const chat: EitherChat = {
    tenant: `teams:${TEAMS_TENANT}`,
    userOf: (name) => demoPerson(name).aad,
    personField: (name) => name,
    async startProduct() {
      const product = await Product.start({ TEAMS_PLAYGROUND: '1' });
      connected = { product, teams: await startTeams(`${product.url}/api/messages`) };
      return product;
    },
    type: (name, text) => there().type(name, text, { channel: there().channel }),
    privateTo: async (name, says) => seenInTeams(there(), await there().privateTo(name, says)),
    inChannel: async (says) => seenInTeams(there(), await there().inChannel(says)),
    stop: async () => connected?.teams.stop(),
  };
  return { chat, there, product: () => both().product };
}

function seenInTeams(teams: TeamsClient, seen: TeamsSeen): ChatSeen {
  return {
    words: seen.lines.join('\n'),
    link: (label) => addressOf(seen.buttons, label, seen.lines.join('\n')),
    click: (name, label) => teams.click(name, seen, label),
    submit: (name, label, fields) => teams.click(name, seen, label, fields),
  };
}
