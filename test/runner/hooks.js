const GLOBALS = new URL('./globals.js', import.meta.url).href;

/** Jest's package of that name only says that it was imported outside of jest's own runner. */
export async function resolve(specifier, context, nextResolve) {
  if (specifier === '@jest/globals') return { url: GLOBALS, format: 'module', shortCircuit: true };
  return nextResolve(specifier, context);
}
