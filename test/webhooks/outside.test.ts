import { describe, expect, jest, test } from '@jest/globals';
import { isPublic, readAddress } from '../../src/webhooks/address.js';
import { createSender, type Resolve } from '../../src/webhooks/sender.js';
import { signedHeaders } from '../../src/webhooks/sign.js';
import { useReceiver } from './receiver.js';

const receiver = useReceiver();
const portOf = () => new URL(receiver.url).port;

describe('an address that is typed', () => {
  const strict = { allowPrivate: false };

  test.each([
    ['https://hooks.acme.com/ws?x=1#top', 'https://hooks.acme.com/ws?x=1'],
    ['hooks.acme.com/ws', 'https://hooks.acme.com/ws'],
    ['https://hooks.acme.com:8443', 'https://hooks.acme.com:8443/'],
    ['https://93.184.215.14/', 'https://93.184.215.14/'],
    ['https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/', 'https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/'],
    ['https://bücher.example.com/', 'https://xn--bcher-kva.example.com/'],
  ])('%s is taken', (typed, kept) => {
    expect(String(readAddress(typed, strict))).toBe(kept);
  });

  test('is read in the same way however many were read before: what Node.js 20 compiles of `URL.canParse` refuses umlauts', () => {
    const taken = Array.from({ length: 10_000 }, () => readAddress('https://bücher.example.com/', strict));
    expect(taken.filter((address) => !(address instanceof URL))).toEqual([]);
  });

  test.each([
    ['', 'malformed'],
    ['https://', 'malformed'],
    ['not an address', 'malformed'],
    [`https://hooks.acme.com/${'x'.repeat(1_000)}`, 'malformed'],
    ['http://hooks.acme.com', 'notHttps'],
    ['ftp://hooks.acme.com', 'notHttps'],
    ['file:///etc/passwd', 'notHttps'],
    ['https://me:secret@hooks.acme.com', 'credentials'],
    ['https://127.0.0.1', 'private'],
    ['https://2130706433', 'private'],
    ['https://0x7f.1', 'private'],
    ['https://0177.0.0.1', 'private'],
    ['https://10.1.2.3', 'private'],
    ['https://169.254.169.254/latest/meta-data', 'private'],
    ['https://192.168.1.1', 'private'],
    ['https://[::1]', 'private'],
    ['https://[::ffff:10.0.0.1]', 'private'],
    ['https://[fd00::1]', 'private'],
    ['https://[fe80::1]', 'private'],
    ['https://[64:ff9b::a00:1]', 'private'],
    ['https://localhost', 'private'],
    ['https://localhost.', 'private'],
    ['https://a.localhost:8443', 'private'],
    ['https://metadata.google.internal', 'private'],
    ['https://printer.local', 'private'],
    ['https://intranet', 'private'],
  ])('%s is refused: %s', (typed, fault) => {
    expect(readAddress(typed, strict)).toBe(fault);
  });

  test('may be without TLS and on this machine in local mode alone', () => {
    expect(String(readAddress('http://127.0.0.1:4000/x', { allowPrivate: true }))).toBe('http://127.0.0.1:4000/x');
    expect(readAddress('ftp://127.0.0.1', { allowPrivate: true })).toBe('notHttps');
  });
});

