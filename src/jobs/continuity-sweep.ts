import type { RequestDesk } from '../commands/request-words.js';
import type { Log } from '../log.js';
import { askSuccessors, followStanding } from '../notices/ownership/continuity-notices.js';
import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { getAccount, listAccounts } from '../workspace/accounts.js';
import { openContinuities } from '../workspace/continuities.js';
import type { Continuity } from '../workspace/continuity.js';
import type { Account } from '../workspace/entities.js';
import { type Identity, identityKey } from '../workspace/identity.js';
import { keepProfile } from '../workspace/people.js';
import { noteStanding, primaryOwnersNotSeenSince } from '../workspace/standing.js';
import type { Run, Sweep } from './sweep.js';

const DAY_MS = 24 * 3_600_000;
/** Open cases read at a time. */
const PAGE = 100;

interface Needs {
  desk: Omit<RequestDesk, 'account'>;
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}

/**
 * Looks each primary owner up in their chat once a day: Teams tells no bot that an account was deactivated, and what Slack
 * tells may be missed. Where one is gone, those who may take over are asked, and asked again each week.
 */
export function continuitySweep(needs: Needs): Sweep {
  return {
    name: 'continuity',
    everySeconds: 3_600,
    async run({ at, timeIsUp }) {
      for (const account of await listAccounts()) {
        if (account.status === 'enabled') await lookUpOwners(needs, account, { at, timeIsUp });
      }
      let after: string | undefined;
      for (;;) {
        const page = await openContinuities(PAGE, after);
        for (const continuity of page) {
          if (timeIsUp()) return;
          await unlessTroubled(needs, continuity.account, () => followOpen(needs, continuity, at));
        }
        if (page.length < PAGE) return;
        after = page.at(-1)?.id;
      }
    },
  };
}

async function lookUpOwners(needs: Needs, account: Account, { at, timeIsUp }: Run): Promise<void> {
  const before = new Date(at.getTime() - DAY_MS);
  for (const identity of await primaryOwnersNotSeenSince(account.id, before)) {
    if (timeIsUp()) return;
    await unlessTroubled(needs, account.id, () => lookUp(needs, account, identity, at));
  }
}

async function lookUp({ desk, dispatcher }: Needs, account: Account, identity: Identity, at: Date): Promise<void> {
  const { chats, supportContact: support } = desk.services;
  const chat = chats[identity.platform];
  if (!chat) return;
  const profile = await chat.profile(identity);
  const known = { account: account.id, identity: identityKey(identity), gone: true, at };
  const person = profile ? (await keepProfile(account.id, identity, profile, at)).id : await noteStanding(known);
  if (person && (await followStanding({ account: account.id, person, support, at }))) dispatcher.nudge();
}

async function followOpen({ desk, dispatcher }: Needs, continuity: Continuity, at: Date): Promise<void> {
  const { supportContact: support } = desk.services;
  const { account: id, person } = continuity;
  if (await followStanding({ account: id, person, support, at })) return dispatcher.nudge();
  const account = await getAccount(id);
  if (account?.status !== 'enabled') return;
  await askSuccessors({ account, continuity, support, at });
  dispatcher.nudge();
}

/** One chat or workspace that is in trouble does not keep back the others. */
async function unlessTroubled({ log }: Needs, account: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error({ err: error, account }, 'a primary owner could not be looked after; they are again in an hour');
  }
}
