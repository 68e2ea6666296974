/**
 * `npm run conformance:api`: the running `/v1` held against the OpenAPI document it publishes, by tools that know nothing
 * of us: openapi-spec-validator reads the document, schemathesis makes requests from it and checks every answer.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type RunningApi, startApi } from './api-server.js';
import { NoPython, pythonTools, type RunModule } from './python-tools.js';
import { Report } from './report.js';

const CONFIG = join(import.meta.dirname, 'schemathesis.toml');

/** How many requests are made up for each operation, besides the systematic ones. */
const { values } = parseArgs({ options: { examples: { type: 'string', default: '25' } } });

/** The operations that the document lists, as `GET /balance`. */
async function checkDocument(report: Report, runModule: RunModule, api: RunningApi, folder: string): Promise<string[]> {
  const file = join(folder, 'openapi.json');
  const document = await (await fetch(`${api.url}/openapi.json`)).text();
  await writeFile(file, document);
  const { code, output } = await runModule('openapi_spec_validator', [file], folder);
  report.check('the document is OpenAPI 3.1', code === 0 ? [] : output.trim().split('\n'));
  const { paths }: { paths: Record<string, object> } = JSON.parse(document);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

/** One check for each operation, and one for what is done with the answer of another operation. */
async function checkAnswers(
  report: Report,
  runModule: RunModule,
  api: RunningApi,
  { folder, operations }: { folder: string; operations: readonly string[] },
): Promise<void> {
  const junit = join(folder, 'junit.xml');
  const asked = [
    ...['--config-file', CONFIG, 'run', `${api.url}/openapi.json`, '--url', api.url],
    ...['--header', `Authorization: Bearer ${api.key}`],
    ...['--checks', 'all', '--phases', 'examples,coverage,fuzzing,stateful'],
    ...['--max-examples', values.examples, '--generation-deterministic', '--no-color'],
    ...['--report', 'junit', '--report-junit-path', junit],
  ];
  const { code, output } = await runModule('schemathesis.cli', asked, folder);
  console.log(output.trim());
  const tried = [
    ...(await readFile(junit, 'utf8')).matchAll(/<testcase name="([^"]+)"[^>]*?(\/>|>([\s\S]*?)<\/testcase>)/g),
  ];
  for (const [, name = '', , faults = ''] of tried) {
    report.check(`answers of ${name}`, /<(failure|error)/.test(faults) ? ['see above'] : []);
  }
  const missed = operations.filter((operation) => !tried.some(([, name]) => name === operation));
  report.check('every operation was tried', [
    ...missed.map((operation) => `${operation} was not`),
    ...(code > 1 ? [`schemathesis ended with ${code}`] : []),
  ]);
}

async function conform(): Promise<number> {
  const runModule = await pythonTools();
  const folder = await mkdtemp(join(tmpdir(), 'openapi-'));
  const api = await startApi();
  try {
    const report = new Report();
    const operations = await checkDocument(report, runModule, api, folder);
    await checkAnswers(report, runModule, api, { folder, operations });
    report.check('nothing broke on our side', api.faults);
    return report.end();
  } finally {
    await api.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await conform();
} catch (error) {
  if (!(error instanceof NoPython)) throw error;
  console.error(`${error.message}\nPython 3.10 or later with pip is needed to check the API from outside.`);
  process.exitCode = 1;
}
