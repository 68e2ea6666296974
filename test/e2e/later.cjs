// Preloaded into the product: its clock stands on the 2nd of the next month and runs on from there.
const started = Date.now();
const today = new Date(started);
const then = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 2, 12);
const now = Date.now;
const time = () => then + (now() - started);

globalThis.Date = new Proxy(Date, {
  construct: (target, args, made) => Reflect.construct(target, args.length > 0 ? args : [time()], made),
  apply: (target) => new target(time()).toString(),
  get: (target, name) => (name === 'now' ? time : Reflect.get(target, name)),
});
