import { DEMO_PEOPLE, demoEmail, demoPerson, TEAMS_TENANT } from '../../src/local/demo-people.js';
import { type Answered, FakeConnector } from '../fakes/connector/connector.js';
import type { Json } from '../fakes/slack/world.js';
import type { TeamsButton, TeamsSeen } from './teams-card.js';
import { type Name, TeamsClient, type Where } from './teams-client.js';

export const CHANNEL = '19:marketing@thread.tacv2';

/** The strict fake of Teams with Acme's people, unsigned as the Playground is. */
export class FakeTeams extends TeamsClient {
  readonly tenant = TEAMS_TENANT;
  readonly channel = CHANNEL;
  readonly fake: FakeConnector;
  /** What the last thing that somebody did was answered with. */
  answered: Answered | undefined;

  private constructor(fake: FakeConnector) {
    super();
    this.fake = fake;
    fake.world.changes.on('shown', (shown) => {
      const card: Json = JSON.parse(JSON.stringify(shown.card));
      this.take({ conversation: shown.conversation, id: shown.id, card });
    });
  }

  /** `messages`: where our side takes activities. */
  static async start(messages: string): Promise<FakeTeams> {
    const users = DEMO_PEOPLE.map((person) => ({ user: person.aad, name: person.name, email: demoEmail(person) }));
    const team = '19:team@thread.tacv2';
    const fake = await FakeConnector.start({
      tenant: TEAMS_TENANT,
      users,
      conversations: [{ id: CHANNEL, kind: 'channel', name: 'marketing', team }],
      unsigned: true,
    });
    fake.aim(messages);
    return new FakeTeams(fake);
  }

  async type(name: Name, text: string, where: Where = 'personal', id?: string): Promise<void> {
    const user = demoPerson(name).aad;
    const conversation = where === 'personal' ? this.fake.world.directOf(user).id : where.channel;
    this.answered = await this.fake.say(user, text, { conversation, ...(id && { id }) });
  }

  async press(
    name: Name,
    on: TeamsSeen,
    { action }: TeamsButton,
    fields: Readonly<Record<string, string>>,
    id?: string,
  ): Promise<void> {
    const { title = '', verb = '', data = {} } = action;
    const value = {
      action: { type: 'Action.Execute', title, verb, data: { ...fields, ...(data as object) } },
      trigger: 'manual',
    };
    const invoke = this.fake.envelope('invoke', demoPerson(name).aad, on.conversation, id);
    this.answered = await this.fake.send({ ...invoke, name: 'adaptiveCard/action', replyToId: on.id, value });
  }

  /** The app is added to the channel, or removed. */
  async install(action: 'add' | 'remove'): Promise<void> {
    await this.fake.install(demoPerson('Olivia').aad, CHANNEL, action);
  }

  async rename(to: string): Promise<void> {
    const { fake } = this;
    const sent = fake.envelope('conversationUpdate', demoPerson('Olivia').aad, CHANNEL);
    const channel = { id: CHANNEL, name: to };
    await fake.send({
      ...sent,
      channelData: { ...(sent['channelData'] as object), eventType: 'channelRenamed', channel },
    });
  }

  stop(): Promise<void> {
    return this.fake.stop();
  }

  protected readerOf(conversation: string): Name | undefined {
    return DEMO_PEOPLE.find(({ aad }) => conversation === `a:${aad}`)?.name;
  }
}
