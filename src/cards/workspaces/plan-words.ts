/** `Teams`: a plan as people read it. */
export function planName(plan: string): string {
  return plan.charAt(0).toUpperCase() + plan.slice(1);
}

export const PLAN_CHANGED_MEANWHILE = 'The plan was changed meanwhile';
export const PLAN_ALREADY = 'That is the plan already';
