/** What a subcommand did, for people. */
export interface Outcome {
  done: boolean;
  lines: readonly string[];
}

export interface Subcommand {
  name: string;
  /** One line: what is typed, and what it does. */
  usage: string;
  /** Reads what was typed, before anything is opened; throws UsageFault. */
  read(args: readonly string[]): (at: Date) => Promise<Outcome>;
}
