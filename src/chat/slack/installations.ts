import { setTimeout as pause } from 'node:timers/promises';
import type { Installation as SlackInstallation } from '@slack/bolt';
import mongoose from 'mongoose';
import { z } from 'zod';
import type { Encryption, SealedFor } from '../../encryption.js';
import { DeliveryFailure } from '../port.js';
import type { Log } from './bolt-log.js';
import { Installation } from './installations-model.js';

/** Exchanges a refresh token, once: Slack makes the old one worthless. */
export type Refresh = (refreshToken: string) => Promise<Tokens>;

const tokens = z.object({ bot: z.string(), refresh: z.string().optional(), expiresAt: z.number().optional() });
export type Tokens = z.infer<typeof tokens>;

const { trusted } = mongoose;
const REFRESH_AHEAD_MS = 2 * 60 * 60 * 1_000;
const LEASE_MS = 30_000;
const WAIT_MS = 250;
const REFRESH_TRIES = 20;

export interface Installations {
  save(installation: SlackInstallation, at: Date): Promise<void>;
  /** The bot token of a tenant's installation, refreshed if it is about to run out; rejects with DeliveryFailure botRemoved. */
  botToken(tenant: string, at: Date): Promise<string>;
  /** Forgets the installation of a team, or of an enterprise. */
  remove(id: string): Promise<void>;
  /** For the clock: refreshes what runs out within two hours; returns how many. */
  refreshDue(at: Date): Promise<number>;
}

type Stored = { _id: string; tenant: string; sealed: string; expiresAt?: Date | null };

/** What reading and renewing an installation takes. */
interface Vault {
  seal: Pick<Encryption, 'encrypt' | 'decrypt'>;
  refresh: Refresh;
}

/** The teams that installed the app, their tokens encrypted in MongoDB and bound to their team. */
export function createInstallations(seal: Vault['seal'], refresh: Refresh, log: Log): Installations {
  const vault: Vault = { seal, refresh };
  return {
    botToken: (tenant, at) => botToken(vault, tenant, at),
    save: (installation, at) => save(vault, installation, at),
    async remove(id) {
      await Installation.deleteOne({ _id: id });
    },
    async refreshDue(at) {
      const before = new Date(at.getTime() + REFRESH_AHEAD_MS);
      const due = await Installation.find({ expiresAt: trusted({ $lt: before }) }).lean();
      let refreshed = 0;
      for (const stored of due) {
        try {
          if (await refreshOne(vault, stored, at)) refreshed += 1;
        } catch (err) {
          log.error({ team: stored._id, err }, 'a Slack token could not be refreshed');
        }
      }
      return refreshed;
    },
  };
}

async function botToken(vault: Vault, tenant: string, at: Date): Promise<string> {
  for (let tries = 0; tries < REFRESH_TRIES; tries++) {
    const stored = await find(tenant);
    if (!stored)
      throw new DeliveryFailure({ kind: 'rejected', why: 'botRemoved' }, { detail: `not installed in ${tenant}` });
    if (!stored.expiresAt || stored.expiresAt > at) return open(vault, stored).bot;
    const fresh = await refreshOne(vault, stored, at);
    if (fresh) return fresh.bot;
    await pause(WAIT_MS);
  }
  throw new DeliveryFailure({ kind: 'unreachable' }, { detail: `the token of ${tenant} is being refreshed` });
}

async function save(vault: Vault, installation: SlackInstallation, at: Date): Promise<void> {
  const id = installation.isEnterpriseInstall ? installation.enterprise?.id : installation.team?.id;
  if (!id || !installation.bot) throw new Error('an installation without a team or a bot');
  const tenant = installation.enterprise?.id ?? id;
  const { token: bot, refreshToken, expiresAt } = installation.bot;
  const of: Tokens = {
    bot,
    ...(refreshToken ? { refresh: refreshToken } : {}),
    ...(expiresAt ? { expiresAt: expiresAt * 1_000 } : {}),
  };
  await Installation.replaceOne(
    { _id: id, tenant },
    { tenant, installedAt: at, ...sealed(vault, id, of) },
    { upsert: true },
  );
}

/** Only who takes the lease refreshes; undefined where another process holds it, or has just done it. */
async function refreshOne(vault: Vault, stored: Stored, at: Date): Promise<Tokens | undefined> {
  const { _id, tenant } = stored;
  const leased = await Installation.findOneAndUpdate(
    { _id, tenant, sealed: stored.sealed, $or: [{ refreshing: null }, { refreshing: trusted({ $lt: at }) }] },
    { $set: { refreshing: new Date(at.getTime() + LEASE_MS) } },
  ).lean();
  const old = leased ? open(vault, leased) : undefined;
  if (!old?.refresh) return undefined;
  const fresh = await vault.refresh(old.refresh);
  await Installation.updateOne({ _id, tenant }, { $set: sealed(vault, _id, fresh), $unset: { refreshing: 1 } });
  return fresh;
}

function open({ seal }: Vault, stored: Stored): Tokens {
  return tokens.parse(JSON.parse(seal.decrypt(stored.sealed, tokensOf(stored._id))));
}

function sealed({ seal }: Vault, id: string, of: Tokens): { sealed: string; expiresAt?: Date } {
  return {
    sealed: seal.encrypt(JSON.stringify(of), tokensOf(id)),
    ...(of.expiresAt === undefined ? {} : { expiresAt: new Date(of.expiresAt) }),
  };
}

/** Of several teams of one enterprise, the org-wide installation goes first, then the oldest. */
async function find(tenant: string): Promise<Stored | undefined> {
  const found = await Installation.find({ tenant }).sort({ installedAt: 1 }).lean();
  return found.find((stored) => stored._id === tenant) ?? found[0];
}

function tokensOf(id: string): SealedFor {
  return { tenant: `slack:${id}`, field: 'tokens' };
}
