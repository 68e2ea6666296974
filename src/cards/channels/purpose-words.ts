import { PURPOSES, type Purpose } from '../../workspace/entities.js';
import { listOf } from '../parts.js';

/** What a chat channel can get, in a word each. */
export const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  alerts: 'alerts',
  approvals: 'requests',
  payments: 'payment notices',
  summaries: 'summaries',
  meetings: 'meetings',
};

/** `alerts and requests`, `alerts and meetings of Sales`. */
export function gets({ purposes, room }: { purposes: readonly Purpose[]; room?: string }): string {
  const words = PURPOSES.filter((purpose) => purposes.includes(purpose)).map((purpose) =>
    purpose === 'meetings' && room ? `meetings of ${room}` : PURPOSE_WORDS[purpose],
  );
  return listOf(words, 'and', PURPOSES.length);
}
