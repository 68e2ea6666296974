/** What happens to a request that nobody answers: those who have it are reminded, or the next holders are asked too. */
export type Step = 'remind' | 'escalate';

const DAY_MS = 24 * 3_600_000;

/** In days since it was asked; it ends after seven. */
const SCHEDULE: readonly { day: number; step: Step }[] = [
  { day: 1, step: 'remind' },
  { day: 2, step: 'escalate' },
  { day: 3, step: 'escalate' },
  { day: 4, step: 'escalate' },
  { day: 6, step: 'remind' },
];

/** When the step of that number is due; nothing after the last. */
export function nextStep(asked: Date, step: number): { nextStepAt?: Date } {
  const found = SCHEDULE[step];
  return found ? { nextStepAt: new Date(asked.getTime() + found.day * DAY_MS) } : {};
}

/**
 * What is to be done now of the steps from that one on, and which comes next. Where several were missed they are one:
 * nobody is reminded twice at once, and asking further goes before reminding.
 */
export function stepsDue(asked: Date, from: number, at: Date): { step: Step; next: number } | undefined {
  const due = SCHEDULE.slice(from).filter(({ day }) => asked.getTime() + day * DAY_MS <= at.getTime());
  if (due.length === 0) return undefined;
  const step = due.some((one) => one.step === 'escalate') ? 'escalate' : 'remind';
  return { step, next: from + due.length };
}
