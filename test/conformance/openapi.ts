import { readFile } from 'node:fs/promises';
import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv';

/** A part of an OpenAPI 3.0 document. */
type Node = { [name: string]: unknown };

interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: Node }[];
  requestBody?: { content: Record<string, { schema: Node }> };
  responses: Record<string, { content?: Record<string, { schema: Node }> }>;
}

/**
 * What stripe-node 23.1 (API version 2026-10-28.endive) has, and the description that stripe-mock carries
 * (2026-08-26.dahlia) has not yet: properties by schema, parameters by endpoint.
 */
const NEWER: Readonly<Record<string, readonly string[]>> = {
  'checkout.session': ['allowed_payment_method_types'],
};
const NEWER_PARAMETERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'POST /v1/payment_intents': [['payment_method_options', 'card', 'stored_credential_usage']],
};

/** Stripe's description of its API, as a check of what goes over the wire. Every property that it does not name is a fault. */
export class OpenApi {
  readonly version: string;
  readonly #paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly #eventTypes: ReadonlySet<string>;
  readonly #answers = newAjv(false);
  readonly #requests = newAjv(true);
  readonly #compiled = new Map<string, ValidateFunction>();

  private constructor(spec: Node) {
    const { info, paths, components } = spec as {
      info: { version: string };
      paths: Record<string, Record<string, Operation>>;
      components: { schemas: Record<string, Node> };
    };
    this.version = info.version;
    this.#paths = paths;
    const schemas: Record<string, AnySchema> = {};
    for (const [name, schema] of Object.entries(components.schemas)) {
      const properties = (schema['properties'] ?? {}) as Node;
      for (const property of NEWER[name] ?? []) properties[property] ??= {};
      schemas[name] = strict(schema) as AnySchema;
    }
    for (const ajv of [this.#answers, this.#requests]) ajv.addSchema({ $id: 'stripe', components: { schemas } });
    this.#eventTypes = eventTypesOf(paths);
  }

  static async read(file: string): Promise<OpenApi> {
    return new OpenApi(JSON.parse(await readFile(file, 'utf8')) as Node);
  }

  /** What is wrong with a request's parameters, as words; `params` are strings, as a form has them. */
  requestFaults(method: string, path: string, params: object): string[] {
    const found = this.#find(method, path);
    if (!found) return [`Stripe has no ${method} ${path}`];
    const { template, operation } = found;
    const known = structuredClone(params);
    for (const newer of NEWER_PARAMETERS[`${method} ${template}`] ?? []) remove(known, newer);
    return this.#check(this.#requests, `${method} ${template}`, () => parametersOf(method, operation), known);
  }

  /** What is wrong with an answer, as words. */
  answerFaults(method: string, path: string, status: number, body: unknown): string[] {
    const found = this.#find(method, path);
    if (!found) return [`Stripe has no ${method} ${path}`];
    const { template, operation } = found;
    const kind = status === 200 ? '200' : 'default';
    const schema = operation.responses[kind]?.content?.['application/json']?.schema;
    return this.#check(this.#answers, `${method} ${template} ${kind}`, () => schema ?? {}, body);
  }

  /** What is wrong with a webhook's event, as words: with itself, its type, and the object that it tells of. */
  eventFaults(event: { type: string; data: { object: { object: string } } }): string[] {
    const named = (schema: string) => () => ({ $ref: `#/components/schemas/${schema}` });
    return [
      ...(this.#eventTypes.has(event.type) ? [] : [`Stripe has no event of type ${event.type}`]),
      ...this.#check(this.#answers, 'event', named('event'), event),
      ...this.#check(
        this.#answers,
        `event of ${event.data.object.object}`,
        named(event.data.object.object),
        event.data.object,
      ),
    ];
  }

  #find(method: string, path: string): { template: string; operation: Operation } | undefined {
    const parts = path.split('/');
    const fits = (template: string) => {
      const pattern = template.split('/');
      return pattern.length === parts.length && pattern.every((part, at) => part.startsWith('{') || part === parts[at]);
    };
    const templates = Object.keys(this.#paths).filter(fits);
    const template = templates.find((one) => one === path) ?? templates[0];
    const operation = template && this.#paths[template]?.[method.toLowerCase()];
    return operation ? { template, operation } : undefined;
  }

  #check(ajv: Ajv, name: string, schema: () => Node, value: unknown): string[] {
    let validate = this.#compiled.get(name);
    if (!validate) {
      validate = ajv.compile(rooted(strict(schema())) as AnySchema);
      this.#compiled.set(name, validate);
    }
    return validate(value) ? [] : wordsOf(validate.errors ?? []);
  }
}

/** Forms carry words alone: there, `1` is a number as well. */
function newAjv(coerceTypes: boolean): Ajv {
  return new Ajv({ strict: false, validateFormats: false, allErrors: true, coerceTypes, inlineRefs: false });
}

/** The parameters of an operation as one object: those of the address's end, or of the form. */
function parametersOf(method: string, { parameters = [], requestBody }: Operation): Node {
  const form = requestBody?.content['application/x-www-form-urlencoded']?.schema;
  if (method === 'POST') return { properties: {}, ...form, type: 'object' };
  const query = parameters.filter((parameter) => parameter.in === 'query');
  return {
    type: 'object',
    properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
    required: query.filter(({ required }) => required).map(({ name }) => name),
  };
}

/** Takes out what stands at the end of `path`, where it is there. */
function remove(params: object, [name, ...rest]: readonly string[]): void {
  if (name === undefined || !(name in params)) return;
  const inner: unknown = Reflect.get(params, name);
  if (rest.length === 0) Reflect.deleteProperty(params, name);
  else if (typeof inner === 'object' && inner !== null) remove(inner, rest);
}

/** OpenAPI 3.0 as JSON Schema: `nullable` in words that ajv knows, and no property but those that are named. */
function strict(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strict);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = node as Node;
  const schema: Node = {};
  for (const [name, value] of Object.entries(rest)) {
    if (name === 'properties')
      schema[name] = Object.fromEntries(Object.entries(value as Node).map(([key, one]) => [key, strict(one)]));
    else schema[name] = name === 'enum' || name.startsWith('x-') ? value : strict(value);
  }
  if (isObjectWithNames(schema)) schema['additionalProperties'] = false;
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function isObjectWithNames({ type, properties, additionalProperties }: Node): boolean {
  return type === 'object' && properties !== undefined && additionalProperties === undefined;
}

/** References lead to the description that was added as `stripe`. */
function rooted(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rooted);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [
      name,
      name === '$ref' && typeof value === 'string' ? value.replace(/^#/, 'stripe#') : rooted(value),
    ]),
  );
}

/** The types that a webhook endpoint can be enabled for. */
function eventTypesOf(paths: Record<string, Record<string, Operation>>): ReadonlySet<string> {
  const form = paths['/v1/webhook_endpoints']?.['post']?.requestBody?.content['application/x-www-form-urlencoded'];
  const { enabled_events: enabled } = (form?.schema['properties'] ?? {}) as {
    enabled_events?: { items?: { enum?: string[] } };
  };
  return new Set(enabled?.items?.enum);
}

/** `payment_method_options.card must have required property …`, the same fault once. */
function wordsOf(errors: readonly ErrorObject[]): string[] {
  const words = errors.map(({ instancePath, params, message }) => {
    const place = instancePath.slice(1).replaceAll('/', '.');
    const extra = (params as { additionalProperty?: string }).additionalProperty;
    if (extra === undefined) return `${place || 'it'} ${message}`;
    return `${place ? `${place}.` : ''}${extra} is unknown to Stripe`;
  });
  return [...new Set(words)];
}
