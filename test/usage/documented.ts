import { Ajv2020 } from 'ajv/dist/2020.js';
import { openApiDocument } from '../../src/usage/openapi.js';

const document = JSON.parse(JSON.stringify(openApiDocument('http://127.0.0.1/v1', { requests: 200, seconds: 1 })));
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(document, 'api');

const PATHS = Object.keys(document.paths).map((path) => ({
  path,
  form: new RegExp(`/v1${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

/** What is wrong with an answer, by the published document: nothing where the address is none that it lists. */
export function undocumented(
  method: 'get' | 'post' | 'patch',
  url: string,
  answered: { status: number; headers: Headers; body: unknown },
): string[] {
  const path = PATHS.find(({ form }) => form.test(new URL(url).pathname))?.path;
  const operation = path === undefined ? undefined : document.paths[path][method];
  if (!operation) return [];
  const { status, headers, body } = answered;
  const type = headers.get('content-type')?.split(';')[0] ?? 'none';
  if (!operation.responses[status]?.content?.[type])
    return [`${method} ${path}: ${status} as ${type} is not documented`];
  const parts = ['paths', path!, method, 'responses', String(status), 'content', type, 'schema'];
  const pointer = parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
  const check = ajv.compile({ $ref: `api#/${encodeURI(pointer)}` });
  return check(body) ? [] : [`${method} ${path}: ${ajv.errorsText(check.errors)}`];
}
