import { Html, html } from "./html";

const css = new Html(`
:root { --ink: #16243a; --soft: #5a6b82; --line: #d5dde8; --paper: #fff; --ground: #f1f4f8; --strong: #0b6b63; --bad: #a3261b; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
header { background: var(--strong); color: #fff; padding: .7rem 1rem; }
header a { color: #fff; text-decoration: none; font-weight: 600; font-size: 1.1rem; }
header span { opacity: .85; margin-left: .5rem; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem; display: grid; gap: 1rem; }
h1 { font-size: 1.3rem; margin: 0; overflow-wrap: anywhere; } h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
a { color: var(--strong); }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; min-width: 0; }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); }
.soft { color: var(--soft); } .bad { color: var(--bad); } .small { font-size: .87rem; }
.row { display: grid; gap: .1rem .8rem; grid-template-columns: minmax(11rem, 2fr) 7rem minmax(12rem, 3fr) auto; padding: .45rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.row:first-of-type { border-top: 0; }
.tag { border-radius: 9px; padding: 0 .5rem; background: #e2efed; color: var(--strong); font-size: .8rem; white-space: nowrap; justify-self: start; align-self: start; }
.tag.bad { background: #fbe6e3; color: var(--bad); }
nav, .actions { display: flex; flex-wrap: wrap; gap: .5rem .9rem; align-items: center; }
nav a[aria-current] { font-weight: 700; color: var(--ink); text-decoration: none; }
form { margin: 0; } .fields { display: grid; gap: .7rem; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); }
label { display: grid; gap: .15rem; font-size: .87rem; color: var(--soft); }
input, select { font: inherit; color: var(--ink); padding: .45rem .5rem; border: 1px solid #9fb0c4; border-radius: 5px; width: 100%; background: #fff; }
button { font: inherit; padding: .45rem .9rem; border: 1px solid var(--strong); border-radius: 5px; background: var(--strong); color: #fff; cursor: pointer; }
button.quiet { background: #fff; color: var(--strong); }
.search { display: flex; gap: .5rem; flex: 1 1 16rem; } .search input { min-width: 0; } .search button { white-space: nowrap; }
pre { margin: 0; overflow: auto; max-height: 32rem; font-size: .8rem; line-height: 1.4; }
p { margin: .2rem 0; } .fields + .actions, p + form { margin-top: .8rem; }
@media (max-width: 640px) { main { padding: .7rem; } .row { grid-template-columns: 1fr auto; } .row > :nth-child(3) { grid-column: 1 / -1; } header span { display: block; margin: 0; } }
`);

/** A whole page. */
export function page(title: string, institution: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · simulated S-360</title>
        <style>
          ${css}
        </style>
      </head>
      <body>
        <header>
          <a href="/">Simulated S-360</a><span>Institution ${institution}. All people are invented.</span>
        </header>
        <main>${content}</main>
      </body>
    </html>`.text;
}

/** Time of day of an ISO instant, in UTC. */
export function timeOfDay(instant: string): string {
  return `${instant.slice(11, 19)} UTC`;
}
