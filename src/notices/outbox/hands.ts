/** How much this process sends at once: in all, to one platform, to one queue. */
interface Most {
  all: number;
  kind: number;
  queue: number;
}

/** Of the same hands; some are kept free for alerts, so that they wait for nothing that is slow. */
const MOST: readonly Most[] = [
  { all: 48, kind: 40, queue: 8 },
  { all: 36, kind: 28, queue: 6 },
];

/** What is being sent. A queue or a platform that takes long fills its own share and nobody else's. */
export interface Hands {
  /** How many more rows of that queue and rank may be taken. */
  room(queue: string, rank: number): number;
  /** Takes a row, unless one of its lane is in hand already. `send` never rejects. */
  take(row: { queue: string; lane: string }, send: () => Promise<void>): boolean;
  lanes(): readonly string[];
  /** Resolves when half of what is in hand now has ended. */
  halfEmptied(): Promise<void>;
  /** Resolves when all that is in hand now has ended. */
  emptied(): Promise<void>;
}

export function createHands(): Hands {
  const inHand = new Map<string, { queue: string; ended: Promise<void> }>();

  const count = (matches: (queue: string) => boolean) =>
    [...inHand.values()].filter(({ queue }) => matches(queue)).length;

  return {
    room(queue, rank) {
      const most = MOST[rank] ?? MOST.at(-1)!;
      const kind = kindOf(queue);
      const left = [
        most.all - inHand.size,
        most.kind - count((other) => kindOf(other) === kind),
        most.queue - count((other) => other === queue),
      ];
      return Math.max(0, Math.min(...left));
    },
    take({ queue, lane }, send) {
      if (inHand.has(lane)) return false;
      const ended = send().finally(() => inHand.delete(lane));
      inHand.set(lane, { queue, ended });
      return true;
    },
    lanes: () => [...inHand.keys()],
    async halfEmptied() {
      const ended = [...inHand.values()].map((one) => one.ended);
      let left = Math.ceil(ended.length / 2);
      if (left === 0) return;
      await new Promise<void>((resolve) => {
        for (const one of ended) void one.then(() => --left === 0 && resolve());
      });
    },
    async emptied() {
      await Promise.all([...inHand.values()].map((one) => one.ended));
    },
  };
}

/** `slack` of `slack:T02`; people of all accounts and mail are a kind each. */
function kindOf(queue: string): string {
  const [kind = '', of] = queue.split(':');
  return of === undefined && kind !== 'mail' ? 'people' : kind;
}
