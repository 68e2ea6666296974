import { expireDue } from './checkout.js';
import { endRefunds } from './refunds.js';
import type { Store } from './store.js';

/** What would have happened by itself meanwhile. */
export function happenDue(store: Store): void {
  expireDue(store);
  endRefunds(store, store.seconds);
}
