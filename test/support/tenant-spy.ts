import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { CommandStartedEvent, Document } from 'mongodb';
import mongoose from 'mongoose';
import { SWEEP_COMMANDS, SYSTEM_COMMANDS } from './system-commands.js';

/** Watches what the driver sends to MongoDB: which commands would reach over the border of an account. */
export interface TenantSpy {
  /** Watches while the work runs, whoever asks. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Commands of that work that named neither an account nor a workspace, as `collection.command keys`, each once. */
  strays(): string[];
  /** Such commands of the product's own code, whenever it ran, but for the system's sweeps; with the file that asked. */
  straysOfProduct(): string[];
  /** How many commands were looked at in that work. */
  readonly seen: number;
}

/** Collections whose documents are found by the account, or by what leads to it, and by nothing else. A secret does. */
const LEADS_TO_ACCOUNT: Readonly<Record<string, readonly string[]>> = {
  tenants: ['_id'],
  accounts: ['_id'],
  audit_heads: ['_id'],
  inbox: ['_id', 'tenant'],
  slackInstallations: ['_id', 'tenant'],
  slackOauthStates: ['_id'],
  teamsConversations: ['tenant'],
  teamsUsers: ['tenant'],
  automatic_payments: ['_id'],
  /** A ledger line's id begins with its wallet. */
  entries: ['_id'],
  receipt_series: ['_id'],
  api_keys: ['_id'],
  downloads: ['_id'],
  one_time_secrets: ['_id'],
  /** A gate's id is the team or the conversation that it stands before. */
  gates: ['_id'],
};

const ROOT = join(import.meta.dirname, '../..', '/');
const OVER_ALL_ACCOUNTS = new Set(
  [SWEEP_COMMANDS, SYSTEM_COMMANDS].flatMap((commands) => Object.values(commands).flat()),
);

/** A wallet is a workspace's. */
const SCOPES = ['account', 'workspace', 'wallet', 'w'];

/** Before whatever connects: it listens to that connection. */
export function useTenantSpy(): TenantSpy {
  const strays = new Set<string>();
  const straysOfProduct = new Set<string>();
  let watching = 0;
  let seen = 0;
  const look = (event: CommandStartedEvent): void => {
    const collection = String(event.command[event.commandName]);
    for (const filter of filtersOf(event)) {
      if (watching > 0) seen += 1;
      if (isScoped(collection, filter)) continue;
      const stray = `${collection}.${event.commandName} ${Object.keys(filter).join(', ')}`;
      if (watching > 0) strays.add(stray);
      if (OVER_ALL_ACCOUNTS.has(stray)) continue;
      const by = asker();
      if (!by.startsWith('test/')) straysOfProduct.add(`${stray} by ${by}`);
    }
  };
  const { connect: original } = mongoose;
  beforeAll(() => {
    const { connect } = mongoose;
    mongoose.connect = async (uri, options) => {
      const connected = await connect.call(mongoose, uri, { ...options, monitorCommands: true });
      mongoose.connection.getClient().on('commandStarted', look);
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
    straysOfProduct: () => [...straysOfProduct].toSorted(),
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

/** The file of this repository that asked for the command that is being sent. */
function asker(): string {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  Error.prepareStackTrace = (_error, sites) => sites.map((site) => (site.getFileName() ?? '').replace('file://', ''));
  const { stack }: { stack?: unknown } = new Error('only its stack is wanted');
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  const files = (stack as string[]).filter((file) => file.startsWith(ROOT) && !file.includes('/node_modules/'));
  return files.find((file) => file !== import.meta.filename)?.slice(ROOT.length) ?? 'nobody known';
}
