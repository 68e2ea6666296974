import type { Identity } from '../../workspace/identity.js';
import type { Inbound } from './activity.js';
import type { InvokeReply } from './invoke-reply.js';
import { type Reference, referenceOf } from './references.js';

/** Teams' handle on one interaction: how its person can be answered. */
export interface TeamsMoment {
  reference: Reference;
  /** The conversation as it was written in: in a channel, with its thread. */
  thread: string;
  person: Identity;
  /** `29:…` */
  teamsId: string;
  personName: string;
  /** The message whose button was pressed, and whether it was a form. */
  clicked?: { message: string; form: boolean };
  /** Set while Teams waits for the answer to a click or a dialog. */
  reply?: InvokeReply;
}

export function momentOf(activity: Inbound, person: Identity, reply?: InvokeReply, form = false): TeamsMoment {
  return {
    reference: referenceOf(activity, person.tenant),
    thread: activity.conversation.id,
    person,
    teamsId: activity.from.id,
    personName: activity.from.name ?? 'You',
    ...(reply && activity.replyToId ? { clicked: { message: activity.replyToId, form } } : {}),
    ...(reply ? { reply } : {}),
  };
}
