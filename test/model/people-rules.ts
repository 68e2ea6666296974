import { expect } from '@jest/globals';
import { verifyAudit } from '../../src/workspace/audit.js';
import { AuditModel, type AuditDoc } from '../../src/workspace/audit-model.js';
import { type AccountId, LICENCES, type PersonId } from '../../src/workspace/entities.js';
import type { RequestDoc } from '../../src/workspace/request-model.js';
import type { MembershipDoc } from '../../src/workspace/workspace-model.js';
import { nowOf, type PeopleState } from './people-state.js';

/** What is true of a company's people after whatever they did. */
export function expectSound(before: PeopleState, after: PeopleState): void {
  for (const places of grouped(after.memberships, ({ person }) => person)) expectOneActive(after, places);
  for (const members of grouped(after.memberships, ({ workspace }) => workspace)) expectOnePrimaryOwner(members);
  expect(workspacesOf(after)).toEqual(workspacesOf(before));
  expectSeats(after);
  expectHandovers(after);
  for (const request of after.requests) expectDecided(before, request);
}

/** Exactly one active workspace; not one that is closed to them, while another is open. */
function expectOneActive({ people }: PeopleState, places: readonly MembershipDoc[]): void {
  const [{ person }] = places as [MembershipDoc];
  const active = places.filter((one) => one.active);
  expect({ person, active: active.length }).toEqual({ person, active: 1 });
  expect({ person, mergedInto: nowOf({ people }, person) }).toEqual({ person, mergedInto: person });
  const open = places.filter((one) => !one.suspended);
  expect({ person, closed: active[0]!.suspended && open.length > 0 }).toEqual({ person, closed: false });
}

function expectOnePrimaryOwner(members: readonly MembershipDoc[]): void {
  const primary = members.filter(({ role }) => role === 'primaryOwner');
  expect(primary.map(({ suspended }) => suspended)).toEqual([false]);
}

function workspacesOf({ memberships }: PeopleState): string[] {
  return [...new Set(memberships.map(({ workspace }) => workspace))].toSorted();
}

/** Each person counts once for a licence, and no more of them have it than the plan has seats. */
function expectSeats({ account, memberships }: PeopleState): void {
  const held = (licence: string) =>
    new Set(memberships.flatMap((one) => (one.licence === licence ? [one.person] : []))).size;
  const used = Object.fromEntries(LICENCES.map((licence) => [licence, held(licence)]));
  expect(account.seatsUsed).toEqual(used);
  for (const licence of LICENCES) expect(used[licence]).toBeLessThanOrEqual(account.seats[licence]);
}

/** An offer that is open is one that its primary owner made. */
function expectHandovers({ handovers, memberships }: PeopleState): void {
  for (const { workspace, from } of handovers.filter(({ state }) => state === 'offered')) {
    const owner = memberships.find((one) => one.workspace === workspace && one.role === 'primaryOwner');
    expect(owner?.person).toBe(from);
  }
}

/** A decision is for good, and its author, as they were before the step, had no part in it: not by any chat of theirs. */
function expectDecided(before: PeopleState, request: RequestDoc): void {
  const { _id, state, decidedBy, result } = request;
  expect({ _id, ran: result !== undefined }).toEqual({ _id, ran: state === 'approved' });
  const was = before.requests.find((one) => one._id === _id);
  if (was && was.state !== 'pending') {
    expect({ _id, state, decidedBy }).toEqual({ _id, state: was.state, decidedBy: was.decidedBy });
    expect(result).toEqual(was.result);
    return;
  }
  if (!decidedBy) return;
  const own = sameHuman(before, decidedBy, request, was?.by ?? request.by);
  expect({ _id, decidedBy, own }).toEqual({ _id, decidedBy, own: false });
}

function sameHuman(state: PeopleState, decider: PersonId, { byIdentity }: RequestDoc, author: PersonId): boolean {
  const chatsOf = (person: PersonId) => state.identities.filter((one) => one.person === person);
  const addresses = new Set(chatsOf(author).flatMap(({ verifiedEmail }) => verifiedEmail ?? []));
  return (
    decider === author ||
    chatsOf(decider).some(
      ({ key, verifiedEmail }) => key === byIdentity || (verifiedEmail !== undefined && addresses.has(verifiedEmail)),
    )
  );
}

const ENDS = ['request.approved', 'request.denied', 'request.withdrawn', 'request.expired'];

/** The trail says of each request that it came to one end, and ran once at most; and nobody altered it. */
export async function expectSoundTrail(account: AccountId): Promise<AuditDoc[]> {
  expect((await verifyAudit(account)).findings).toEqual([]);
  const lines = await AuditModel.find({ account }).sort({ sequence: 1 }).lean<AuditDoc[]>();
  const asked = lines.filter(({ action, request }) => request !== undefined && action.startsWith('request.'));
  for (const of of grouped(asked, ({ request }) => request ?? '')) {
    const { request } = of[0]!;
    const number = (actions: readonly string[]) => of.filter(({ action }) => actions.includes(action)).length;
    const ends = number(ENDS);
    const ran = number(['request.ran']);
    expect({ request, ends: Math.max(ends, 1), ran }).toEqual({ request, ends: 1, ran: number(['request.approved']) });
  }
  return lines;
}

function grouped<T>(all: readonly T[], by: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(by(one));
    if (group) group.push(one);
    else groups.set(by(one), [one]);
  }
  return [...groups.values()];
}
