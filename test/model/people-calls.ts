import type { Call } from '../../src/cards/card.js';
import type { PersonId, WorkspaceId } from '../../src/workspace/entities.js';
import type { IdentityKey } from '../../src/workspace/identity.js';
import type { MembershipDoc } from '../../src/workspace/workspace-model.js';
import { pickOf } from './money-steps.js';
import type { PeopleState } from './people-state.js';
import type { By, Operation, Step } from './people-steps.js';

/** A button as somebody presses it. */
export interface Press {
  sender: IdentityKey;
  call: Call;
}

/** One press, or two identities that are to be linked; nothing where there is nobody or nothing to do it to. */
export type Meant = Press | { starts: IdentityKey; finishes: IdentityKey } | undefined;

const PRESSED = { role: 'role', licence: 'licence', suspension: 'suspend', removal: 'remove' } as const;
const LATEST = 5;

/** What the operation is in a company as it stands before the step. */
export function meant(state: PeopleState, workspace: WorkspaceId, step: Step, operation: Operation): Meant {
  const there = state.memberships.filter((one) => one.workspace === workspace);
  const press = (person: PersonId | undefined, call: Call): Meant => {
    const sender = chatOf(state, person);
    return sender === undefined ? undefined : { sender, call };
  };
  const command = (by: By, name: string, args: Call['args']) =>
    press(actor(state, workspace, by), { command: name, args, workspace });
  const anybody = (pick: number | undefined) => pickOf(state.identities, pick ?? step.whom)?.key ?? '';
  const shared = pickOf(state.identities, step.whom)?.person;
  const member = (pick: number | undefined) =>
    (pick === undefined ? there.find(({ person }) => person === shared)?.person : undefined) ??
    pickOf(there, pick ?? step.whom)?.person ??
    '';

  switch (operation.does) {
    case 'invite': {
      const { by, whom, role, licence } = operation;
      return command(by, 'invite', { people: [anybody(whom)], role, licence });
    }
    case 'revoke':
      return command(operation.by, 'invite', { takeBack: latest(state.invitations, operation.pick)?._id ?? 'none' });
    case 'join': {
      const open = state.invitations.filter((one) => one.state === 'open');
      const invitation = pickOf(open, operation.pick) ?? latest(state.invitations, operation.pick);
      return invitation && press(invitation.person, { command: 'join', args: { invitation: invitation._id } });
    }
    case 'leave':
      return command(operation.by, 'leave', { sure: true });
    case 'remove':
    case 'suspend':
      return command(operation.by, operation.does, { person: member(operation.whom), sure: true });
    case 'reactivate': {
      const one = pickOf(
        state.memberships.filter(({ suspended }) => suspended),
        operation.whom ?? step.whom,
      );
      if (!one) return command(operation.by, 'reactivate', { person: member(operation.whom) });
      const call = { command: 'reactivate', args: { person: one.person }, workspace: one.workspace };
      return press(actor(state, one.workspace, operation.by), call);
    }
    case 'role':
      return command(operation.by, 'role', { person: member(operation.whom), role: operation.role, sure: true });
    case 'licence': {
      const { by, whom, licence } = operation;
      return command(by, 'licence', { person: member(whom), licence, sure: true });
    }
    case 'askLicence':
      return press(pickOf(there.filter(isMember), operation.by.pick)?.person, {
        command: 'licence',
        args: { licence: operation.licence },
        workspace,
      });
    case 'undo': {
      const change = latest(state.changes, operation.pick);
      if (!change) return undefined;
      const { by, what, workspace: where, _id: undo } = change;
      return press(by, { command: PRESSED[what], args: { undo }, workspace: where });
    }
    case 'offer': {
      const owners = there.filter((one) => one.role === 'owner');
      const to = pickOf(owners, operation.whom ?? step.whom)?.person ?? member(operation.whom);
      const { by } = operation;
      const from = by.anybody ? actor(state, workspace, by) : primaryOwnerOf(state, workspace);
      return press(from, { command: 'handover', args: { person: to, sure: true }, workspace });
    }
    case 'answer': {
      const { answer } = operation;
      const offer = state.handovers.findLast((one) => one.state === 'offered') ?? state.handovers.at(-1);
      const call = { command: 'handover', args: { answer, handover: offer?._id ?? 'none' } };
      return offer && press(answer === 'cancel' ? offer.from : offer.to, { ...call, workspace: offer.workspace });
    }
    case 'switch': {
      const place = pickOf(state.memberships, operation.pick);
      return place && press(place.person, { command: 'switch', args: {}, workspace: place.workspace });
    }
    case 'plan': {
      const { tier } = operation;
      const args = { tier, from: state.account.plan, sure: true };
      return press(primaryOwnerOf(state, workspace), { command: 'plan', args, workspace });
    }
    case 'link':
      return linked(state, operation.pick, operation.other);
    case 'unlink': {
      const linkedOnes = state.identities.filter(({ key, person }) =>
        state.identities.some((other) => other.person === person && other.key !== key),
      );
      const one = pickOf(linkedOnes, operation.pick);
      return one && { sender: one.key, call: { command: 'link', args: { remove: true } } };
    }
    case 'approve':
    case 'deny':
    case 'askBack':
    case 'withdraw':
      return answered(state, operation);
  }
}

