import { expect, test } from '@jest/globals';
import { createLog } from '../src/log.js';

const CANARY = 'canary-5f1d0c7e';

function logged(write: (log: ReturnType<typeof createLog>) => void, secrets: string[] = []): string {
  let output = '';
  write(createLog({ level: 'trace', secrets, write: (line) => (output += line) }));
  return output;
}

test.each([
  ['a field by its name', { token: CANARY }],
  ['deep inside', { a: { b: [{ c: { botToken: CANARY } }] } }],
  ['a header', { headers: { Authorization: `Basic ${CANARY}`, cookie: CANARY } }],
  ['the two handles of an interaction', { payload: { trigger_id: CANARY, response_url: CANARY } }],
])('a secret in %s is not printed', (_where, fields) => {
  const line = logged((log) => log.info(fields, 'said'));
  expect(line).not.toContain(CANARY);
  expect(line).toContain('said');
});

test.each([`xoxb-${CANARY}`, `Bearer ${CANARY}`, 'wsk_4fz81canary', 'sk_test_51canary', 'whsec_canary/1+2='])(
  'what looks like a secret is concealed inside any text (%#)',
  (secret) => {
    const line = logged((log) => {
      log.info({ note: `got ${secret} here` }, `sent ${secret}`);
      log.child({ request: secret }).warn('child');
    });
    expect(line).not.toContain('canary');
  },
);

test('the password of an address is concealed, its host stays', () => {
  const line = logged((log) => log.info(`connecting to mongodb://bot:${CANARY}@db.example.com/x`));
  expect(line).not.toContain(CANARY);
  expect(line).toContain('@db.example.com/x');
});

test("this process's own secrets are concealed wherever they appear, even with quotes in them", () => {
  const secret = `own"${CANARY}`;
  const line = logged((log) => log.error({ detail: `it said ${secret}` }, secret), [secret]);
  expect(line).not.toContain(CANARY);
});

test('an error is printed with its message, stack and cause, without what libraries hang onto it', () => {
  const error = Object.assign(new Error('the call failed', { cause: new Error('socket closed') }), {
    code: 'ECONNRESET',
    config: { headers: { 'x-custom': CANARY } },
  });
  const line = logged((log) => log.error({ err: error }, 'post failed'));
  expect(line).not.toContain(CANARY);
  expect(JSON.parse(line)).toMatchObject({
    level: 'error',
    err: { type: 'Error', message: 'the call failed', code: 'ECONNRESET', cause: { message: 'socket closed' } },
  });
});

test('an error passed alone is described the same way', () => {
  const line = logged((log) => log.error(Object.assign(new Error('alone'), { request: CANARY })));
  expect(line).not.toContain(CANARY);
  expect(JSON.parse(line)).toMatchObject({ err: { message: 'alone' }, msg: 'alone' });
});
