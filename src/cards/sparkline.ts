const STEPS = '▁▂▃▄▅▆▇█';

/** `▁▂▅█▃`: columns as one line of text; something above nothing always shows. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(0, ...values);
  return values.map((value) => (value <= 0 ? ' ' : step(value / most))).join('');
}

function step(share: number): string {
  return STEPS[Math.max(0, Math.ceil(share * STEPS.length) - 1)]!;
}
