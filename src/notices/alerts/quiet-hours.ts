import { DateTime } from 'luxon';

/** Times of day as `22:00`, in the workspace's zone; where `to` is not after `from` it is the next day's. */
export interface QuietHours {
  from: string;
  to: string;
}

/** When the quiet hours end that the moment falls into; undefined outside of them. */
export function quietUntil(quiet: QuietHours | undefined, zone: string, at: Date): Date | undefined {
  if (!quiet) return undefined;
  const now = DateTime.fromJSDate(at, { zone });
  // Those that began yesterday, and those that begin today.
  for (const daysAgo of [1, 0]) {
    const day = now.startOf('day').minus({ days: daysAgo });
    const from = timeOn(day, quiet.from);
    const sameDay = timeOn(day, quiet.to);
    const to = quiet.to > quiet.from ? sameDay : timeOn(day.plus({ days: 1 }), quiet.to);
    if (from <= now && now < to) return to.toJSDate();
  }
  return undefined;
}

/** Where the clocks leave that time out, it is as much later. */
function timeOn(day: DateTime, time: string): DateTime {
  const [hour, minute] = time.split(':').map(Number);
  return day.set({ hour: hour!, minute: minute! });
}
