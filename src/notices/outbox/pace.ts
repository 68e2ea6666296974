/** Slack's limit of one message a second and channel; Teams allows as much. */
const LANE_GAP_MS = 1_000;

/**
 * When this process may send next: to one recipient, to one team. In memory: another process finds the platform's
 * own 429 and learns the same.
 */
export interface Pace {
  closedLanes(at: Date): string[];
  /** Until when the team is to be left alone, if it is. */
  teamClosedUntil(team: string, at: Date): Date | undefined;
  sent(lane: string, at: Date): void;
  rateLimited(team: string, until: Date): void;
  /** The earliest time at which something that is closed opens. */
  nextOpening(at: Date): Date | undefined;
}

export function createPace(): Pace {
  const lanes = new Map<string, number>();
  const teams = new Map<string, number>();

  const forgetOpen = (gates: Map<string, number>, at: Date) => {
    for (const [key, opensAt] of gates) if (opensAt <= at.getTime()) gates.delete(key);
  };

  return {
    closedLanes(at) {
      forgetOpen(lanes, at);
      return [...lanes.keys()];
    },
    teamClosedUntil(team, at) {
      forgetOpen(teams, at);
      const until = teams.get(team);
      return until === undefined ? undefined : new Date(until);
    },
    sent(lane, at) {
      lanes.set(lane, at.getTime() + LANE_GAP_MS);
    },
    rateLimited(team, until) {
      teams.set(team, Math.max(until.getTime(), teams.get(team) ?? 0));
    },
    nextOpening(at) {
      forgetOpen(lanes, at);
      forgetOpen(teams, at);
      const next = Math.min(...lanes.values(), ...teams.values());
      return Number.isFinite(next) ? new Date(next) : undefined;
    },
  };
}
