const DAY_MS = 86_400_000;

/** The days from one to before another, all as `2026-11-16`: the calendar is the same in every zone. */
export function calendarDays(first: string, end: string): string[] {
  const days: string[] = [];
  let ms = Date.parse(`${first}T00:00:00Z`);
  for (let day = first; day < end; day = new Date(ms).toISOString().slice(0, 10)) {
    days.push(day);
    ms += DAY_MS;
  }
  return days;
}
