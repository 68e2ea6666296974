import { createRequire } from 'node:module';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from './child.js';
import { DEMO_PEOPLE, demoEmail, demoPerson, type DemoPerson, TEAMS_TENANT } from './demo-people.js';

const PRELOAD = fileURLToPath(new URL('./listen-on-loopback.cjs', import.meta.url));

/** The Agents Playground's program, or undefined where it is not installed. */
export function playgroundProgram(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Starts the Agents Playground as Adam's Teams, on loopback, and resolves with the port that it took. */
export async function startPlayground(options: {
  program: string;
  port: number;
  folder: string;
  endpoint: string;
}): Promise<{ port: number; child: Child }> {
  const config = join(options.folder, 'playground.yml');
  // JSON is YAML too.
  await writeFile(config, JSON.stringify(acme(), undefined, 2));
  const start = ['start', '-e', options.endpoint, '-c', 'msteams', '-p', `${options.port}`, '--disable-telemetry'];
  const child = await startChild({
    program: process.execPath,
    args: ['--require', PRELOAD, options.program, ...start],
    cwd: options.folder,
    env: { TEAMSAPPTESTER_BROWSER: 'none', M365_AGENTS_PLAYGROUND_CONFIG_PATH: config },
    ready: /Listening on (\d+)/,
    logFile: join(options.folder, 'playground.log'),
  });
  return { port: Number(child.ready[1]), child };
}

function acme(): object {
  const adam = demoPerson('Adam');
  return {
    version: '0.1.1',
    tenantId: TEAMS_TENANT,
    bot: { id: '0a000000-0000-4000-8000-0000000000b0', name: 'Workspace' },
    currentUser: user(adam),
    users: DEMO_PEOPLE.filter((person) => person !== adam).map(user),
    personalChat: { id: 'personal-chat-id' },
    groupChat: { id: 'group-chat-id', name: 'Launch' },
    team: {
      id: 'team-id',
      name: 'Acme',
      aadGroupId: '0a000000-0000-4000-8000-0000000000c0',
      channels: [{ id: 'channel-marketing-id', name: 'Marketing' }],
    },
  };
}

function user(person: DemoPerson): object {
  const email = demoEmail(person);
  return {
    id: `user-${person.name.toLowerCase()}`,
    name: person.name,
    userPrincipleName: email,
    aadObjectId: person.aad,
    givenName: person.name,
    surname: 'Acme',
    email,
  };
}
