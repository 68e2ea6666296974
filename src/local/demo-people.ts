/** Acme's people, as both chat clients show them. The first four are seeded; the others are there to be invited. */
export const DEMO_PEOPLE = [
  { name: 'Olivia', user: 'U0OLIVIA', aad: '0a000000-0000-4000-8000-000000000001' },
  { name: 'Adam', user: 'U0ADAM', aad: '0a000000-0000-4000-8000-000000000002' },
  { name: 'Mia', user: 'U0MIA', aad: '0a000000-0000-4000-8000-000000000003' },
  { name: 'Max', user: 'U0MAX', aad: '0a000000-0000-4000-8000-000000000004' },
  { name: 'Zoe', user: 'U0ZOE', aad: '0a000000-0000-4000-8000-000000000005' },
  { name: 'Theo', user: 'U0THEO', aad: '0a000000-0000-4000-8000-000000000006' },
] as const;

export type DemoPerson = (typeof DEMO_PEOPLE)[number];

export function demoPerson(name: DemoPerson['name']): DemoPerson {
  return DEMO_PEOPLE.find((person) => person.name === name)!;
}

export function demoEmail(person: DemoPerson): string {
  return `${person.name.toLowerCase()}@acme.com`;
}

export const SLACK_TEAM = 'T02';
export const SLACK_BOT = 'U0WORKSPACE';
export const MARKETING_CHANNEL = { id: 'C0MARKETING', name: 'marketing' };
export const TEAMS_TENANT = '0a000000-0000-4000-8000-0000000000ac';
export const TIME_ZONE = 'Europe/London';