type Answering = Extract<Operation, { does: 'approve' | 'deny' | 'askBack' | 'withdraw' }>;

function answered(state: PeopleState, operation: Answering): Meant {
  const pending = state.requests.filter((one) => one.state === 'pending');
  const request = pickOf(pending, operation.pick) ?? latest(state.requests, operation.pick);
  if (!request) return undefined;
  const { _id: id, version } = request;
  const call = (): Call => {
    switch (operation.does) {
      case 'approve':
        return { command: 'approve', args: { request: id, version } };
      case 'deny':
        return { command: 'deny', args: { request: id, note: 'Not now' } };
      case 'askBack':
        return { command: 'ask', args: { request: id, text: 'What for?' } };
      case 'withdraw':
        return { command: 'requests', args: { withdraw: id } };
    }
  };
  const { workspace } = request;
  const byAuthor = operation.does === 'withdraw' || !workspace;
  const ofTheirOwn = !byAuthor && operation.by.pick % 3 === 0 ? otherChatOf(state, request.by) : undefined;
  const by = byAuthor ? request.by : (ofTheirOwn ?? actor(state, workspace, operation.by));
  const sender = chatOf(state, by);
  return sender === undefined ? undefined : { sender, call: call() };
}

/** Whom the chats take for somebody else, but who has an address of theirs. */
function otherChatOf({ identities }: PeopleState, person: PersonId): PersonId | undefined {
  const addresses = identities.flatMap((one) => (one.person === person ? (one.verifiedEmail ?? []) : []));
  return identities.find((one) => one.person !== person && addresses.includes(one.verifiedEmail ?? ''))?.person;
}

/** Somebody of Slack and somebody of Teams, who say that they are one. */
function linked({ identities }: PeopleState, one: number, other: number): Meant {
  const on = (platform: string) => identities.filter(({ key }) => key.startsWith(`${platform}:`));
  const starts = pickOf(on('slack'), one);
  const finishes = pickOf(on('teams'), other);
  return starts && finishes && { starts: starts.key, finishes: finishes.key };
}

/** Somebody of the workspace, mostly one who may do something, so that little is refused at the door; or anybody. */
function actor({ identities, memberships }: PeopleState, workspace: WorkspaceId, by: By): PersonId | undefined {
  if (by.anybody) return pickOf(identities, by.pick)?.person;
  const there = memberships.filter((one) => one.workspace === workspace);
  const above = there.filter((one) => !isMember(one) && !one.suspended);
  return pickOf(by.pick % 4 === 0 ? there : above, Math.floor(by.pick / 4))?.person;
}

const isMember = ({ role }: MembershipDoc): boolean => role === 'member';

function primaryOwnerOf({ memberships }: PeopleState, workspace: WorkspaceId): PersonId | undefined {
  return memberships.find((one) => one.workspace === workspace && one.role === 'primaryOwner')?.person;
}

function chatOf({ identities }: PeopleState, person: PersonId | undefined): IdentityKey | undefined {
  return identities.find((one) => one.person === person)?.key;
}

function latest<T>(all: readonly T[], pick: number): T | undefined {
  return pickOf(all.slice(-LATEST), pick);
}
