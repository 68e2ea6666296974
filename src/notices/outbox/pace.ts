import type { Rate, Rates } from '../../chat/port.js';
import { closeGate, passGate } from './gates.js';
import { type Spacing, spacingOf } from './spacing.js';

/** What is asked of a platform at once: of which conversation, by the row's lane, and of which team. */
export interface Asked {
  lane: string;
  team: string;
  rates: Rates;
  calls: Calls;
}

export interface Calls {
  posts: number;
  edits: number;
}

/**
 * When something may be sent to one recipient and to one team: as the platforms document it, and not before they want
 * to be asked again. What all processes know of it stands in MongoDB; this one remembers what it was told.
 */
export interface Pace {
  /** Counts the calls and lets them go; false: not now, and the lane is closed until they may. */
  pass(asked: Asked, at: Date): Promise<boolean>;
  /** Whatever is in the lane is somebody else's for a while. */
  leave(lane: string, at: Date): void;
  /** How many calls a team takes at once, as far as this process knows. */
  room(team: string, at: Date): number;
  rateLimited(team: string, until: Date, at: Date): Promise<void>;
  /** The lanes and teams that are known to be closed. */
  closed(at: Date): readonly string[];
  /** The earliest time at which something that is closed opens. */
  nextOpening(at: Date): Date | undefined;
}

const LEFT_MS = 250;

export function createPace(): Pace {
  const opensAt = new Map<string, number>();
  const spaces = new Map<string, { opensAt: number } & Spacing>();
  const spacings = new Map<readonly Rate[], Spacing | undefined>();

  const spacing = (rates: readonly Rate[]) => {
    if (!spacings.has(rates)) spacings.set(rates, spacingOf(rates));
    return spacings.get(rates);
  };

  const forgetOpen = (at: Date) => {
    for (const [key, ms] of opensAt) if (ms <= at.getTime()) opensAt.delete(key);
    for (const [key, space] of spaces) if (roomIn(space, at) >= space.burst) spaces.delete(key);
  };

  const remember = (key: string, until: Date) => {
    opensAt.set(key, Math.max(until.getTime(), opensAt.get(key) ?? 0));
  };

  return {
    async pass({ lane, team, rates, calls }, at) {
      const gates = gatesOf(lane, team, rates, calls).filter(({ count }) => count > 0);
      const known = Math.max(...gates.map(({ key }) => opensAt.get(key) ?? 0));
      if (known > at.getTime()) {
        remember(lane, new Date(known));
        return false;
      }
      for (const { key, limits, count } of gates) {
        const spaced = spacing(limits);
        if (!spaced) continue;
        const gate = await passGate(key, spaced, count, at);
        remember(key, gate.opensAt);
        spaces.set(key, { ...spaced, opensAt: gate.opensAt.getTime() });
        if (gate.open) continue;
        remember(lane, gate.opensAt);
        return false;
      }
      return true;
    },
    leave(lane, at) {
      remember(lane, new Date(at.getTime() + LEFT_MS));
    },
    room(team, at) {
      const space = spaces.get(team);
      return space ? roomIn(space, at) : Number.POSITIVE_INFINITY;
    },
    async rateLimited(team, until, at) {
      for (const key of [team, editsOf(team)]) {
        remember(key, until);
        await closeGate(key, until, at);
      }
    },
    closed(at) {
      forgetOpen(at);
      return [...opensAt.keys()];
    },
    nextOpening(at) {
      forgetOpen(at);
      const next = Math.min(...opensAt.values());
      return Number.isFinite(next) ? new Date(next) : undefined;
    },
  };
}

function roomIn({ opensAt, everyMs }: { opensAt: number } & Spacing, at: Date): number {
  return Math.max(0, Math.floor((at.getTime() - opensAt) / everyMs) + 1);
}

const editsOf = (key: string) => `${key} edits`;

/** The gates that the calls go through; edits have their own where the platform counts them apart. */
function gatesOf(lane: string, team: string, { post, edit }: Rates, { posts, edits }: Calls) {
  const all = [
    { key: lane, limits: post.conversation, count: edit ? posts : posts + edits },
    { key: team, limits: post.team, count: edit ? posts : posts + edits },
  ];
  if (!edit) return all;
  return [
    { key: editsOf(lane), limits: edit.conversation, count: edits },
    { key: editsOf(team), limits: edit.team, count: edits },
    ...all,
  ];
}
