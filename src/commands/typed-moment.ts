import { DateTime } from 'luxon';

const UNITS: Readonly<Record<string, 'minutes' | 'hours' | 'days' | 'weeks'>> = {
  minute: 'minutes',
  hour: 'hours',
  day: 'days',
  week: 'weeks',
};
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const DATES = ['yyyy-MM-dd', 'd LLLL yyyy', 'd LLL yyyy', 'LLLL d yyyy', 'LLL d yyyy'];
const DAYS_OF_YEAR = ['d LLLL', 'd LLL', 'LLLL d', 'LLL d'];
/** `14:30`, `2.30 pm` or `2pm` at the end; a bare number is no time. */
const CLOCK = /^(.*?)[\s,]*(?:\bat )?\b(?:(\d{1,2})[:.](\d{2}) ?(am|pm)?|(\d{1,2}) ?(am|pm))$/i;

/**
 * A moment as people type it, in their zone: `2026-12-01 09:00`, `1 December 14:30`, `tomorrow 9:00`, `Friday 2pm`,
 * `in 3 hours`. A day without a year is the next such day. Undefined where it cannot be read in one way only, like
 * `1/2 9:00`, or where the time is missing.
 */
export function momentMeant(typed: string, zone: string, at: Date): Date | undefined {
  const now = DateTime.fromJSDate(at, { zone });
  const said = typed.trim().replace(/\s+/g, ' ');
  const ahead = /^in (\d{1,4}) (minute|hour|day|week)s?$/i.exec(said);
  if (ahead) return now.plus({ [UNITS[ahead[2]!.toLowerCase()]!]: Number(ahead[1]) }).toJSDate();
  const written = /^\d{4}-\d{2}-\d{2}T/.test(said) ? DateTime.fromISO(said, { zone }) : undefined;
  if (written) return written.isValid ? written.toJSDate() : undefined;
  const clock = clockOf(said);
  const day = clock && dayMeant(clock.before, now);
  return clock && day?.set({ hour: clock.hour, minute: clock.minute }).toJSDate();
}

function clockOf(said: string): { before: string; hour: number; minute: number } | undefined {
  const parts = CLOCK.exec(said);
  if (!parts) return undefined;
  const half = (parts[4] ?? parts[6])?.toLowerCase();
  const typedHour = Number(parts[2] ?? parts[5]);
  const minute = Number(parts[3] ?? 0);
  if (minute > 59 || typedHour > 23 || (half && (typedHour < 1 || typedHour > 12))) return undefined;
  const hour = half ? (typedHour % 12) + (half === 'pm' ? 12 : 0) : typedHour;
  return { before: parts[1]!.trim(), hour, minute };
}

/** The start of a day. */
function dayMeant(typed: string, now: DateTime): DateTime | undefined {
  const today = now.startOf('day');
  const said = typed
    .toLowerCase()
    .replace(/^(?:on|next|this) /, '')
    .replace(/(\d)(?:st|nd|rd|th)\b/, '$1');
  if (said === '' || said === 'today') return today;
  if (said === 'tomorrow') return today.plus({ days: 1 });
  const weekday = WEEKDAYS.findIndex((day) => day === said || (said.length === 3 && day.startsWith(said)));
  if (weekday >= 0) return today.plus({ days: ((weekday + 1 - today.weekday + 6) % 7) + 1 });
  const date = read(said, DATES, today);
  if (date) return date;
  const ofYear = read(said, DAYS_OF_YEAR, today);
  return ofYear && ofYear < today ? ofYear.plus({ years: 1 }) : ofYear;
}

function read(said: string, formats: readonly string[], { zone }: DateTime): DateTime | undefined {
  return formats
    .map((format) => DateTime.fromFormat(said.replaceAll(',', ''), format, { zone, locale: 'en-GB' }))
    .find(({ isValid }) => isValid);
}

/** As it can be typed again: `2026-12-01 09:00`. */
export function momentTyped(moment: Date, zone: string): string {
  return DateTime.fromJSDate(moment, { zone }).toFormat('yyyy-MM-dd HH:mm');
}
