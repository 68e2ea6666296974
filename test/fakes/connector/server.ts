import { createServer } from 'node:http';
import express, { type Request, type Response } from 'express';
import { faultsOf, tooLarge } from './adaptive-card-rules.js';
import type { FakeCard, FakeConversation, FakeUser, World } from './world.js';

/** The connector's REST interface over a world, with the signing keys that inbound tokens are checked by. */
export async function serve(
  world: World,
  botToken: string | undefined,
  jwks: object,
): Promise<{ address: string; close(): Promise<void> }> {
  const app = express();
  app.get('/openid', (_request, response) => response.json({ jwks_uri: `${address()}/keys` }));
  app.get('/keys', (_request, response) => response.json(jwks));
  app.get('/files/:id', (request, response) => {
    const content = world.files.get(request.params['id']);
    if (content) response.type('text/csv').send(Buffer.from(content));
    else response.status(404).end();
  });
  app.use('/v3', express.json({ limit: '1mb' }));
  app.use('/v3', (request, response, next) => {
    world.requests.push({ method: request.method, path: request.originalUrl, token: request.headers.authorization });
    if (botToken !== undefined && request.headers.authorization !== `Bearer ${botToken}`)
      return refuse(response, 401, 'Unauthorized');
    const fault = world.takeFault(`${request.method} ${request.originalUrl}`);
    if (!fault) return next();
    if ('status' in fault) {
      if (fault.retryAfter !== undefined) response.set('retry-after', String(fault.retryAfter));
      return refuse(response, fault.status, fault.code ?? 'Fault');
    }
    if (fault.cut === 'before') return request.socket.destroy();
    response.json = () => {
      request.socket.destroy();
      return response;
    };
    return next();
  });
  app.post('/v3/conversations', (request, response) => createConversation(world, request, response));
  app.post('/v3/conversations/:id/activities', (request, response) =>
    say(world, request.params['id'], request, response),
  );
  app.put('/v3/conversations/:id/activities/:message', (request, response) => edit(world, request, response));
  app.get('/v3/conversations/:id/members/:member', (request, response) => member(world, request, response));
  app.get('/v3/conversations/:id/pagedmembers', (_request, response) => {
    response.json({ members: [...world.users.values()].map((user) => memberOf(world, user)) });
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = (): string => {
    const bound = server.address();
    if (typeof bound !== 'object' || !bound) throw new Error('no port');
    return `http://127.0.0.1:${bound.port}`;
  };
  return {
    address: address(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(response: Response, status: number, code: string): void {
  response.status(status).json({ error: { code, message: `${code}: the fake says no.` } });
}

function createConversation(world: World, request: Request, response: Response): void {
  const { isGroup, members, channelData, activity, tenantId } = request.body;
  if (tenantId !== world.tenant) return refuse(response, 403, 'TenantNotAllowed');
  if (isGroup) {
    const channel = world.conversation(channelData?.channel?.id ?? '');
    if (!channel) return refuse(response, 404, 'ConversationNotFound');
    if (!channel.bot) return refuse(response, 403, 'BotNotInConversationRoster');
    if (!accept(response, activity)) return;
    const id = world.nextId();
    const thread = `${channel.id};messageid=${id}`;
    world.show({ conversation: thread, id, card: cardOf(activity) });
    response.status(201).json({ id: thread, activityId: id });
    return;
  }
  const user = world.userOf(members?.[0]?.id ?? '');
  if (!user) return refuse(response, 404, 'UserNotFound');
  if (user.unreachable) return refuse(response, 403, 'BotNotInConversationRoster');
  response.status(201).json({ id: world.directOf(user.user).id });
}

function say(world: World, conversation: string, request: Request, response: Response): void {
  if (!mayWrite(world.conversation(conversation), response)) return;
  if (!accept(response, request.body)) return;
  const id = world.nextId();
  world.show({ conversation, id, card: cardOf(request.body) });
  response.status(201).json({ id });
}

function edit(world: World, request: Request, response: Response): void {
  const { id, message } = request.params;
  if (!mayWrite(world.conversation(String(id)), response)) return;
  const known = world.messages.find((shown) => shown.id === message && shown.conversation === id);
  if (!known) return refuse(response, 404, 'ActivityNotFoundInConversation');
  if (!accept(response, request.body)) return;
  world.edit(known, cardOf(request.body));
  response.json({ id: message });
}

function member(world: World, request: Request, response: Response): void {
  const user = world.userOf(String(request.params['member']));
  if (!user) return refuse(response, 404, 'MemberNotFoundInConversation');
  response.json(memberOf(world, user));
}

function memberOf(world: World, user: FakeUser) {
  return {
    id: world.teamsId(user.user),
    name: user.name,
    objectId: user.user,
    email: user.email,
    userPrincipalName: user.guest ? `${user.name}_else.example#EXT#@acme.example` : user.email,
    tenantId: world.tenant,
    userRole: user.guest ? 'guest' : 'user',
  };
}

function mayWrite(conversation: FakeConversation | undefined, response: Response): boolean {
  if (!conversation) refuse(response, 404, 'ConversationNotFound');
  else if (!conversation.bot) refuse(response, 403, 'BotNotInConversationRoster');
  return conversation?.bot ?? false;
}

/** Takes a message only if Teams would. */
function accept(response: Response, activity: { attachments?: { content?: unknown }[] }): boolean {
  const faults = faultsOf(activity.attachments?.[0]?.content);
  if (tooLarge(activity)) refuse(response, 413, 'MessageSizeTooBig');
  else if (faults.length > 0) refuse(response, 400, `BadSyntax.${faults.join('.').replaceAll(/\W+/g, '_')}`);
  else return true;
  return false;
}

function cardOf(activity: { attachments: { content: FakeCard }[] }): FakeCard {
  return activity.attachments[0]!.content;
}
