import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Form } from '../../src/cards/card.js';
import { drawForm } from '../../src/chat/slack/draw/form.js';
import { DEMO_PEOPLE, SLACK_TEAM } from '../../src/local/demo-people.js';
import { identityKey } from '../../src/workspace/identity.js';

/** Whom local mode offers where local-slack has no picker of people. */
const PEOPLE = DEMO_PEOPLE.map(({ name, user }) => ({
  key: identityKey({ platform: 'slack', tenant: SLACK_TEAM, user }),
  name,
}));

/** Calls a method of local-slack's, and throws where it is not taken. */
export type SlackApi = (method: string, body: object) => Promise<void>;

/** The app behind local-slack, as far as the gallery needs one: to any pressed button it opens the next form. */
export async function startFormOpener(
  port: number,
  api: SlackApi,
): Promise<{ url: string; next(form: Form): void; close(): void }> {
  let next: Form | undefined;
  const open = async (request: IncomingMessage): Promise<void> => {
    const payload = new URLSearchParams(await text(request)).get('payload');
    const pressed: { type?: string; trigger_id?: string } = payload ? JSON.parse(payload) : {};
    if (pressed.type !== 'block_actions' || !next) return;
    await api('views.open', { trigger_id: pressed.trigger_id, view: drawForm(next, '{}', 'local-slack', PEOPLE) });
  };
  const server = createServer((request, response) => {
    void open(request).then(
      () => response.end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}/`,
    next: (form) => {
      next = form;
    },
    close: () => server.close(),
  };
}