test.each([
  ['0.0.0.0', false],
  ['100.64.0.1', false],
  ['127.255.255.254', false],
  ['172.16.0.1', false],
  ['172.32.0.1', true],
  ['192.0.0.8', false],
  ['198.19.255.255', false],
  ['203.0.113.7', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['8.8.8.8', true],
  ['::', false],
  ['::1', false],
  ['::ffff:8.8.8.8', false],
  ['2001:db8::1', false],
  ['2001::1', false],
  ['2002:a00:1::', false],
  ['ff02::1', false],
  ['2606:4700:4700::1111', true],
  ['not an address', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected);
});

describe('sending', () => {
  const leadsTo = (...addresses: string[]): Resolve =>
    jest.fn(async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  const send = (url: string, how: { allowPrivate?: boolean; resolve?: Resolve; timeoutMs?: number } = {}) => {
    const { allowPrivate = true, resolve, timeoutMs = 5_000 } = how;
    const sender = createSender({ allowPrivate, ...(resolve && { resolve }) });
    return sender({ url, headers: { 'x-try': '1' }, body: '{"ü":1}', timeoutMs, signal: new AbortController().signal });
  };

  test('posts the body as it is, and says what was answered', async () => {
    receiver.script.push(204);
    expect(await send(`${receiver.url}/in`)).toEqual({ met: { status: 204 }, ms: expect.any(Number) });
    expect(receiver.received).toMatchObject([{ url: '/in', body: '{"ü":1}', headers: { 'x-try': '1' } }]);
  });

  test('goes to the address that was looked at, under the name that was given, and asks for it once', async () => {
    const resolve = leadsTo('127.0.0.1', '8.8.8.8');
    expect(await send(`http://hooks.acme.test:${portOf()}/`, { resolve })).toMatchObject({ met: { status: 200 } });
    expect(receiver.received[0]?.headers.host).toBe(`hooks.acme.test:${portOf()}`);
    expect(resolve).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['a name that leads to this machine', ['127.0.0.1']],
    ['a name that leads to a public address and a private one', ['8.8.8.8', '10.0.0.1']],
    ['a name that leads to a mapped address', ['::ffff:127.0.0.1']],
  ])('nothing goes to %s', async (_what, addresses) => {
    const met = await send(`http://hooks.acme.test:${portOf()}/`, {
      allowPrivate: false,
      resolve: leadsTo(...addresses),
    });
    expect(met).toMatchObject({ met: { why: 'privateAddress' } });
    expect(await send(receiver.url, { allowPrivate: false })).toMatchObject({ met: { why: 'privateAddress' } });
    expect(receiver.received).toEqual([]);
  });

  test('a redirect is not followed', async () => {
    receiver.script.push((response) => response.writeHead(302, { location: `${receiver.url}/inside` }).end());
    expect(await send(receiver.url)).toMatchObject({ met: { status: 302 } });
    expect(receiver.received).toHaveLength(1);
  });

  test('says how long the receiver wants to be left alone', async () => {
    receiver.script.push((response) => response.writeHead(503, { 'retry-after': '120' }).end());
    expect(await send(receiver.url)).toMatchObject({ met: { status: 503 }, retryAfterMs: 120_000 });
    receiver.script.push((response) => response.writeHead(503, { 'retry-after': '99999999' }).end());
    expect(await send(receiver.url)).toMatchObject({ retryAfterMs: 86_400_000 });
  });

  test('an answer without end is not read to its end', async () => {
    receiver.script.push((response) => {
      response.writeHead(200);
      const more = () => response.destroyed || response.write('x'.repeat(65_536), more);
      more();
    });
    expect(await send(receiver.url)).toMatchObject({ met: { status: 200 } });
  });

  test('a host that is not there, one that hangs up, and one that never answers', async () => {
    const missing: Resolve = async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    expect(await send('http://gone.acme.test', { resolve: missing })).toMatchObject({ met: { why: 'noSuchHost' } });
    expect(await send('http://gone.acme.test', { resolve: async () => [] })).toMatchObject({
      met: { why: 'noSuchHost' },
    });
    expect(await send('http://127.0.0.1:1')).toMatchObject({ met: { why: 'refused' } });
    receiver.script.push((response) => response.destroy());
    expect(await send(receiver.url)).toMatchObject({ met: { why: 'broken' } });
    receiver.script.push(() => undefined);
    expect(await send(receiver.url, { timeoutMs: 50 })).toMatchObject({ met: { why: 'tooSlow' } });
    const never: Resolve = () => new Promise(() => undefined);
    expect(await send('http://slow.acme.test', { resolve: never, timeoutMs: 50 })).toMatchObject({
      met: { why: 'tooSlow' },
    });
  });

  test('over TLS alone where it says so', async () => {
    const met = await send(receiver.url.replace('http:', 'https:'));
    expect(met).toMatchObject({ met: { why: 'certificate' } });
    expect(receiver.received).toEqual([]);
  });
});

test('the signature is that of the Standard Webhooks', () => {
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    body: '{"test": 2432232314}',
    at: new Date(1_614_265_330_000),
  };
  expect(signedHeaders(message, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toMatchObject({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});
