import type { Person } from '../../workspace/entities.js';
import { getPerson } from '../../workspace/people.js';
import type { Recipient } from '../outbox/notice.js';
import { takeDirect } from './direct-limit.js';
import type { Plan } from './plan.js';

/**
 * The plan without people who had all the direct alerts of their day, and with who of the owners is told. In the
 * surrounding transaction, one after the other: MongoDB takes no two commands at once in one.
 */
export async function withinLimits(plan: Plan): Promise<Plan> {
  const post: Recipient[] = [];
  for (const to of plan.post) if (await mayGet(plan, to)) post.push(to);
  if (!plan.escalated) return { ...plan, post };
  const owners: Person[] = [];
  for (const owner of plan.owners) if (await mayGet(plan, { person: owner.id })) owners.push(owner);
  const told = [...(plan.informed ?? []), ...owners];
  // With all of them at their limits, it is tried again at the next look.
  if (told.length === 0 && plan.owners.length > 0) return { ...plan, post, owners };
  const { escalateAt: _done, ...next } = plan.next;
  if (told.length === 0) return { ...plan, post, owners, next };
  const story = { kind: 'escalated', to: told.map(({ name }) => name) } as const;
  return { ...plan, post, owners, story, next: { ...next, storied: true } };
}

/** Takes one of a person's direct alerts of the day; a channel may always get it. */
export async function mayGet({ at, workspace }: Pick<Plan, 'at' | 'workspace'>, to: Recipient): Promise<boolean> {
  if (!('person' in to)) return true;
  const { account } = workspace;
  const zone = (await getPerson(account, to.person))?.timeZone ?? workspace.timeZone;
  return takeDirect({ account, person: to.person, zone, at });
}
