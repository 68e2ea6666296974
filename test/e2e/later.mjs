// Preloaded into the product: its clock runs LATER_MS ahead, as if the month had passed.
const ahead = Number(process.env.LATER_MS);
const now = Date.now;
const time = () => now() + ahead;

globalThis.Date = new Proxy(Date, {
  construct: (target, args, made) => Reflect.construct(target, args.length > 0 ? args : [time()], made),
  apply: (target) => new target(time()).toString(),
  get: (target, name) => (name === 'now' ? time : Reflect.get(target, name)),
});
