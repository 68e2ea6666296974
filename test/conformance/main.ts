/* `npm run conformance`: the Stripe adapter and the sandbox, held against Stripe's own description of its API. */
import Stripe from 'stripe';
import type { PaymentProvider } from '../../src/payments/provider.js';
import { ROUTES, routeOf } from '../../src/payments/sandbox/endpoints/routes.js';
import { createSandbox, type Sandbox } from '../../src/payments/sandbox/sandbox.js';
import { createStripeProvider } from '../../src/payments/stripe.js';
import { ADAPTER_CASES, type AdapterCase, type Fixture } from './adapter-cases.js';
import { OpenApi } from './openapi.js';
import { type Exchange, type Recorder, startRecorder } from './recorder.js';
import { Report } from './report.js';
import { tour } from './sandbox-tour.js';
import { NoStripeMock, startStripeMock } from './stripe-mock.js';

/** stripe-mock takes every key that looks like one of test mode. */
const SECRET_KEY = 'sk_test_conformance';
const WEBHOOK_SECRET = 'whsec_conformance';
const GOOD_CARD = { number: '4242424242424242', expMonth: 12, expYear: 2034 };

const providerAt = (apiUrl: string): PaymentProvider =>
  createStripeProvider({ secretKey: SECRET_KEY, webhookSecrets: [WEBHOOK_SECRET], apiUrl });

/** stripe-mock keeps nothing: any id will do. */
function mockFixture(provider: PaymentProvider): Fixture {
  const cards = { card: 'pm_1', refusedCard: 'pm_2', askingCard: 'pm_3' };
  return { provider, customer: 'cus_1', ...cards, payment: 'pi_1', checkout: 'cs_1', webhookSecret: WEBHOOK_SECRET };
}

async function sandboxFixture(sandbox: Sandbox, provider: PaymentProvider): Promise<Fixture> {
  const of = { account: 'acc_1', workspace: 'ws_1' };
  const customer = await provider.createCustomer({ ...of, name: 'Marketing', key: 'customer:ws_1' });
  const { id } = await provider.openCheckout(
    {
      ...of,
      topUp: 'acc_1.tu_0',
      customer,
      amountMinor: 10_000,
      currency: 'GBP',
      description: 'Balance for Marketing',
      successUrl: 'https://workspaces.example.com/',
      cancelUrl: 'https://workspaces.example.com/',
    },
    'open:0',
  );
  sandbox.pay(id, GOOD_CARD);
  const { paymentId } = await provider.checkout(id);
  const save = (number: string): string => sandbox.saveCard(customer, { ...GOOD_CARD, number }).id;
  const cards = {
    card: save(GOOD_CARD.number),
    refusedCard: save('4000000000000341'),
    askingCard: save('4000002760003184'),
  };
  return { provider, customer, ...cards, payment: paymentId ?? '', checkout: id, webhookSecret: WEBHOOK_SECRET };
}

/** What is wrong with one method of the adapter, as the provider behind `recorder` sees it. */
async function faultsOf(
  of: AdapterCase,
  fixture: Fixture,
  recorder: Recorder,
  of200: (exchange: Exchange) => readonly string[],
): Promise<string[]> {
  const faults: string[] = [];
  recorder.take();
  for (const call of of.calls) {
    try {
      await call(fixture);
    } catch (error) {
      faults.push(error instanceof Error ? `it threw ${error.name}: ${error.message}` : String(error));
    }
  }
  const said = recorder.take();
  if (!of.offline && said.length === 0) faults.push('it asked the provider nothing');
  return [...faults, ...said.flatMap((exchange) => of200(exchange).map((fault) => `${nameOf(exchange)}: ${fault}`))];
}

const nameOf = ({ method, path }: Exchange): string => `${method} ${path}`;

