import { openApiDocument } from '../../src/usage/openapi.js';

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  enum?: unknown[];
  const?: string;
  example?: unknown;
  format?: string;
}

interface Operation {
  parameters?: { in: 'path' | 'query'; name: string; schema: Schema }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
}

/** Where the API takes text. */
export interface Place {
  method: 'get' | 'post' | 'patch';
  path: string;
  in: 'path' | 'query' | 'body';
  name: string;
  /** The body that goes with it. */
  schema?: Schema;
}

type Own = Readonly<Record<string, string>>;

const document: { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } } =
  JSON.parse(JSON.stringify(openApiDocument('http://127.0.0.1/v1', { requests: 200, seconds: 1 })));

const resolved = (schema: Schema): Schema =>
  schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)!]! : schema;

const isText = ({ type, enum: choices, const: only, format }: Schema): boolean =>
  type === 'string' && !choices && only === undefined && format !== 'date-time';

/** Every place of every operation, those in the address first: a body may make what an address finds. */
export const PLACES: readonly Place[] = Object.entries(document.paths)
  .flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => placesOf(method as Place['method'], path, operation)),
  )
  .toSorted((a, b) => Number(a.in === 'body') - Number(b.in === 'body'));

function placesOf(method: Place['method'], path: string, { parameters = [], requestBody }: Operation): Place[] {
  const body = requestBody && resolved(requestBody.content['application/json'].schema);
  const kinds = body?.type === 'object' && body.oneOf && !body.properties ? body.oneOf.map(resolved) : [body];
  return kinds.flatMap((schema) => {
    const kind = schema?.properties?.['kind']?.const;
    const of = { method, path, ...(schema && { schema }) };
    const asKind = (name: string) => (kind ? `${name} of a ${kind}` : name);
    const inAddress = parameters.filter((one) => isText(resolved(one.schema)));
    return [
      ...inAddress.map((one): Place => ({ ...of, in: one.in, name: asKind(one.name) })),
      ...textsOf(schema).map((name): Place => ({ ...of, in: 'body', name: asKind(name) })),
    ];
  });
}

/** The fields that take text, those of a list's items too. */
function textsOf(schema: Schema | undefined): string[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, property]) => {
    const { type, items } = resolved(property);
    if (type !== 'array') return isText(resolved(property)) ? [name] : [];
    const item = resolved(items!);
    return isText(item) ? [name] : textsOf(item);
  });
}

const fieldOf = ({ name }: Place): string => name.split(' ')[0]!;

/** Its address, with the id where the place is there, and else with what the caller has of its own. */
export function filled(place: Place, own: Own, id: string): string {
  const mine = (name: string) => own[place.schema?.properties?.['kind']?.const ?? name] ?? own[name]!;
  const path = place.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => (place.in === 'path' ? id : mine(name)));
  return place.in === 'query' ? `${path}?${new URLSearchParams({ [fieldOf(place)]: id }).toString()}` : path;
}

let made = 0;

/** What is sent with it: all that is asked for, new each time, and the id where the place is there. */
export function bodyOf(place: Place, own: Own, id: string): unknown {
  made += 1;
  const field = place.in === 'body' ? fieldOf(place) : '';
  return exampleOf(
    place.schema ?? {},
    { ...own, id: `id-${made}`, key: `key-${made}`, name: `Name ${made}` },
    field,
    id,
  );
}

function exampleOf(schema: Schema, own: Own, field: string, id: string): unknown {
  const { properties = {}, required = [], oneOf = [] } = schema;
  const wanted = new Set([...required, ...(oneOf[0]?.required ?? [])]);
  if (oneOf.length === 0 && properties['amountMinor']) wanted.add('amountMinor');
  const entries = Object.entries(properties).flatMap(([name, property]) => {
    const one = resolved(property);
    const holdsIt = one.items && textsOf({ properties: { [name]: one } }).includes(field);
    if (!wanted.has(name) && name !== field && !holdsIt) return [];
    if (one.items?.type === 'string') return [[name, [name === field ? id : 'text']]];
    if (one.items) return [[name, [exampleOf(resolved(one.items), own, field, id)]]];
    return [[name, name === field ? id : valueOf(name, one, own)]];
  });
  return Object.fromEntries(entries);
}

function valueOf(name: string, { type, const: only, enum: choices, example, format }: Schema, own: Own): unknown {
  if (type === 'integer') return 1;
  if (format === 'date-time') return '2026-11-02T10:00:00.000Z';
  return only ?? own[name] ?? choices?.[0] ?? example ?? 'text';
}
