/** The one style of all pages; inline, allowed by its hash in the Content-Security-Policy. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f8; --sheet: #ffffff; --ink: #1a1f2b; --soft: #5d6678; --line: #dfe3ea;
  --accent: #4a4fd8; --accent-ink: #ffffff; --good: #14804a; --warning: #9a5b00; --bad: #b3261e;
  --good-ground: #e5f5ec; --warning-ground: #fdf0da; --bad-ground: #fdeae8; --info-ground: #ebecfc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12151c; --sheet: #1b202a; --ink: #eef1f6; --soft: #a2abbb; --line: #313947;
    --accent: #8d91ff; --accent-ink: #10131a; --good: #5fd39a; --warning: #f2b757; --bad: #ff8f86;
    --good-ground: #17332a; --warning-ground: #3a2c14; --bad-ground: #3d1f1d; --info-ground: #25294a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
  display: flex; flex-direction: column; align-items: center; padding: 2.5rem 1rem;
}
.brand { display: flex; align-items: center; gap: .55rem; color: var(--soft); font-weight: 600; letter-spacing: .01em; margin-bottom: 1.25rem; }
.brand svg { width: 1.6rem; height: 1.6rem; color: var(--accent); }
main { width: 100%; max-width: 30rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 16px; padding: 2rem; box-shadow: 0 12px 32px rgb(20 25 40 / .07); }
main.wide { max-width: 54rem; padding: 0; overflow: hidden; }
h1 { font-size: 1.45rem; line-height: 1.25; margin: 0 0 .6rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
p:last-child { margin-bottom: 0; }
.soft { color: var(--soft); font-size: .92rem; }
.sign { width: 3rem; height: 3rem; border-radius: 50%; display: grid; place-items: center; font-size: 1.4rem; font-weight: 700; margin-bottom: 1.1rem; }
.good { background: var(--good-ground); color: var(--good); }
.warning { background: var(--warning-ground); color: var(--warning); }
.bad { background: var(--bad-ground); color: var(--bad); }
.info { background: var(--info-ground); color: var(--accent); }
.button, button {
  display: inline-block; border: 1px solid transparent; border-radius: 10px; padding: .7rem 1.2rem; font: inherit; font-weight: 600;
  background: var(--accent); color: var(--accent-ink); text-decoration: none; text-align: center; cursor: pointer;
}
.button:hover, button:hover { filter: brightness(1.07); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.quiet { background: transparent; color: var(--ink); border-color: var(--line); }
.small { padding: .3rem .7rem; font-size: .85rem; border-radius: 999px; }
.full { width: 100%; }
.columns h1 { margin-bottom: 1.1rem; }
.columns .full { margin: .4rem 0 .9rem; }
.row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
.row > form { flex: 1 1 9rem; }
code, .typed { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.typed { display: block; width: 100%; background: var(--ground); border: 1px solid var(--line); border-radius: 10px; padding: .8rem .9rem; margin: 0 0 1rem; font-size: .95rem; overflow-wrap: anywhere; user-select: all; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .4rem 1.2rem; margin: 0 0 1.4rem; }
dt { color: var(--soft); } dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
ol { margin: 0 0 1rem; padding-left: 1.25rem; } li + li { margin-top: .35rem; }
.notice { border-radius: 10px; padding: .7rem .9rem; margin: 0 0 1rem; font-size: .93rem; }
.columns { display: grid; grid-template-columns: 1fr 1.15fr; }
.columns > section { padding: 2.2rem; }
.order { background: var(--ground); border-right: 1px solid var(--line); }
.amount { font-size: 2.5rem; font-weight: 700; letter-spacing: -.03em; margin: .2rem 0 1.2rem; line-height: 1.15; }
.sheet { padding: 2.2rem; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 0 0 1.1rem; letter-spacing: -.01em; }
.list p:not(:last-child) { margin-bottom: .5rem; }
.list + p { margin-top: 1rem; }
.list .lead { font-size: 1.05rem; }
.line { display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; justify-content: space-between; align-items: center; }
.line > div:first-child { flex: 1 1 16rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.inline { display: flex; gap: .5rem; align-items: center; }
.inline input { width: 6.5rem; margin: 0; padding: .25rem .6rem; font-size: .9rem; }
label { display: block; font-size: .88rem; font-weight: 600; margin: 0 0 .9rem; }
input { display: block; width: 100%; margin-top: .3rem; padding: .68rem .8rem; font: inherit; font-weight: 400; color: var(--ink); background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .8rem; }
.badge { display: inline-block; border-radius: 999px; padding: .18rem .7rem; font-size: .8rem; font-weight: 600; }
.apart { margin-top: 1.4rem; padding-top: 1.2rem; border-top: 1px solid var(--line); }
.list { list-style: none; margin: 0; padding: 0; } .list li { padding: .8rem 0; border-top: 1px solid var(--line); } .list li:first-child { border-top: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; font: inherit; }
a { color: var(--accent); } a.button { color: var(--accent-ink); } a.quiet { color: var(--ink); }
@media (max-width: 42rem) {
  body { padding: 1.25rem .75rem; }
  main { padding: 1.5rem; }
  .columns { grid-template-columns: 1fr; }
  .columns > section, .sheet { padding: 1.5rem; }
  .order { border-right: 0; border-bottom: 1px solid var(--line); }
  .amount { margin-bottom: .4rem; }
}
`;
