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
  #planned: Planned[] = [];
  #waiting: (() => void)[] = [];

  plan(route: string, fault: Fault, times = 1): void {
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
