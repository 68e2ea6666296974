/** A form-encoded body as Stripe reads it: `metadata[top_up]=1`, `line_items[0][quantity]=1`, `expand[]=payment_intent`. */
export type Params = { [name: string]: ParamValue };
export type ParamValue = string | ParamValue[] | Params;

export function parseForm(text: string): Params {
  const params: Params = emptyParams();
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [...name.matchAll(/[^[\]]+|\[\]/g)].map(([part]) => part);
    put(params, path, value);
  }
  return listed(params) as Params;
}

function emptyParams(): Params {
  return Object.create(null) as Params;
}

function put(into: Params, path: readonly string[], value: string): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  const name = head === '[]' ? String(Object.keys(into).length) : head;
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  const next = into[name];
  const inner = next !== undefined && typeof next === 'object' && !Array.isArray(next) ? next : emptyParams();
  into[name] = inner;
  put(inner, rest, value);
}

/** Objects whose names are 0, 1, 2 … are lists. */
function listed(value: ParamValue): ParamValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const names = Object.keys(value);
  if (names.length > 0 && names.every((name, index) => name === String(index)))
    return names.map((name) => listed(value[name]!));
  const read = emptyParams();
  for (const name of names) read[name] = listed(value[name]!);
  return read;
}

export function text(params: ParamValue | undefined, ...path: readonly (string | number)[]): string | undefined {
  let value: ParamValue | undefined = params;
  for (const name of path) {
    if (value === undefined || typeof value === 'string') return undefined;
    value = Array.isArray(value) ? value[Number(name)] : value[name];
  }
  return typeof value === 'string' ? value : undefined;
}

export function strings(params: ParamValue | undefined): Record<string, string> {
  if (params === undefined || typeof params === 'string' || Array.isArray(params)) return {};
  const pairs = Object.entries(params).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
  );
  return Object.fromEntries(pairs);
}

export function list(params: ParamValue | undefined): string[] {
  return Array.isArray(params) ? params.filter((value) => typeof value === 'string') : [];
}
