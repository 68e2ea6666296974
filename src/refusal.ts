/**
 * Every expected "no" of the product, as a typed reason. Whoever throws a `Refusal` has changed nothing.
 * The words for people are in cards/refusals/refusal-card.ts, the only place that turns a reason into text.
 * Anything thrown that is not a Refusal is an outage: logged, and answered with an apology and a reference.
 */
export type Reason =
  | { kind: 'notEnabled'; tenant: string; user: string; tenantName?: string; support?: string }
  | { kind: 'accountDisabled'; accountName: string; support?: string }
  | {
      kind: 'outsider';
      accountName: string;
      who: 'guest' | 'connect' | 'bot' | 'deactivated' | 'otherTenant';
      ownerName: string;
    }
  | { kind: 'noWorkspace'; hasInvitations: boolean }
  /** A card or channel of a workspace that the person is not in. */
  | { kind: 'notInWorkspace'; what: 'card' | 'channel' }
  | { kind: 'unknownCommand'; typed: string; nearest: readonly string[] }
  | { kind: 'unknownWorkspace'; typed: string; nearest: readonly string[] }
  | { kind: 'ambiguousWorkspace'; typed: string; names: readonly string[] }
  /** `enable`: for whoever may enable it, or ask for that. */
  | {
      kind: 'workspaceDisabled';
      workspaceName: string;
      ownerName: string;
      enable?: { workspace: string; asks: boolean };
    }
  | { kind: 'workspaceNameTaken'; name: string }
  | { kind: 'suspended'; workspaceName: string; ownerName: string }
  | { kind: 'notAllowed'; doing: string; holders: readonly string[] }
  /** `newRole`: the role that was to be given is what ranks too high. */
  | { kind: 'rankGuard'; targetName: string; newRole?: 'admin' | 'owner' | 'primaryOwner' }
  | { kind: 'ownRequest' }
  /** `person`: where it is somebody whom the reader could invite. */
  | { kind: 'notMember'; name: string; workspaceName: string; person?: string }
  | { kind: 'alreadyMember'; name: string; workspaceName: string; person: string }
  | { kind: 'alreadyInvited'; name: string; workspaceName: string; open: { invitation: string; workspace: string } }
  | { kind: 'unknownPerson'; typed: string }
  /** Several members have that in their name: all of them, or the first. */
  | { kind: 'ambiguousPerson'; typed: string; people: readonly { id: string; name: string }[]; more?: true }
  /** Nobody with that name or address has an open invitation. */
  | { kind: 'notInvited'; name: string; workspaceName: string }
  /** A user group whose people cannot be taken from it; `unknown`: only its id came. */
  | { kind: 'unknownGroup'; name: string; why: 'unknown' | 'nobody' | 'empty' | 'tooMany'; most?: number }
  | { kind: 'otherAccount'; name: string }
  /** Somebody else, whom nobody can invite. */
  | { kind: 'cannotJoin'; name: string; who: 'guest' | 'connect' | 'bot' | 'deactivated' }
  | {
      kind: 'noSeat';
      licence: string;
      used: number;
      seats: number;
      plan: string;
      couldFree: readonly string[];
      /** The next larger plan, and what a month of it costs where that is listed. */
      next?: { plan: string; seats: number; priceMinor?: number; currency: string };
    }
  /** `own`: it is the reader themself, of that workspace. */
  | { kind: 'primaryOwnerStays'; name: string; workspaceName: string; own?: string }
  /** Somebody stands otherwise in a workspace than the card or button says. */
  | { kind: 'changedSince'; name: string; workspaceName: string; of: { person: string; workspace: string } }
  /** It is offered to somebody else, who has not answered. */
  | { kind: 'handoverOpen'; to: string; handover: string; workspace: string; workspaceName: string }
  | {
      kind: 'handoverGone';
      why: 'accepted' | 'declined' | 'cancelled' | 'expired' | 'notYours' | 'unknown' | 'changed' | 'back';
    }
  | { kind: 'notAnOwner'; name: string; person: string; workspace: string; workspaceName: string }
  | { kind: 'seatsInUse'; plan: string; licence: string; used: number; seats: number }
  | { kind: 'planChanged' }
  /** The plan has no policies, and the rule about two people would go with them: in the reader's workspaces, and others. */
  | { kind: 'ruleInForce'; plan: string; workspaces: readonly { workspace: string; name: string }[]; elsewhere: number }
  | { kind: 'invitationGone'; why: 'expired' | 'used' | 'revoked' | 'notYours' | 'unknown' }
  | { kind: 'requestClosed'; outcome: string; by?: string; at?: string }
  | { kind: 'unknownRequest'; typed: string }
  | {
      kind: 'badAmount';
      typed: string;
      why: 'notANumber' | 'zero' | 'negative' | 'tooPrecise' | 'tooSmall' | 'tooLarge' | 'otherCurrency';
      currency: string;
    }
  | { kind: 'badArgument'; argument: string; typed: string; expected: string }
  | {
      kind: 'insufficient';
      workspaceName: string;
      availableMinor: number;
      neededMinor: number;
      currency: string;
      /** Where balance would help: the button's workspace. */
      workspace?: string;
      /** The part of the balance that is set aside. */
      heldMinor?: number;
    }
  | { kind: 'planNeeded'; what: string; plan: string; needs: string }
  /** A policy of the workspace stands against it. */
  | { kind: 'policyForbids'; policy: 'emailDomains'; workspaceName: string; name: string; allowed: readonly string[] }
  /** `name`: absent for the reader's own identity. `allowed`: the platforms it takes. */
  | {
      kind: 'policyForbids';
      policy: 'allowedTenants';
      workspaceName: string;
      name?: string;
      allowed: readonly ('slack' | 'teams')[];
    }
  | { kind: 'policyForbids'; policy: 'keyMaxAgeDays'; workspaceName: string; days: number }
  | { kind: 'policyForbids'; policy: 'meetingSharing'; workspaceName: string }
  /** Whoever sets it, or the primary owner, could no longer act there. */
  | { kind: 'wouldLockOut'; name: string; workspaceName: string }
  /** Fewer than two could say yes. */
  | { kind: 'twoNeeded'; workspaceName: string; eligible: readonly string[] }
  /** Two people are needed, and nobody else is there to be the second. */
  | { kind: 'noSecondPerson'; workspace: string; workspaceName: string; aboveMinor: number; currency: string }
  | {
      kind: 'cannotTransfer';
      why: 'same' | 'alone' | 'otherCurrency' | 'suspended' | 'disabled' | 'gone';
      fromName: string;
      toName?: string;
      /** Who asked for it, where it is somebody else's yes that runs it. */
      asker?: string;
    }
  /** `what`: a change of somebody's place, else a transfer. */
  | { kind: 'noUndo'; why: 'tooLate' | 'undone' | 'unknown'; what?: 'member' }
  | { kind: 'noUndo'; why: 'spent'; toName: string; availableMinor: number; neededMinor: number; currency: string }
  /** Nobody has paid for it by card yet, or its cards were removed. */
  | { kind: 'noSavedCard'; workspaceName: string }
  /** An automatic top-up of it may still be paid. */
  | { kind: 'automaticOpen'; workspaceName: string }
  | { kind: 'keyConflict'; key: string; firstUsedFor: string }
  | { kind: 'botNotInChannel'; channelName: string; platform: 'slack' | 'teams' }
  | { kind: 'unknownChannel'; typed: string; nearest: readonly string[] }
  | { kind: 'channelNameTaken'; name: string }
  | { kind: 'channelArchived'; channel: string; name: string }
  /** A private channel that the person is not in; `managers` could add them. */
  | { kind: 'privateChannel'; managers: readonly string[] }
  /** Nobody adds themselves to a private channel, whatever their rank. */
  | { kind: 'selfIntoPrivate'; name: string }
  | { kind: 'notInChannel'; name: string; channelName: string }
  | { kind: 'unknownMeeting'; typed: string }
  /** Somebody changed it while it was being edited. */
  | { kind: 'meetingChanged'; meeting: string; workspace: string }
  | { kind: 'linkCode'; why: 'unknown' | 'expired' | 'used' | 'samePlatform' | 'tooManyTries' | 'notLinked' }
  | { kind: 'notHere'; what: string; where: string }
  | { kind: 'webhookAddress'; typed: string; why: 'malformed' | 'notHttps' | 'credentials' | 'private' }
  | { kind: 'unknownResource'; what: ResourceWord; typed: string; nearest: readonly string[] }
  | { kind: 'resourceNameTaken'; what: ResourceWord; name: string }
  /** Nothing of the text or file was imported. */
  | {
      kind: 'badCsv';
      why:
        | 'empty'
        | 'noRows'
        | 'openQuote'
        | 'noPhoneColumn'
        | 'severalPhoneColumns'
        | 'badColumn'
        | 'columnTwice'
        | 'otherType'
        | 'tooManyColumns'
        | 'tooManyRows'
        | 'tooManyContacts';
      line?: number;
      column?: string;
      most?: number;
    }
  | { kind: 'badCsv'; why: 'badRows'; rows: readonly BadRow[] }
  | { kind: 'fileUnread'; why: 'tooLarge' | 'gone' | 'notText'; name: string }
  /** What was looked at is not as it was any more. */
  | { kind: 'importGone' }
  | {
      kind: 'campaignState';
      name: string;
      campaign: string;
      state: 'draft' | 'starting' | 'running' | 'ending' | 'ended' | 'archived';
      doing: 'change' | 'start' | 'end' | 'archive';
    }
  /** Somebody else changed it since it was looked at. */
  | { kind: 'campaignChanged'; name: string; campaign: string; workspace: string }
  /** It cannot be started as it is. */
  | {
      kind: 'campaignBlocked';
      name: string;
      campaign: string;
      workspace: string;
      why: 'templateArchived' | 'listArchived' | 'listEmpty' | 'noPrice' | 'tooMuch' | 'timePast';
      template: string;
      list: string;
      item: string;
    }
  /** It would cost something else than whoever starts it has seen. */
  | {
      kind: 'estimateChanged';
      name: string;
      campaign: string;
      workspace: string;
      shownMinor: number;
      nowMinor: number;
      currency: string;
    }
  | {
      kind: 'campaignShort';
      name: string;
      campaign: string;
      workspace: string;
      workspaceName: string;
      availableMinor: number;
      heldMinor: number;
      neededMinor: number;
      currency: string;
      /** The reader's other workspaces that could give what is missing. */
      siblings?: readonly { workspace: string; name: string }[];
    }
  | { kind: 'tooFast'; retryAfterSeconds: number };

/** What people call a kind of resource. */
export type ResourceWord = 'contact list' | 'template' | 'campaign' | 'report';

export type ReasonKind = Reason['kind'];

/** A row of a CSV that cannot be imported. */
export interface BadRow {
  line: number;
  why: 'noPhone' | 'notAPhone' | 'needsCountry' | 'tooManyCells' | 'notANumber' | 'notADate' | 'notAnEmail' | 'tooLong';
  column?: string;
  typed?: string;
}

export class Refusal extends Error {
  readonly reason: Reason;
  constructor(reason: Reason) {
    super(reason.kind);
    this.name = 'Refusal';
    this.reason = reason;
  }
}

export function refuse(reason: Reason): never {
  throw new Refusal(reason);
}
