import { createRequire } from 'node:module';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Child, startChild } from './child.js';
import { DEMO_PEOPLE, demoEmail, MARKETING_CHANNEL, SLACK_BOT, SLACK_TEAM, TIME_ZONE } from './demo-people.js';

/** The program local-slack for this system, or undefined where it has no build or is not installed. */
export function localSlackProgram(): string | undefined {
  const name = `local-slack-${process.platform}-${process.arch}`;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/local-slack${suffix}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Starts local-slack with Acme's people and channels, sending signed requests to `requestUrl`. */
export async function startLocalSlack(options: {
  program: string;
  port: number;
  folder: string;
  requestUrl: string;
  signingSecret: string;
  botToken: string;
}): Promise<Child> {
  const config = join(options.folder, 'local-slack.json');
  await writeFile(config, JSON.stringify(acme(options), undefined, 2), { mode: 0o600 });
  return startChild({
    program: options.program,
    args: ['--config', config, '--port', `${options.port}`, '--base-host', '127.0.0.1'],
    ready: /local-slack is running/,
    logFile: join(options.folder, 'local-slack.log'),
  });
}

function acme(app: { requestUrl: string; signingSecret: string; botToken: string }): object {
  const everybody = DEMO_PEOPLE.map(({ user }) => user);
  return {
    workspace: { name: 'Acme', domain: 'acme', teamId: SLACK_TEAM },
    apps: [
      {
        appId: 'A0WORKSPACE',
        botUserId: SLACK_BOT,
        botName: 'Workspace',
        mode: 'events',
        requestUrl: app.requestUrl,
        signingSecret: app.signingSecret,
        botToken: app.botToken,
      },
    ],
    users: DEMO_PEOPLE.map((person) => ({
      id: person.user,
      // It shows people, also to us, by this name and never by the real one.
      name: person.name,
      real_name: person.name,
      email: demoEmail(person),
      tz: TIME_ZONE,
    })),
    channels: [
      { ...MARKETING_CHANNEL, members: [...everybody, SLACK_BOT] },
      { id: 'C0SUPPORT', name: 'support', members: [...everybody, SLACK_BOT] },
      { id: 'C0GENERAL', name: 'general', members: everybody },
    ],
  };
}
