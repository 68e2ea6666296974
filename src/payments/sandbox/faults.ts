/** What goes wrong on demand. */
export type Fault =
  /** Done, but the connection is cut before the answer. */
  | 'answerLost'
  /** 500, and nothing was done. */
  | 'errorBefore'
  /** 500, although it was done; a repeat under the same key gets the 500 again, as Stripe replays errors too. */
  | 'errorAfter'
  | 'rateLimited'
  /** Answered only when `release` is called. */
  | 'slow';

interface Planned {
  route: string;
  fault: Fault;
  times: number;
}

/** Faults planned by route (`POST /v1/checkout/sessions`, ids written as `:id`), used up in the order of planning. */
export class Faults {
  readonly #routes: ReadonlySet<string>;
  #planned: Planned[] = [];
  #waiting: (() => void)[] = [];

  /** `routes` are those that there are. */
  constructor(routes: Iterable<string>) {
    this.#routes = new Set(routes);
  }

  plan(route: string, fault: Fault, times = 1): void {
    if (!this.#routes.has(route)) throw new RangeError(`the sandbox has no ${route}`);
    this.#planned.push({ route, fault, times });
  }

  take(route: string): Fault | undefined {
    const planned = this.#planned.find((one) => one.route === route);
    if (!planned) return undefined;
    if (--planned.times <= 0) this.#planned = this.#planned.filter((one) => one !== planned);
    return planned.fault;
  }

  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** How many slow requests wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Answers every slow request that waits. */
  release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
