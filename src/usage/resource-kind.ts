import type { z } from 'zod';
import type { Ledger } from '../ledger/entry.js';
import type { Moves } from '../ledger/moves.js';
import type { AccountId, PersonId, Workspace, WorkspaceId } from '../workspace/entities.js';

/** Who asks for a change over the API, and when. */
export interface ApiCall {
  workspace: Workspace;
  /** Whoever made the key answers for what it does. */
  by: PersonId;
  keyName: string;
  at: Date;
  ledger: Ledger & Moves;
}

interface Place {
  account: AccountId;
  workspace: WorkspaceId;
}

/** What every resource of the API shows. */
export interface ShownResource {
  id: string;
  kind: string;
  name: string;
  archived: boolean;
  createdAt: string;
}

/** One kind of resource, as `/v1/resources` reads, makes and changes it. */
export interface ResourceKind<Create, Change, Shown extends ShownResource> {
  /** Of its ids: `cl` for `cl_…`. Behind it, ids of all kinds sort together by time. */
  prefix: string;
  /** Oldest first, from after an id on. */
  page(of: Place & { after?: string; limit: number; archived: boolean }): Promise<Shown[]>;
  open(of: Place & { id: string }): Promise<Shown | undefined>;
  /** Once for each `key` of the caller. @throws Refusal, and Problem where the key was used for something else */
  create(call: ApiCall, body: Create): Promise<Shown>;
  /** As often as it is sent with one effect. Undefined where there is no such thing. @throws Refusal */
  change(call: ApiCall, id: string, body: Change): Promise<Shown | undefined>;
}

/** The kind that the schemas of its bodies and answers describe. */
export type KindOf<
  Create extends z.ZodType,
  Change extends z.ZodType,
  Shown extends z.ZodType<ShownResource>,
> = ResourceKind<z.output<Create>, z.output<Change>, z.output<Shown>>;
