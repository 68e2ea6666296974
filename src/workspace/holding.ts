import type { AccountId, PersonId, WorkspaceId } from './entities.js';

/** Whose things in a workspace go on without them: keys, campaigns, meetings, channels. */
export interface Holder {
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
}

/** Something that a person holds; its name as whoever takes them out may read it. */
export interface Held {
  id: string;
  name: string;
}

/** All of a kind that one member holds becomes another's. */
export interface Handing {
  account: AccountId;
  workspace: WorkspaceId;
  from: PersonId;
  to: PersonId;
  by: PersonId;
  at: Date;
}
