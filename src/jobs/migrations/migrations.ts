import { fillQueues } from '../../notices/outbox/fill-queues.js';
import type { Migration } from './migrate.js';

/** In order; what has been released is never taken out or changed. */
export const MIGRATIONS: readonly Migration[] = [{ id: '1-outbox-queues', run: fillQueues }];
