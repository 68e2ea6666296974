import type { Pictures } from '../charts/pictures.js';
import type { ChatPoster } from '../chat/port.js';
import type { Ledger } from '../ledger/entry.js';
import type { Moves } from '../ledger/moves.js';
import type { Payments } from '../payments/payments.js';
import type { createDownload } from '../usage/downloads.js';
import type { Webhooks } from '../webhooks/webhooks.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import type { Platform } from '../workspace/identity.js';

/** A key's secret on its way to the one-time page. */
export interface OneTimeSecret {
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  /** What it is, for the page's heading. */
  label: string;
  secret: string;
  at: Date;
}

/** What commands use of the world outside the domain; made in main.ts. */
export interface Services {
  ledger: Ledger & Moves;
  payments: Pick<Payments, 'startTopUp' | 'savedCard' | 'chargeCard' | 'portal'>;
  webhooks: Pick<Webhooks, 'setEndpoint' | 'replaceSecret' | 'sendTest'>;
  /** The chats that are connected: who is who there, and a post where the answer must tell whether it went through. */
  chats: Readonly<
    Partial<
      Record<
        Platform,
        Pick<
          ChatPoster,
          'profile' | 'findByEmail' | 'groupMembers' | 'readFile' | 'tenantName' | 'channels' | 'channelName' | 'post'
        >
      >
    >
  >;
  /** Keeps the secret and answers the address of the page that shows it once. */
  keepSecret(secret: OneTimeSecret): Promise<string>;
  /** The address of the charts as a picture, for clients that draw none; undefined where they are too many. */
  pictureOf: Pictures['addressOf'];
  /** Answers the address of the page where that person has the file for 15 minutes. */
  createDownload(of: Parameters<typeof createDownload>[0]): Promise<string>;
  /** Hashes API keys. */
  apiKeyPepper: string;
  /** Without a slash at the end. */
  publicUrl: string;
  supportContact?: string;
  /** Tells the outbox's dispatcher that something was written. */
  nudge(): void;
}
