import mongoose from 'mongoose';
import { plainText } from '../../src/cards/plain-text.js';
import type { Call } from '../../src/cards/card.js';
import type { Answer, Dispatch } from '../../src/chat/invocation.js';
import { createDispatch } from '../../src/commands/dispatch.js';
import type { Services } from '../../src/commands/services.js';
import { createLedger } from '../../src/ledger/ledger.js';
import type { AccountId, Person, Role, Workspace } from '../../src/workspace/entities.js';
import { type IdentityKey, parseIdentityKey } from '../../src/workspace/identity.js';
import { invite, joinByInvitation } from '../../src/workspace/invitations.js';
import { FakeChat } from '../support/acme.js';
import { AT, openCompany, profileOf } from '../workspace/company.js';
import { meant, type Meant } from './people-calls.js';
import { expectSound, expectSoundTrail } from './people-rules.js';
import { type PeopleState, stateOf } from './people-state.js';
import type { PeopleSequence, Step } from './people-steps.js';

const MINUTE_MS = 60_000;
/** Ben is known on Teams too, under an address that is his on Slack, and nobody has linked the two yet. */
const PEOPLE = [
  ['Ben', 'slack'],
  ['Cleo', 'slack'],
  ['Dan', 'slack'],
  ['Eve', 'slack'],
  ['Fay', 'slack'],
  ['Ben', 'teams'],
  ['Gus', 'teams'],
  ['Hal', 'teams'],
] as const;

interface Beginning {
  name: string;
  primaryOwner: string;
  others: Readonly<Record<string, Role>>;
}

const BEN_ON_TEAMS = 'Ben on Teams';

/** All of the plan's five standard seats are taken; Eve is in one workspace alone; Ben could decide for himself. */
const TOGETHER: readonly Beginning[] = [
  {
    name: 'Marketing',
    primaryOwner: 'Olivia',
    others: { Dan: 'owner', [BEN_ON_TEAMS]: 'admin', Eve: 'member', Ben: 'member' },
  },
  { name: 'Support', primaryOwner: 'Ben', others: { Olivia: 'owner', Cleo: 'admin', Dan: 'member' } },
  { name: 'Sales', primaryOwner: 'Cleo', others: { Ben: 'owner', Dan: 'admin', Olivia: 'member' } },
];

/** Where everybody is in one workspace at most. */
const ALONE: readonly Beginning[] = [
  { name: 'Marketing', primaryOwner: 'Olivia', others: { Dan: 'owner', Eve: 'member' } },
  { name: 'Support', primaryOwner: 'Ben', others: {} },
  { name: 'Sales', primaryOwner: 'Cleo', others: {} },
];

/** A company of nine on two chats and in three workspaces, with few seats, served by two processes. */
export class PeopleCompany {
  readonly account: AccountId;
  readonly #workspaces: readonly Workspace[];
  readonly #processes: readonly [Dispatch, Dispatch];
  #at = AT.getTime();
  #deliveries = 0;

  private constructor(account: AccountId, workspaces: readonly Workspace[], services: Services) {
    this.account = account;
    this.#workspaces = workspaces;
    this.#processes = [createDispatch(services), createDispatch(services)];
  }

  static async open({ strictSingle }: Pick<PeopleSequence, 'strictSingle'>): Promise<PeopleCompany> {
    const company = await openCompany('teams', { strictSingle });
    const { account, identity } = company;
    const chat = new FakeChat();
    for (const platform of ['slack', 'teams'] as const) chat.add(identity('Olivia', platform), profileOf('Olivia'));
    const people = new Map<string, Person>([['Olivia', company.olivia]]);
    for (const [name, platform] of PEOPLE) {
      chat.add(identity(name, platform), profileOf(name));
      const person = await company.person(name, {}, platform);
      people.set(platform === 'slack' ? name : `${name} on Teams`, person);
    }
    const workspaces: Workspace[] = [];
    for (const { name, primaryOwner, others } of strictSingle ? ALONE : TOGETHER) {
      const workspace = await company.workspace(name, people.get(primaryOwner));
      const by = people.get(primaryOwner)!.id;
      for (const [who, role] of Object.entries(others)) {
        const person = people.get(who)!.id;
        const licence = who === BEN_ON_TEAMS ? 'pro' : 'standard';
        await invite({ account, workspace: workspace.id, to: { person }, role, licence, by, at: AT });
        await joinByInvitation({ account: account.id, person, at: AT });
      }
      workspaces.push(workspace);
    }
    return new PeopleCompany(account.id, workspaces, servicesWith(chat));
  }

  /** Does it all at once, and looks at everything afterwards. What is refused is refused; anything else that is thrown fails. */
  async perform(step: Step, before: PeopleState): Promise<PeopleState> {
    this.#at += step.minutes * MINUTE_MS;
    const workspace = this.#workspaces[step.of]!.id;
    const work = step.atOnce.flatMap(({ operation, twice }) => {
      const one = meant(before, workspace, step, operation);
      return one ? [this.#carryOut(one, twice)] : [];
    });
    const settled = await Promise.allSettled(work);
    for (const outcome of settled) if (outcome.status === 'rejected') throw outcome.reason;
    const after = await stateOf(this.account);
    expectSound(before, after);
    return after;
  }

  /** What was done all in all, as the audit trail has it. */
  async finish(): Promise<string[]> {
    return (await expectSoundTrail(this.account)).map(({ action }) => action);
  }

  async #carryOut(one: NonNullable<Meant>, twice: boolean): Promise<void> {
    if ('call' in one) return this.#press(one.sender, one.call, twice).then(() => undefined);
    const [, code] =
      /link (\S{8})/.exec(said(await this.#press(one.starts, { command: 'link', args: {} }, false))) ?? [];
    if (code) await this.#press(one.finishes, { command: 'link', args: { code, sure: true } }, twice);
  }

  async #press(key: IdentityKey, call: Call, twice: boolean): Promise<Answer> {
    const sender = parseIdentityKey(key)!;
    const { platform, tenant } = sender;
    this.#deliveries += 1;
    const invocation = {
      reference: 'R-MODEL',
      delivery: `d${this.#deliveries}`,
      at: new Date(this.#at),
      sender,
      place: { platform, tenant, kind: 'direct', channel: 'D1' } as const,
      ask: { clicked: call },
    };
    const [one, other] = this.#deliveries % 2 ? this.#processes : this.#processes.toReversed();
    const answers = await Promise.all([one(invocation), ...(twice ? [other(invocation)] : [])]);
    return answers[0];
  }
}

function said(answer: Answer): string {
  return 'card' in answer ? plainText(answer.card) : '';
}

const notHere = async (): Promise<never> => {
  throw new Error('no step needs it');
};

function servicesWith(chat: FakeChat): Services {
  return {
    ledger: createLedger(mongoose.connection.db!),
    payments: { startTopUp: notHere, savedCard: notHere, chargeCard: notHere, portal: notHere },
    webhooks: { setEndpoint: notHere, replaceSecret: notHere, sendTest: notHere },
    chats: { slack: chat, teams: chat },
    keepSecret: notHere,
    createDownload: notHere,
    pictureOf: () => undefined,
    apiKeyPepper: 'pepper',
    publicUrl: 'https://bot.test',
    nudge: () => undefined,
  };
}