async function checkAdapter(report: Report, openApi: OpenApi, recorder: Recorder, fixture: Fixture, provider: string) {
  const isMock = provider === 'stripe-mock';
  for (const [name, of] of Object.entries(ADAPTER_CASES)) {
    const faults = await faultsOf(of, fixture, recorder, ({ method, path, params, status, body }) => [
      ...(isMock && status >= 400 ? [`answered ${status}: ${JSON.stringify(body)}`] : []),
      ...openApi.requestFaults(method, path, params),
      ...(isMock ? [] : openApi.answerFaults(method, path, status, body)),
    ]);
    report.check(`adapter ${name}, against ${provider}`, faults);
  }
}

/** A method that was added to the port needs a case; one that is gone, none. */
function checkCases(report: Report, provider: PaymentProvider): void {
  const cases = new Set(Object.keys(ADAPTER_CASES));
  const members = new Set(Object.keys(provider));
  report.check('every member of the payment provider has a case', [
    ...[...members].filter((name) => !cases.has(name)).map((name) => `${name} has no case`),
    ...[...cases].filter((name) => !members.has(name)).map((name) => `${name} is no member any more`),
  ]);
}

async function checkSandbox(report: Report, openApi: OpenApi, sandbox: Sandbox, recorder: Recorder): Promise<void> {
  const { hostname: host, port } = new URL(recorder.apiUrl);
  await tour(new Stripe(SECRET_KEY, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false }), sandbox);
  const said = recorder.take();
  for (const route of ROUTES) {
    const own = said.filter(({ method, path }) => routeOf(method, path)?.route === route);
    const faults = own.flatMap(({ method, path, status, params, body }) => [
      ...openApi.requestFaults(method, path, params),
      ...openApi.answerFaults(method, path, status, body),
    ]);
    report.check(`sandbox ${route.method} ${route.path}, ${own.length} answers`, [
      ...new Set(faults),
      ...(own.some(({ status }) => status === 200) ? [] : ['the tour never got an answer of it']),
    ]);
  }
}

function checkEvents(report: Report, openApi: OpenApi, sandbox: Sandbox): void {
  const events = Object.values(sandbox.store.state.events);
  for (const type of [...new Set(events.map((event) => event.type))].sort()) {
    const faults = events.filter((event) => event.type === type).flatMap((event) => openApi.eventFaults(event));
    report.check(`event ${type}`, [...new Set(faults)]);
  }
}

async function conform(): Promise<number> {
  const mock = await startStripeMock();
  const sandbox = createSandbox({
    secretKey: SECRET_KEY,
    webhookSecret: WEBHOOK_SECRET,
    webhookUrl: 'http://127.0.0.1:9/payments/webhook',
    payUrl: 'http://127.0.0.1:9',
  });
  const recorders = [await startRecorder(mock.apiUrl), await startRecorder(await sandbox.listen(0))] as const;
  try {
    const openApi = await OpenApi.read(mock.openApiFile);
    console.log(`Stripe's description of its API: version ${openApi.version}\n`);
    const report = new Report();
    const [toMock, toSandbox] = recorders;
    checkCases(report, providerAt(toMock.apiUrl));
    await checkAdapter(report, openApi, toMock, mockFixture(providerAt(toMock.apiUrl)), 'stripe-mock');
    const fixture = await sandboxFixture(sandbox, providerAt(toSandbox.apiUrl));
    await checkAdapter(report, openApi, toSandbox, fixture, 'the sandbox');
    await checkSandbox(report, openApi, sandbox, toSandbox);
    checkEvents(report, openApi, sandbox);
    return report.end();
  } finally {
    await Promise.all(recorders.map((recorder) => recorder.stop()));
    await Promise.all([sandbox.close(), mock.stop()]);
  }
}

try {
  process.exitCode = await conform();
} catch (error) {
  if (!(error instanceof NoStripeMock)) throw error;
  console.error(`stripe-mock is needed and cannot be had.\n${error.message}`);
  process.exitCode = 1;
}
