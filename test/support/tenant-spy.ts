import { afterAll, beforeAll } from '@jest/globals';
import type { CommandStartedEvent, Document } from 'mongodb';
import mongoose from 'mongoose';

/** Watches what the driver sends to MongoDB: which commands would reach over the border of an account. */
export interface TenantSpy {
  /** Watches while the work runs. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Commands that named neither an account nor a workspace, as `collection.command keys`, each once. */
  strays(): string[];
  /** How many commands were looked at. */
  readonly seen: number;
}

/** Collections whose documents are found by the account, or by what leads to it, and by nothing else. */
const LEADS_TO_ACCOUNT: Readonly<Record<string, readonly string[]>> = {
  tenants: ['_id'],
  accounts: ['_id'],
  audit_heads: ['_id'],
  inbox: ['_id', 'tenant'],
  /** A ledger line's id begins with its wallet. */
  entries: ['_id'],
};

/** A wallet is a workspace's. */
const SCOPES = ['account', 'workspace', 'wallet', 'w'];

/** For files that watch; before `useDatabase`, whose connection it listens to. */
export function useTenantSpy(): TenantSpy {
  const strays = new Set<string>();
  let watching = 0;
  let seen = 0;
  const { connect: original } = mongoose;
  beforeAll(() => {
    const { connect } = mongoose;
    mongoose.connect = async (uri, options) => {
      const connected = await connect.call(mongoose, uri, { ...options, monitorCommands: true });
      mongoose.connection.getClient().on('commandStarted', (event) => {
        if (watching === 0) return;
        for (const filter of filtersOf(event)) {
          seen += 1;
          const collection = String(event.command[event.commandName]);
          if (!isScoped(collection, filter)) {
            strays.add(`${collection}.${event.commandName} ${Object.keys(filter).join(', ')}`);
          }
        }
      });
      return connected;
    };
  });
  afterAll(() => {
    mongoose.connect = original;
  });
  return {
    async during(work) {
      watching += 1;
      try {
        return await work();
      } finally {
        watching -= 1;
      }
    },
    strays: () => [...strays].toSorted(),
    get seen() {
      return seen;
    },
  };
}

/** What the command looks for, or writes anew. */
function filtersOf({ command, commandName }: CommandStartedEvent): Document[] {
  switch (commandName) {
    case 'find':
      return [command['filter'] ?? {}];
    case 'aggregate':
      return [command['pipeline']?.[0]?.$match ?? {}];
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return [command['query'] ?? {}];
    case 'update':
      return command['updates'].map((update: Document) => update['q']);
    case 'delete':
      return command['deletes'].map((one: Document) => one['q']);
    case 'insert':
      return command['documents'];
    default:
      return [];
  }
}

function isScoped(collection: string, filter: Document): boolean {
  const id: unknown = filter['_id'];
  const keys = [...Object.keys(filter), ...(typeof id === 'object' && id !== null ? Object.keys(id) : [])];
  return keys.some((key) => SCOPES.includes(key) || LEADS_TO_ACCOUNT[collection]?.includes(key));
}
