/** One run of a sweep: what time it is, and when to leave the rest to the next run. */
export interface Run {
  at: Date;
  timeIsUp: () => boolean;
}

/**
 * Work that is woken regularly, on one replica at a time, and finds what is due in our own collections: a run that
 * is missed or comes twice does no harm.
 */
export interface Sweep {
  name: string;
  everySeconds: number;
  run(run: Run): Promise<void>;
  /** Since when the longest-waiting of what it looks for is due; undefined where nothing waits. */
  oldestDue?(at: Date): Promise<Date | undefined>;
}

/** How one run of a sweep went. */
export interface Ran {
  sweep: string;
  tookMs: number;
  outcome: 'done' | 'failed';
}
